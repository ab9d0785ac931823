import { describe, expect, it } from '@jest/globals';
import type { Cell } from '../../../../engine/expr/op-case.js';
import { families } from '../../../../engine/expr/ops/index.js';
import { workedOut } from '../worked.js';
import { RUNS } from './calls.js';
import { type Columns, cellOf, columnsOf, wrong } from './cells.js';
import { ema, psar, supertrend, then } from './slow.js';

/* Operators that look at other rows against their definitions, each row worked out by itself from all rows before it. */

type Flags = Columns['c'];
interface Oracle {
  readonly call: string;
  readonly of: (columns: Columns, row: number) => Cell | undefined;
  readonly within?: number;
}
const upTo = (row: number): readonly number[] => Array.from({ length: row + 1 }, (_, i) => row - i);
/** The latest row up to one in which something holds. */
const latest = (row: number, holds: (i: number) => boolean): number | undefined =>
  upTo(row).find(holds);
const since = (c: Flags, row: number): number | undefined => {
  const found = latest(row, (i) => c[i] === true);
  return found === undefined ? undefined : row - found;
};
const before = (x: readonly number[], row: number): readonly number[] =>
  x.slice(0, row + 1).filter((v) => !Number.isNaN(v));
/** Where x is known, what its known rows so far make. */
const ofKnown =
  (of: (known: readonly number[]) => number | undefined): Oracle['of'] =>
  ({ z }, row) =>
    Number.isNaN(z[row]) ? null : of(before(z, row));

function cooled(c: Flags, n: number): readonly Cell[] {
  const quiet = (i: number): boolean => upTo(n - 2).every((back) => c[i - 1 - back] === false);
  const first = c.findIndex((_, i) => n === 1 || quiet(i));
  const kept: number[] = [];
  return c.map((cell, i) => {
    if (first < 0 || i < first) return null;
    if (kept.some((k) => k > i - n)) return false;
    if (cell === true) kept.push(i);
    return cell;
  });
}

