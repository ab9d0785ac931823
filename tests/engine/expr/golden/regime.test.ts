import { describe, expect, it } from '@jest/globals';
import { run } from '../kit.js';
import { golden } from './kit.js';

interface Regimes {
  readonly tolerance: { readonly abs: number; readonly rel: number };
  readonly cases: readonly {
    readonly id: string;
    readonly input: { readonly returns: readonly (readonly number[])[] };
    readonly expected: {
      readonly components: Readonly<Record<string, number>>;
      readonly growthAxis: number;
    };
  }[];
}

const MARKET = 'average(a, b, c, d)';
/**
 * What formulas alone say of the market's regime: those parts of the score that need no primitive of information theory, and
 * the growth axis. The score itself, with its steps and caps, is a matter of a node.
 */
const PARTS: Readonly<Record<string, string>> = {
  volRatio: `std(${MARKET}, 10) / std(${MARKET}, all)`,
  clustering: `max(0, autocorr(abs(${MARKET}), 1, all))`,
  excessKurtosis: `kurtosis(${MARKET}, all, excess=true)`,
  fatTail: `min(1, abs(kurtosis(${MARKET}, all, excess=true)) / 10)`,
  growthAxis: `252 * mean(${MARKET}, all)`,
};

describe('parts of the market regime (public detector)', () => {
  const { tolerance, cases } = golden<Regimes>('selection-allocation/regime.json');
  it.each(
    cases.flatMap(({ id, input, expected }) =>
      Object.entries(PARTS).map(([name, call]) => ({
        name: `${id} ${name}`,
        call,
        returns: input.returns,
        want: { ...expected.components, growthAxis: expected.growthAxis }[name] ?? Number.NaN,
      })),
    ),
  )('$name: $call', ({ call, returns, want }) => {
    const columns = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((id, at) => [id, returns.map((row) => row[at] ?? Number.NaN)]),
    );
    const last = run(call, columns).at(-1);
    expect(Math.abs(Number(last) - want)).toBeLessThanOrEqual(
      tolerance.abs + tolerance.rel * Math.abs(want),
    );
  });
});
