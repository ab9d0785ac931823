import { describe, it } from '@jest/globals';
import { run } from '../kit.js';
import { cells, golden, type Numbers, near } from './kit.js';

interface Fuzzy {
  readonly tolerance: { readonly abs: number; readonly rel: number };
  readonly cases: readonly {
    readonly type: string;
    readonly parameters: readonly number[];
    readonly x: Numbers;
    readonly mu: Numbers;
  }[];
}

/** A slope from 0 at one end to 1 at the other; a step where both ends are one. */
function slope(from: number, to: number): string {
  if (from !== to) return `clip((x - ${from}) / ${to - from}, 0, 1)`;
  return `if(x < ${from}, 0, 1)`;
}

/** As `slope`, down from 1 to 0. */
function descent(from: number, to: number): string {
  if (from !== to) return `clip((${to} - x) / ${to - from}, 0, 1)`;
  return `if(x > ${from}, 0, 1)`;
}

/** Membership functions have no operators of their own: they are formulas of element-wise ones. */
const SHAPES: Readonly<Record<string, (...p: readonly number[]) => string>> = {
  triangular: (a = 0, b = 0, c = 0) => `min(${slope(a, b)}, ${descent(b, c)})`,
  trapezoidal: (a = 0, b = 0, c = 0, d = 0) => `min(${slope(a, b)}, ${descent(c, d)})`,
  gaussian: (mean = 0, spread = 1) => `exp(-0.5 * ((x - ${mean}) / ${spread}) ^ 2)`,
};

describe('fuzzy memberships as formulas', () => {
  const { tolerance, cases } = golden<Fuzzy>('model-backtest/fuzzy.json');
  it.each(cases.map((c) => ({ ...c, call: SHAPES[c.type]?.(...c.parameters) ?? '' })))(
    '$type $parameters: $call',
    ({ call, x, mu }) => near(run(call, { x: cells(x) }), mu, tolerance.rel, tolerance.abs),
  );
});
