import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, type Program } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { grown, type Leaves, Tape } from './grown.js';
import { bars, barTable, column, compileAll, listsOf, type Values } from './kit.js';

/** `FUZZ_RUNS=10000` asks for more formulas. */
const RUNS = Math.max(120, Number(process.env.FUZZ_RUNS ?? 0));
const ROWS = 220;
const PRICES = ['open', 'high', 'low', 'close', 'volume'];
const LEAVES: Leaves = {
  number: ['x', 'y', '1', '-2', 'close'],
  boolean: ['c', 'x > y', 'true'],
  text: ['name', "'a'"],
};
const KEYS = [
  'minute',
  'minute < 20',
  'hour in [1, 2]',
  '5 * hour + minute',
  'name',
  'c',
  'y',
  'x > 3',
  "cut(y, [-1, 1], ['low', 'mid', 'high'])",
];
/** What is made of the grouped series outside again. */
const AROUND = ['E', 'E', 'coalesce(E, E)', 'lag(E, 2)', 'latest(E, known(E), 3)'];

/** Holes, ties and jumps; the same ones every time. */
const wave = (i: number, k: number): number => ((i * i * 7 + i * k + k) % 23) - 11;
const made = <T>(cell: (row: number) => T): readonly T[] =>
  Array.from({ length: ROWS }, (_, i) => cell(i));
const whole = {
  x: made((i) => (i % 17 === 5 ? Number.NaN : wave(i, 3) * 1.37)),
  y: made((i) => wave(i, 5) % 4),
  c: made((i) => (i % 19 === 7 ? null : wave(i, 9) > 3)),
  name: made((i) => (wave(i, 4) > 0 ? 'a' : 'b')),
  ...Object.fromEntries(PRICES.map((name, k) => [name, made((i) => 100 + wave(i, 2) + 3 * k)])),
};
const self = barTable(['x', 'y', ...PRICES], { c: column('bool'), name: column('text') });

function values(program: Program, from: number, to: number): Values {
  const cut = Object.entries(whole).map(([name, cells]) => [name, cells.slice(from, to)]);
  const time = { dtype: 'time', values: bars(ROWS).slice(from, to) } as const;
  const frame = Frame.of(Object.fromEntries(cut)).with('ts', time);
  return listsOf(evaluate(program, { self: frame }, ['out'])).out ?? [];
}

const formulas = fc
  .record({
    draws: fc.array(fc.nat({ max: 1_000_000 }), { minLength: 100, maxLength: 100 }),
    type: fc.constantFrom('number' as const, 'boolean' as const),
    depth: fc.integer({ min: 1, max: 3 }),
    key: fc.constantFrom(...KEYS),
    around: fc.constantFrom(...AROUND),
  })
  .map(({ draws, type, depth, key, around }) =>
    around.replaceAll('E', `by(${key}, ${grown(type, new Tape(draws), LEAVES, depth)})`),
  );

/** The rest differs in the last digits; a quotient of such digits is as good as any. */
function near(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a));
}

describe('formulas grown at random, inside groups', () => {
  it('know nothing of what comes later, and agree wherever the data start', () => {
    let seen = 0;
    fc.assert(
      fc.property(formulas, (text) => {
        const { program } = compileAll({ out: text }, { self });
        const [one] = program.columns;
        if (one === undefined || one.scope !== 'symbol') return;
        const all = values(program, 0, ROWS);
        for (const to of [1, 40, 150]) expect(values(program, 0, to)).toEqual(all.slice(0, to));
        if (one.facts.kind === 'expanding') return;
        const settled = (v: unknown, row: number): boolean =>
          one.facts.kind === 'finite' ? row >= one.facts.reach : v !== null;
        for (const from of [7, 33])
          values(program, from, ROWS).forEach((v, row) => {
            if (!settled(v, row)) return;
            seen += 1;
            if (!near(v, all[row + from])) throw new Error(`from ${from}, row ${row}: ${v}`);
          });
      }),
      { numRuns: RUNS, seed: 1 },
    );
    expect(seen).toBeGreaterThan(10_000);
  });
});
