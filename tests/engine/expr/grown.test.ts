import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Diagnostic } from '../../../engine/diag/diagnostic.js';
import {
  evaluate,
  evaluateUniverse,
  type Program,
  type ProgramColumn,
  type TableFacts,
} from '../../../engine/expr/program.js';
import type { Column } from '../../../engine/frame/column.js';
import { Frame } from '../../../engine/frame/frame.js';
import { grown, type Leaves, Tape } from './grown.js';
import { bars, barTable, column, compileAll, FIVE_MINUTES, START } from './kit.js';

/*
 * Formulas nobody thought of: grown at random from the declarations of all operators, they either compile, and then hold
 * what the compiler promises, or are refused with a place.
 */

/** `FUZZ_RUNS=10000` asks for ten times as many formulas. */
const MORE = Math.max(1, Math.round(Number(process.env.FUZZ_RUNS ?? 0) / 1_000));

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ROWS = 72;
const PRICES = ['open', 'high', 'low', 'close', 'volume'] as const;
const funding: TableFacts = {
  clock: 'funding',
  nominal: HOUR,
  within: 3 * HOUR,
  columns: new Map([
    ['ts', column('time')],
    ['rate', column('f64', { delay: MINUTE })],
  ]),
};
const tables = {
  self: barTable(['x', 'y', ...PRICES], { c: column('bool'), name: column('text') }),
  funding,
};
const LEAVES: Leaves = {
  number: ['x', 'y', 'asof(funding.rate)', '1', 'hour', '-2', 'close'],
  boolean: ['c', 'x > y', 'arrives(funding)', 'true'],
  text: ['name', "'a'", 'symbol'],
};

/** A market full of holes, ties and jumps; the same one every time. */
const wave = (i: number, k: number): number => ((i * i * 7 + i * k + k) % 23) - 11;
const price = (i: number, k: number): number => 100 + wave(i, k);
const whole = {
  x: Array.from({ length: ROWS }, (_, i) => (i % 17 === 5 ? Number.NaN : wave(i, 3) * 1.37)),
  y: Array.from({ length: ROWS }, (_, i) => wave(i, 5) % 4),
  open: Array.from({ length: ROWS }, (_, i) => price(i, 2)),
  high: Array.from({ length: ROWS }, (_, i) => price(i, 2) + 3),
  low: Array.from({ length: ROWS }, (_, i) => price(i, 2) - (i % 4)),
  close: Array.from({ length: ROWS }, (_, i) => price(i, 2) + (i % 3)),
  volume: Array.from({ length: ROWS }, (_, i) => i % 13),
  c: Array.from({ length: ROWS }, (_, i) => (i % 19 === 7 ? null : wave(i, 9) > 3)),
  name: Array.from({ length: ROWS }, (_, i) => (wave(i, 4) > 0 ? 'a' : 'b')),
};

/** Bars [from, to), and the prints that have been seen when the last of them closes. */
function market(from: number, to: number): Readonly<Record<string, Frame>> {
  const cut = Object.entries(whole).map(([name, cells]) => [name, cells.slice(from, to)]);
  const prints = Array.from({ length: 6 }, (_, i) => START + i * HOUR);
  const seen = prints.filter((ts) => ts + MINUTE <= START + to * FIVE_MINUTES);
  const time = (ts: Float64Array) => ({ dtype: 'time' as const, values: ts });
  return {
    self: Frame.of(Object.fromEntries(cut)).with('ts', time(bars(ROWS).slice(from, to))),
    funding: Frame.of({ rate: seen.map((_, i) => wave(i, 1)) }).with(
      'ts',
      time(Float64Array.from(seen)),
    ),
  };
}

function computed(program: Program, { scope }: ProgramColumn, from: number, to: number): Column {
  const tables = market(from, to);
  if (scope === 'symbol') return evaluate(program, tables, ['out']).get('out');
  const both = evaluateUniverse(
    program,
    new Map([
      ['A', tables],
      ['B', market(0, to)],
    ]),
  );
  return (both.get('A') ?? Frame.of({})).get('out');
}

