import { describe, expect, it } from '@jest/globals';
import type { Facts } from '../../../engine/expr/facts.js';
import { carried } from '../../../engine/expr/program.js';
import { barTable, compileAll } from './kit.js';
import { FEATURES, MINUTE, tables } from './market.js';

describe('facts of a formula', () => {
  const facts = (text: string): Facts => {
    const { program, problems } = compileAll({ ...FEATURES, out: text }, tables);
    expect(problems.filter((p) => p.severity === 'error').map((p) => p.message)).toEqual([]);
    const found = program.columns.find((c) => c.id === 'out');
    if (found === undefined) throw new Error('The formula did not compile.');
    return found.facts;
  };
  const cases: readonly (readonly [text: string, expected: Partial<Facts>])[] = [
    ['close', { reach: 0, warmup: 0, delay: 0, kind: 'finite', clock: 'bars', scope: 'symbol' }],
    ['rv_96', { reach: 96, warmup: 72 }],
    ['rv_z', { reach: 383, warmup: 143 }],
    ['past_quantile(rv_z, 0.97)', { reach: 959, warmup: 239 }],
    ['ema(close, span=12, warm=12)', { warmup: 11, reach: 1 + 166, kind: 'resetting' }],
    ['mean(close, all)', { kind: 'expanding', warmup: 0 }],
    ['latch(close > 1, close < 1)', { kind: 'resetting', reach: 0 }],
    ['bars_since(close > 1)', { kind: 'resetting' }],
    ['bars_since(close > 1, 24)', { kind: 'finite', reach: 24 }],
    ['at(close, bars_since_highest(high, 96))', { kind: 'resetting' }],
    ['lag(late, 2)', { delay: -3 * MINUTE, reach: 2 }],
    ['asof(funding.rate)', { delay: 0, reach: 96, clock: 'bars' }],
    ['asof(mean(funding.rate, 9))', { reach: 864, warmup: 864 }],
    ['arrives(funding)', { reach: 1, warmup: 0, clock: 'bars', delay: 0 }],
    ['minutes_since(funding)', { reach: 96 }],
    ['minutes_until(funding)', { reach: 1, kind: 'finite' }],
    ['minutes_until(funding, where=funding.rate > 0)', { reach: 1, kind: 'resetting' }],
    ['hour', { delay: Number.NEGATIVE_INFINITY, reach: 0, clock: 'bars' }],
    ['funding.rate', { clock: 'funding', delay: MINUTE }],
    ['xs_mean(ret_12)', { scope: 'universe', reach: 12 }],
    ['ret_12 - index_ret_12', { scope: 'universe' }],
    ['BTCUSDT.close', { scope: 'universe' }],
    ['BTCUSDT.ret_12', { scope: 'universe', reach: 12 }],
    ['benchmark.ret_12', { scope: 'symbol', reach: 12 }],
    ['within(VOL_SHOCK, 12)', { kind: 'resetting', reach: 21 }],
    ['mean(close, 24h)', { reach: 287 }],
    ['mean(close, 1d, min=12h)', { reach: 287, warmup: 143 }],
    ['zscore(close, 1h)', { reach: 11 }],
    ['mean(close, 288b)', { reach: 287 }],
    ['known(close)', { holes: false }],
    ['close / open', { holes: true }],
    ["if(symbol == 'BTCUSDT', 1, 0)", { scope: 'symbol', reach: 0 }],
  ];
  for (const [text, expected] of cases) it(text, () => expect(facts(text)).toMatchObject(expected));

  it('add up across programs', () => {
    const first = compileAll(
      { rv_96: 'std(log(close / lag(close, 1)), 96, min=72)', score: 'close / open' },
      tables,
    );
    const [rv, score] = first.program.columns;
    if (rv === undefined || score === undefined) throw new Error('The features did not compile.');
    const next = compileAll(
      { far: 'past_quantile(rv_96, 0.9) < rv_96 * score' },
      { self: barTable([], { rv_96: carried(rv), score: carried(score) }) },
    );
    expect(next.problems).toEqual([]);
    expect(next.program.columns[0]?.facts).toMatchObject({ reach: 96 + 576, warmup: 72 + 96 });
    expect(JSON.parse(JSON.stringify(carried(rv)))).toEqual(carried(rv));
  });
});
