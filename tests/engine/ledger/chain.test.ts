import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { chain, GENESIS, verify } from '../../../engine/ledger/chain.js';
import type { JsonObject } from '../../../engine/yaml/value.js';

interface Case {
  readonly id: string;
  readonly input: {
    readonly records: readonly JsonObject[];
    readonly tampered?: readonly JsonObject[];
  };
  readonly expected: {
    readonly records: readonly JsonObject[];
    readonly headHash: string;
    readonly firstBrokenIndex?: number;
  };
}
const golden: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(
    new URL('../../golden/selection-allocation/ledger-chain.json', import.meta.url),
    'utf8',
  ),
);

function chained(records: readonly JsonObject[]): readonly JsonObject[] {
  let head = GENESIS;
  return records.map((record) => {
    const next = chain(record, head);
    head = next.hash;
    return next;
  });
}
const lines = (records: readonly JsonObject[]) => records.map((r) => JSON.stringify(r));

describe('the audit chain', () => {
  for (const { id, input, expected } of golden.cases) {
    it(`golden: ${id}`, () => {
      const made = chained(input.records);
      expect(made).toEqual(expected.records);
      expect(verify(lines(made))).toEqual({
        count: made.length,
        head: expected.headHash,
        broken: null,
      });
      if (input.tampered) {
        expect(verify(lines(input.tampered)).broken?.index).toBe(expected.firstBrokenIndex);
      }
    });
  }

  const three = chained([{ a: 1 }, { a: 2 }, { a: 3 }]);
  const good = lines(three);
  const end = { count: 3, head: String(three[2]?.hash) };
  it.each([
    ['whole', good, end, null],
    ['cut', good.slice(0, 2), end, { index: 2, why: 'truncated' }],
    ['cut, unknown elsewhere', good.slice(0, 2), undefined, null],
    ['swapped', [good[1] ?? '', good[0] ?? '', good[2] ?? ''], end, { index: 0, why: 'order' }],
    ['not JSON', [good[0] ?? '', '{"a":', good[2] ?? ''], end, { index: 1, why: 'not-json' }],
    [
      'rewritten from the start',
      lines(chained([{ a: 1 }, { a: 9 }, { a: 3 }])),
      end,
      { index: 2, why: 'content' },
    ],
    ['empty', [], undefined, null],
  ] as const)('%s', (_name, text, checkpoint, broken) => {
    expect(verify(text, checkpoint).broken).toEqual(broken);
  });

  it('writes numbers that JSON lacks as null', () => {
    expect(chain({ x: Number.NaN, y: [Number.POSITIVE_INFINITY] }, GENESIS)).toMatchObject({
      x: null,
      y: [null],
    });
  });

  it('notices any changed letter', () => {
    const text = lines(chained([{ type: 'genesis' }, { step: 'a', n: 0.1 }, { step: 'b' }]));
    fc.assert(
      fc.property(fc.nat(2), fc.nat(200), fc.constantFrom('0', 'x', 'a'), (row, at, letter) => {
        const line = text[row] ?? '';
        const changed =
          line.slice(0, at % line.length) + letter + line.slice((at % line.length) + 1);
        if (changed === line) return;
        const verdict = verify(
          text.map((l, i) => (i === row ? changed : l)),
          { count: 3, head: JSON.parse(text[2] ?? '').hash },
        );
        expect(verdict.broken).not.toBeNull();
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
