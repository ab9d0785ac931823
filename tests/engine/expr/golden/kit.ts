import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Values } from '../kit.js';

/** A column of a golden file; null is missing. */
export type Numbers = readonly (number | null)[];

/** A golden file as its README describes it. */
export function golden<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../../../golden/${file}`, import.meta.url), 'utf8'));
}

/** Missing cells as a column of numbers has them. */
export function cells(values: Numbers): number[] {
  return values.map((v) => v ?? Number.NaN);
}

/** Every row agrees, missing ones included: |found − expected| ≤ abs + rel · |expected|. */
export function near(found: Values, expected: Numbers, rel: number, abs: number): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, row) => {
    const own = found[row];
    const agrees =
      value === null
        ? own === null
        : typeof own === 'number' && Math.abs(own - value) <= abs + rel * Math.abs(value);
    if (!agrees) expect([row, own]).toEqual([row, value]);
  });
}
