import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { Refusal } from '../../../engine/diag/refusal.js';
import { type Contract, check, readContract } from '../../../engine/frame/contract.js';
import { isFrame } from '../../../engine/frame/frame.js';
import { examine } from '../../../engine/pit/examine.js';
import type { Subject } from '../../../engine/pit/subject.js';
import market from '../../../nodes/clean/market.js';
import { runNode } from '../../kit/node.js';
import { type RawTable, rawMarket } from '../../kit/raw-market.js';
import { frameAt } from '../../kit/real.js';
import { ROOT } from '../../kit/specs.js';

/*
 * The two-run test of the engine on `clean.market` with every table it takes: whatever becomes of what is known later, of what is
 * added or of what came before, rows that were known stay as they were. And what comes out keeps its contracts.
 */

const raw = rawMarket(700);
const SPAN = { from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 0, 4) };
const ins = (book: RawTable): readonly RawTable[] => [
  'raw',
  'funding',
  'spot',
  'open_interest',
  'liquidations',
  book,
  'mark',
  'premium',
];

function contractAt(ports: typeof market.in, port: string): Contract {
  const id = ports[port]?.contract ?? '';
  const { contract } = readContract(
    parse(readFileSync(`${ROOT}spec/contracts/${id}.yaml`, 'utf8')),
  );
  if (!contract) throw new Error(`no contract ${id}`);
  return contract;
}

function subjectOf(names: readonly RawTable[]): Subject {
  const tables = names.map((port) => ({
    port,
    label: '',
    frame: raw[port],
    contract: contractAt(market.in, port),
  }));
  const outputs = Object.entries(market.out).flatMap(([port, { kind }]) => {
    if (kind !== 'frame') return [];
    return [{ port, contract: contractAt(market.out, port), columns: new Map(), window: false }];
  });
  return {
    item: `clean of ${names.join()}`,
    node: market.type,
    time: market.time,
    tables,
    outputs,
    run: async (frames) => {
      const given = Object.fromEntries(names.map((port, i) => [port, frames[i]]));
      try {
        const { outs } = await runNode(market, given, { span: SPAN });
        const kept = Object.entries(outs).flatMap(([port, value]) =>
          isFrame(value) ? [[port, value] as const] : [],
        );
        return { kind: 'given', frames: Object.fromEntries(kept) };
      } catch (error) {
        if (error instanceof Refusal) return { kind: 'refused', problems: error.diagnostics };
        throw error;
      }
    },
  };
}

describe('clean.market with every table', () => {
  it.each(['quotes', 'tob'] as const)(
    'is blind to the future: %s',
    async (book) => {
      const subject = subjectOf(ins(book));
      const { findings, refusals, rows, cuts } = await examine(subject, { cuts: 8, seed: 3 });
      expect(findings).toEqual([]);
      expect(refusals.filter((said) => !said.includes('no raw bar'))).toEqual([]);
      expect(cuts).toBeGreaterThan(6);
      expect(rows).toBeGreaterThan(4_000);
    },
    120_000,
  );

  it('gives what its contracts promise, and something of everything', async () => {
    const { outs } = await runNode(market, { ...raw, tob: undefined });
    for (const [port, { kind }] of Object.entries(market.out)) {
      if (kind !== 'frame') continue;
      const table = frameAt(outs, port);
      expect([port, check(table, contractAt(market.out, port))]).toEqual([port, []]);
      expect(table.length).toBeGreaterThan(5);
    }
    expect(outs.quality).toMatchObject({
      bars: { faults: { range: expect.any(Number), taker: expect.any(Number) } },
      funding: { dropped: { too_large: expect.any(Number) } },
      open_interest: { dropped: { corrected: expect.any(Number) } },
      liquidations: { dropped: { duplicate: expect.any(Number), no_value: expect.any(Number) } },
      tob: { dropped: { invalid: expect.any(Number) } },
      mark: { faults: { price: expect.any(Number) } },
      odd: { suspect: expect.any(Number), stale: expect.any(Number) },
    });
  });

  it('finds out a flag that is told with its bar', async () => {
    const subject = subjectOf(['raw']);
    const { available } = contractAt(market.out, 'bars');
    const outputs = subject.outputs.flatMap(({ contract, ...output }) =>
      contract && output.port === 'flags'
        ? [{ ...output, contract: { ...contract, available } }]
        : [],
    );
    const { findings } = await examine({ ...subject, outputs }, { cuts: 10, seed: 3 });
    expect([...new Set(findings.map((f) => f.column))]).toEqual(['is_suspect']);
  }, 120_000);
});
