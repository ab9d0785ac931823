import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Frame, textColumn } from '../../../engine/sdk/index.js';
import { trialLines } from '../../../engine/sdk/trial.js';
import ledger from '../../../nodes/ledger/trials.js';
import { frameOf } from '../../kit/chain.js';
import { testContext } from '../../kit/node.js';
import { market } from '../../kit/research.js';

const folder = mkdtempSync(join(tmpdir(), 'dag-ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

const id = (letter: string) => letter.repeat(24);
const trial = (letter: string, event: string) => ({ id: id(letter), event, template: 'drift' });
const frame = (letters: string, event: string) => ({
  at: {},
  value: Frame.of({
    id: textColumn([...letters].map(id)),
    event: textColumn([...letters].map(() => event)),
    template: textColumn([...letters].map(() => 'reversal')),
  }),
});

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('ledger.trials', () => {
  it('is what was kept and what is its own, each once, by id', async () => {
    const files = [
      written('a.ids', trialLines([trial('d', 'OLD'), trial('a', 'OLD')])),
      written('b.ids', `${trialLines([trial('a', 'OLD')])}${id('e')}\n${id('f')}`),
    ];
    const ins = { trials: [frame('ab', 'NEW'), frame('b', 'NEW')] };
    const outs = await ledger.run(ins, { market }, testContext(ledger, 0, [], [], files));
    expect([...frameOf(outs, 'ledger').rows()]).toEqual([
      { id: id('a'), event: 'NEW', template: 'reversal', own: true },
      { id: id('b'), event: 'NEW', template: 'reversal', own: true },
      { id: id('d'), event: 'OLD', template: 'drift', own: false },
      { id: id('e'), event: null, template: null, own: false },
    ]);
  });

  it.each([
    ['simulator', 'simulated'],
    ['files', 'main'],
  ])('of a market from %s it is the set %s', (source, set) => {
    const world = { list: () => [], trials: (name: string) => [name], published: () => [] };
    expect(ledger.files?.({ market: { source } }, world)).toEqual([set]);
  });
});
