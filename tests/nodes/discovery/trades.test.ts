import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flagColumn, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import expectancy from '../../../nodes/discovery/expectancy.js';
import outcomes from '../../../nodes/discovery/outcomes.js';
import { mean } from '../../../nodes/math/sum.js';
import { frameOf } from '../../kit/chain.js';
import { frame, repeat } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { costly, decisionsOf, eventsOf, targetsOf, world } from '../../kit/research.js';

/*
 * What discovery counts and what is told of a candidate are the same trades. Both are held against one slow walk, written out here:
 * symbol by symbol, print by print.
 */

const small = world(5, { days: 25, symbols: 2, events: ['E'], rate: 6 });
const KEPT = (row: number) => row % 3 > 0;
const decisions = decisionsOf(eventsOf(small), ['continuation'], KEPT);
const targets = targetsOf(small);
const states = small.names.map((symbol, k) => ({
  at: { symbol },
  value: frame({
    ts: timeColumn(small.times),
    calm_flag: Array.from(small.times, (_, row) => (row >> 7) % 2 === k),
  }),
}));

const asked = fc.record({
  template: fc.constantFrom('continuation', 'only_if(continuation)'),
  direction: fc.constantFrom(1, -1),
  bars: fc.constantFrom(1, 3),
  symbol: fc.constantFrom(null, 'S0', 'S1'),
  state: fc.constantFrom(null, 'CALM'),
  /** Rows of prints and the rate of each, 2^-k. */
  prints: fc
    .uniqueArray(fc.integer({ min: 0, max: 25 * 288 - 1 }), { minLength: 1, maxLength: 60 })
    .map((rows) => rows.sort((a, b) => a - b)),
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;
const rate = (row: number) => 2 ** -(8 + (row % 4));

const hypothesis = ({ template, direction, bars, symbol, state }: Asked) =>
  frame({
    id: ['h'],
    market: ['m'],
    namespace: ['simulated'],
    event: ['E'],
    family: ['F'],
    symbol: textColumn([symbol]),
    state: textColumn([state]),
    judged: ['mean'],
    template: [template],
    base: textColumn([template.includes('(') ? 'continuation' : null]),
    direction: [direction],
    horizon: [bars],
    entry_lag: [1],
    outcome: [`forward_${bars}`],
    up: textColumn([null]),
    down: textColumn([null]),
    range: textColumn([null]),
    fills: [2],
    min_events: [NaN],
    needs: ['perp_ohlcv_5m'],
  });

const [EIGHT_HOURS, TWELVE_HOURS] = [96, 144];
/** Whether all is printed that may have been settled in a row: the last print is no 8 hours old, or the next not too far from it. */
function printed(prints: readonly number[], row: number): boolean {
  const before = prints.filter((k) => k <= row).at(-1);
  const next = prints.find((k) => k > row) ?? Infinity;
  if (before === undefined) return false;
  return row - before < EIGHT_HOURS || next - before <= TWELVE_HOURS;
}

/** Every trade of a hypothesis, the obvious way. @param dropped  those its filter leaves out of the trades of its base */
function slow({ template, direction, bars, symbol, state, prints }: Asked, dropped: boolean) {
  const found: number[] = [];
  small.names.forEach((name, s) => {
    if (symbol !== null && symbol !== name) return;
    let free = -1;
    const own = [...decisions.rows()].filter((d) => d.symbol === name && d.template === template);
    for (const decision of own) {
      const row = small.times.indexOf(Number(decision.ts));
      if (!dropped && decision.kept !== true) continue;
      if (state !== null && (row >> 7) % 2 !== s) continue;
      const close = small.prices[s] ?? new Float64Array(0);
      const [entry, exit] = [row + 1, row + 1 + bars];
      if (row < free || exit >= close.length) continue;
      const held = Array.from({ length: bars }, (_, k) => entry + 1 + k);
      if (!held.every((k) => printed(prints, k))) continue;
      free = exit;
      const paid = prints.filter((k) => k > entry && k <= exit);
      const long = (close[exit] ?? NaN) / (close[entry] ?? NaN) - 1;
      const earned = long - paid.reduce((sum, k) => sum + rate(k), 0);
      if (dropped && decision.kept === true) continue;
      found.push(direction * Number(decision.side) * earned);
    }
  });
  return found;
}

describe('the trades of a hypothesis', () => {
  it('are those that were counted when it was tested, and those of a slow walk', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async (given) => {
        const funding = small.names.map((name) => ({
          at: { symbol: name },
          value: frame({
            ts: timeColumn(given.prints.map((row) => small.times[row] ?? NaN)),
            rate: given.prints.map(rate),
            interval_hours: repeat([8], given.prints.length),
          }),
        }));
        const ins = { decisions, targets, states, funding, hypotheses: hypothesis(given) };
        const cost = { ...costly, funding: true };
        const tested = await runNode(expectancy, ins, { cost });
        const candidates = frame({ id: ['h'], passed: flagColumn([true]) });
        const told = await runNode(outcomes, { ...ins, candidates }, { cost });
        const [test] = [...frameOf(tested.outs, 'tests').rows()];
        const trades = [...frameOf(told.outs, 'outcomes').rows()];
        const gross = (kept: boolean) =>
          trades.filter((r) => r.kept === kept).map((r) => Number(r.gross));
        const close = (got: readonly number[], want: readonly number[]) => {
          expect(got.length).toBe(want.length);
          if (want.length > 0) expect(Math.abs(mean(got) - mean(want))).toBeLessThan(1e-12);
        };
        expect(test?.n).toBe(gross(true).length);
        if (test?.n) expect(Math.abs(mean(gross(true)) - Number(test.gross))).toBeLessThan(1e-12);
        close(gross(true), slow(given, false));
        close(gross(false), given.template.includes('(') ? slow(given, true) : []);
      }),
      { numRuns: 40 },
    );
  });
});
