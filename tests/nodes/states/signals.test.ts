import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withSignals } from '../../../nodes/states/rows/signals.js';
import { plainFrame } from '../../kit/frame.js';
import { covered, features, occurrences } from './toy-states.js';

const ROWS = 12;
const SYMBOLS = ['AAA', 'BBB'] as const;
const row = fc.integer({ min: 0, max: ROWS - 1 });
const change = fc.record({ symbol: fc.constantFrom(...SYMBOLS), row, known: fc.boolean() });
const happened = fc.record({
  event: fc.constantFrom('JUMP', 'DIP', 'ELSE'),
  symbol: fc.constantFrom(...SYMBOLS),
  row,
  direction: fc.constantFrom(-1, 0, 1),
});
const sorted = <T extends { readonly row: number }>(list: readonly T[]) =>
  [...list].sort((a, b) => a.row - b.row);
const unique = {
  selector: (r: { readonly symbol: string; readonly row: number }) => `${r.symbol} ${r.row}`,
};

it('tells at each bar what a look at all rows up to it tells', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(change, unique),
      fc.uniqueArray(happened, { selector: (r) => `${r.event} ${r.symbol} ${r.row}` }),
      (changes, rows) => {
        const told = plainFrame(
          withSignals(
            features(Array.from({ length: ROWS }, (_, i) => i)),
            'AAA',
            occurrences(sorted(rows)),
            [covered('JUMP', sorted(changes)).value],
          ),
        );
        const expected = Array.from({ length: ROWS }, (_, bar) => {
          const hit = rows.find((r) => r.event === 'JUMP' && r.symbol === 'AAA' && r.row === bar);
          const last = sorted(changes)
            .filter((c) => c.symbol === 'AAA' && c.row <= bar)
            .at(-1);
          return {
            flag: hit ? true : last?.known ? false : null,
            side: hit?.direction ?? Number.NaN,
          };
        });
        expect(told).toMatchObject({
          values: { JUMP: expected.map((e) => e.flag), 'JUMP.side': expected.map((e) => e.side) },
        });
      },
    ),
  );
});