function cell(column: Column, row: number): number | string | undefined {
  if (column.dtype !== 'text') return column.values[row];
  return column.words[column.codes[row] ?? -1];
}

const formulas = fc
  .array(fc.nat({ max: 1_000_000 }), { minLength: 120, maxLength: 120 })
  .chain((draws) =>
    fc.record({
      type: fc.constantFrom('number' as const, 'boolean' as const),
      depth: fc.integer({ min: 1, max: 4 }),
      draws: fc.constant(draws),
    }),
  )
  .map(({ type, depth, draws }) => grown(type, new Tape(draws), LEAVES, depth));

const compiled = (text: string) => {
  const { program, problems } = compileAll({ out: text }, tables);
  return { program, problems, column: program.columns[0] };
};

/** Runs a check on random formulas that compile onto bars; gives how many there were. */
function onEach(seed: number, runs: number, check: (p: Program, c: ProgramColumn) => void): number {
  let checked = 0;
  fc.assert(
    fc.property(formulas, (text) => {
      const { program, column } = compiled(text);
      if (column === undefined || (column.facts.clock ?? 'bars') !== 'bars') return;
      checked += 1;
      check(program, column);
    }),
    { seed, numRuns: runs },
  );
  return checked;
}

describe('formulas grown at random', () => {
  it('compile or are refused with a place and no hole in the sentence', () => {
    const sound = (p: Diagnostic): boolean =>
      p.place !== undefined && !/\{\w+\}|undefined|NaN|Infinity/.test(p.message);
    let refused = 0;
    fc.assert(
      fc.property(formulas, (text) => {
        const { problems, column } = compiled(text);
        expect(problems.filter((p) => !sound(p))).toEqual([]);
        if (column === undefined) refused += 1;
        expect(column === undefined).toBe(problems.some((p) => p.severity === 'error'));
        const { reach = 0, warmup = 0, lookahead = 0 } = column?.facts ?? {};
        expect([reach, warmup, lookahead].every((n) => Number.isSafeInteger(n) && n >= 0)).toBe(
          true,
        );
      }),
      { seed: 1, numRuns: 300 * MORE },
    );
    expect(refused).toBeGreaterThan(50 * MORE);
    expect(refused).toBeLessThan(250 * MORE);
  });

  it('give no ∞, and nothing changes when what comes later is cut off', () => {
    const checked = onEach(2, 200 * MORE, (program, column) => {
      const all = computed(program, column, 0, ROWS);
      for (let row = 0; row < ROWS; row += 1)
        expect(Math.abs(Number(cell(all, row)))).not.toBe(Number.POSITIVE_INFINITY);
      for (const to of [1, 13, 37, 61]) {
        const part = computed(program, column, 0, to);
        for (let row = 0; row < to; row += 1)
          if (!Object.is(cell(all, row), cell(part, row)))
            throw new Error(`cut at ${to}, row ${row}: ${cell(all, row)} and ${cell(part, row)}`);
      }
    });
    expect(checked).toBeGreaterThan(100 * MORE);
  });

  it('with a finite memory agree from their reach on, wherever the data start', () => {
    let finite = 0;
    onEach(3, 250 * MORE, (program, column) => {
      const { kind, reach } = column.facts;
      if (kind !== 'finite' || column.scope !== 'symbol' || reach >= ROWS) return;
      finite += 1;
      const all = computed(program, column, 0, ROWS);
      for (const from of [1, 5, 23]) {
        const later = computed(program, column, from, ROWS);
        for (let row = from + reach; row < ROWS; row += 1)
          if (!near(cell(all, row), cell(later, row - from)))
            throw new Error(`from ${from}, row ${row}: ${cell(all, row)}`);
      }
    });
    expect(finite).toBeGreaterThan(60 * MORE);
  });
});

function near(a: number | string | undefined, b: number | string | undefined): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
}