const ORACLES: readonly (readonly [name: string, oracles: readonly Oracle[]])[] = [
  [
    'lag',
    [
      { call: 'lag(x, 3)', of: ({ x }, t) => x[t - 3] },
      { call: 'lag(c, 1)', of: ({ c }, t) => c[t - 1] },
      { call: 'lag(name, 2)', of: ({ name }, t) => name[t - 2] },
    ],
  ],
  [
    'at',
    [
      {
        call: 'at(x, k, at_most=3)',
        of: ({ x, k }, t) => ([0, 1, 2, 3].includes(k[t] ?? -1) ? x[t - (k[t] ?? 0)] : null),
      },
      {
        call: 'at(name, k)',
        of: ({ name, k }, t) =>
          [0, 1, 2, 3, 7].includes(k[t] ?? -1) ? name[t - (k[t] ?? 0)] : null,
      },
    ],
  ],
  ['ahead', [{ call: 'ahead(close, 2)', of: ({ x }, t) => x[t + 2] }]],
  [
    'bars_since',
    [
      { call: 'bars_since(c)', of: ({ c }, t) => since(c, t) },
      {
        call: 'bars_since(c, at_most=4)',
        of({ c }, t) {
          const back = since(c, t);
          return back !== undefined && back <= 4 ? back : null;
        },
      },
    ],
  ],
  [
    'latch',
    [
      {
        call: 'latch(c, d)',
        of({ c, d }, t) {
          const last = latest(t, (i) => c[i] === true || d[i] === true);
          return last === undefined || (c[t] === null && d[t] === null) ? null : c[last] === true;
        },
      },
    ],
  ],
  [
    'then',
    [1, 4].flatMap((within) => [
      { call: `then(c, d, ${within})`, of: ({ c, d }, t) => then(c, d, [], within, t) },
      { call: `then(c, d, ${within}, unless=e)`, of: ({ c, d, e }, t) => then(c, d, e, within, t) },
    ]),
  ],
  [
    'cooldown',
    [1, 2, 4].map((n) => ({
      call: `cooldown(c, ${n})`,
      of: ({ c }: Columns, t: number) => cooled(c, n)[t],
    })),
  ],
  [
    'cumsum',
    [{ call: 'cumsum(z)', of: ofKnown((v) => v.reduce((a, b) => a + b, 0)), within: 1e-12 }],
  ],
  [
    'ema',
    [
      { call: 'ema(z, span=4)', of: ofKnown((v) => ema(v, 2 / 5, 1, 1)), within: 1e-12 },
      { call: 'ema(z, alpha=0.3, seed=5)', of: ofKnown((v) => ema(v, 0.3, 5, 5)), within: 1e-12 },
      {
        call: 'ema(z, half_life=2, warm=9)',
        of: ofKnown((v) => ema(v, 1 - Math.SQRT1_2, 1, 9)),
        within: 1e-12,
      },
      { call: 'ema(z, alpha=1, warm=3)', of: ofKnown((v) => ema(v, 1, 1, 3)), within: 1e-12 },
      {
        call: 'ema(z, alpha=0.3, adjust=true)',
        of: ofKnown((v) => {
          const weights = v.map((_, i) => 0.7 ** (v.length - 1 - i));
          const sum = (w: readonly number[]): number => w.reduce((a, b) => a + b, 0);
          return sum(v.map((one, i) => one * (weights[i] ?? 0))) / sum(weights);
        }),
        within: 1e-12,
      },
    ],
  ],
  [
    'psar',
    [
      { call: 'psar(high, low, close)', of: psar(0.02, 0.02, 0.2), within: 1e-12 },
      {
        call: 'psar(high, low, close, start=0.1, step=0.3, limit=0.9)',
        of: psar(0.1, 0.3, 0.9),
        within: 1e-12,
      },
    ],
  ],
  [
    'supertrend',
    [
      { call: 'supertrend(high, low, close, n=3, k=1)', of: supertrend(3, 1), within: 1e-12 },
      { call: 'supertrend(high, low, close, n=1, k=0.5)', of: supertrend(1, 0.5), within: 1e-12 },
    ],
  ],
];

/** Columns without wild prints, and the bars that some of the operators read. */
function rowsOf(seed: number, rows: number) {
  const columns = columnsOf(seed, rows);
  const z = columns.z.map((v) => (Math.abs(v) > 100 ? 5 : v));
  const bar = { close: columns.x, high: z.map((v) => v + 2), low: z.map((v) => v - 1) };
  return { columns: { ...columns, z }, bar };
}

function cells(column: readonly Cell[]): readonly Cell[] {
  return column.map((c) => cellOf(c));
}

describe('operators over other rows and their definitions', () => {
  const members = families
    .filter(({ name }) => ['lag', 'happenings', 'recursive'].includes(name))
    .flatMap((family) => family.operators);
  const found = new Map(ORACLES);
  for (const { name } of members)
    for (const { call, of, within = 0 } of found.get(name) ?? [])
      it(call, () => {
        for (let seed = 1; seed <= 3 * RUNS; seed += 1) {
          const { columns, bar } = rowsOf(seed, 120);
          const isStop = call.includes('(high');
          const own = isStop ? { ...bar, close: columns.z } : bar;
          const rows = Object.fromEntries(
            Object.entries({ ...columns, ...own })
              .filter(([id]) => new RegExp(`\\b${id}\\b`).test(call))
              .map(([id, column]) => [id, cells(column)]),
          );
          const expected = columns.x.map((_, t) => cellOf(of(columns, t)));
          const gives = workedOut({ call, rows, gives: [] });
          expect(wrong(gives, expected, within)).toBeUndefined();
          expect(expected.some((cell) => cell !== null)).toBe(true);
        }
      });

  it('stand all here', () => {
    expect([...found.keys()].sort()).toEqual(members.map((op) => op.name).sort());
  });
});
