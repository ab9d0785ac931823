import type { Cell } from '../../../../engine/expr/op-case.js';
import { uniform } from '../information/series.js';

/** Columns that oracles are given: numbers with gaps, ties, both zeros and wild prints; flags and texts with gaps; whole numbers. */
export interface Columns {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly number[];
  readonly k: readonly number[];
  readonly c: readonly (boolean | null)[];
  readonly d: readonly (boolean | null)[];
  readonly e: readonly (boolean | null)[];
  readonly name: readonly (string | null)[];
  readonly other: readonly (string | null)[];
}

export function columnsOf(seed: number, rows: number): Columns {
  const next = uniform(seed + 1);
  const many = <T>(of: () => T): T[] => Array.from({ length: rows }, of);
  const from = <T>(choices: readonly T[], last: T): T =>
    choices[Math.floor(next() * choices.length)] ?? last;
  const number = (): number => {
    const kind = next();
    if (kind < 0.15) return Number.NaN;
    if (kind < 0.4) return Math.floor(next() * 7) - 3;
    if (kind < 0.55) return from([0, -0, 0.5, -0.5, 1.5, 2.5, 1, 1e-12], 1);
    if (kind < 0.6) return from([1e300, -1e300, 1e154, 800, -800], 1);
    return next() * 8 - 4;
  };
  const flag = (): boolean | null => (next() < 0.15 ? null : next() < 0.35);
  const text = (): string | null => from(['up', 'down', 'flat', null], null);
  return {
    x: many(number),
    y: many(number),
    z: many(number),
    k: many(() => from([0, 1, 2, 3, 7, -1, 0.5, Number.NaN], 0)),
    c: many(flag),
    d: many(flag),
    e: many(flag),
    name: many(text),
    other: many(text),
  };
}

/** Missing where a number is none. */
export function cellOf(value: Cell | undefined): Cell {
  return value === undefined || (typeof value === 'number' && !Number.isFinite(value))
    ? null
    : value;
}

/** The first row in which something came out that was not to, as a sentence. */
export function wrong(
  found: readonly Cell[],
  expected: readonly Cell[],
  within: number,
): string | undefined {
  const same = (a: Cell | undefined, b: Cell): boolean =>
    typeof a === 'number' && typeof b === 'number'
      ? a === b || Math.abs(a - b) <= within * Math.max(1, Math.abs(b))
      : a === b;
  const row = expected.findIndex((cell, i) => !same(found[i], cell));
  return row < 0 ? undefined : `row ${row}: ${found[row]}, not ${expected[row]}`;
}
