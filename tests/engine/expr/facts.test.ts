import { describe, expect, it } from '@jest/globals';
import type { Facts } from '../../../engine/expr/facts.js';
import { carried, type TableFacts } from '../../../engine/expr/program.js';
import { barTable, column, compileAll, refusals } from './kit.js';

const BAR = ['open', 'high', 'low', 'close', 'volume', 'quote_volume', 'taker_base_volume'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const funding: TableFacts = {
  clock: 'funding',
  nominal: 8 * HOUR,
  within: 24 * HOUR,
  columns: new Map([
    ['ts', column('time')],
    ['rate', column('f64', { delay: MINUTE })],
    ['interval_hours', column('f64', { delay: MINUTE, unit: 'hours' })],
  ]),
};
const tables: Readonly<Record<string, TableFacts>> = {
  self: barTable([...BAR, 'spread_bps', 'depth_usd', 'oi_notional', 'liquidation_notional'], {
    ...Object.fromEntries(
      BAR.map((n) => [n, column('f64', { instant: n === 'close', unit: unit(n) })]),
    ),
    late: column('f64', { delay: 7 * MINUTE }),
    future: column('f64', { taint: 'outcome' }),
    fitted: column('f64', {
      facts: { reach: 0, warmup: 0, kind: 'whole-sample', scope: 'symbol', dims: '' },
    }),
    VOL_SHOCK: column('bool', {
      facts: { reach: 10, warmup: 3, kind: 'resetting', scope: 'symbol', dims: '' },
    }),
    name: column('text'),
  }),
  spot: barTable(['close']),
  benchmark: barTable(['close']),
  pair: barTable(['close']),
  funding,
};

function unit(name: string): string {
  return name.includes('volume') ? (name === 'quote_volume' ? 'quote' : 'base') : 'quote / base';
}

const FEATURES: Readonly<Record<string, string>> = {
  ret_1: 'pct_change(close, 1)',
  ret_3: 'pct_change(close, 3)',
  ret_12: 'pct_change(close, 12)',
  ret_96: 'pct_change(close, 96)',
  logret_1: 'log(close / lag(close, 1))',
  abs_ret_1: 'abs(ret_1)',
  abs_ret_96: 'abs(ret_96)',
  range_1: '(high - low) / close',
  rv_96: 'std(logret_1, 96, min=72)',
  rv_z: 'zscore(rv_96, 288, min=72)',
  rv_12: 'sqrt(mean(logret_1 ^ 2, 12))',
  shock_ratio: 'rv_12 / median(rv_12, 288, min=72)',
  high_96: 'highest(high, 96, min=72)',
  low_96: 'lowest(low, 96, min=72)',
  range_96: 'high_96 - low_96',
  range_med_2880: 'median(range_96, 2880, min=2160)',
  compression: 'range_96 / range_med_2880',
  imbalance: '2 * taker_base_volume / volume - 1',
  imbalance_z: 'zscore(imbalance, 288, min=72)',
  stretch: 'zscore(ret_12, 288, min=72)',
  er_96: 'efficiency(close, 96)',
  rsi_14: 'rsi(close, 14)',
  basis_bps: '1e4 * (close / spot.close - 1)',
  basis_z: 'zscore(basis_bps, 96, min=24, ddof=0)',
  spread_z: 'zscore(spread_bps, 96, min=24, ddof=0)',
  oi_delta_1h: 'diff(oi_notional, 12)',
  oi_change_1h: 'oi_delta_1h / lag(oi_notional, 12)',
  funding_rank: '100 * rank(abs(funding.rate), 270, min=90)',
  bench_corr_288: 'corr(logret_1, benchmark.logret_1, 288, min=144)',
  bench_beta_288: 'beta(logret_1, benchmark.logret_1, 288, min=144)',
  index_ret_12: 'xs_mean(ret_12, others=true, at_least=3)',
  index_beta_288: 'beta(logret_1, xs_mean(logret_1, others=true, at_least=3), 288, min=144)',
};

/** Reach of the onset of events: the column L of operators.md, appendix A. */
const REACH: readonly (readonly [id: string, formula: string, reach: number])[] = [
  [
    'vacuum',
    'rises(lag(abs_ret_1 >= past_quantile(abs_ret_1, 0.99, 8640, 2016) and lag(abs_ret_1, 1) < past_quantile(abs_ret_1, 0.99, 8640, 2016), 2) and holds(volume < 0.65 * median(volume, 480, min=120), 2))',
    8644,
  ],
  [
    'depth',
    'rises(depth_usd <= past_quantile(depth_usd, 0.05) and rv_z >= past_quantile(rv_z, 0.70))',
    960,
  ],
  ['blowout', 'rises(spread_z >= max(2, past_quantile(spread_z, 0.97)))', 672],
  [
    'imbalance_shock',
    'rises(abs(imbalance_z) >= max(2.5, past_quantile(abs(imbalance_z), 0.99)) and sign(imbalance) == sign(ret_1))',
    864,
  ],
  [
    'stoprun',
    'rises(range_1 >= past_quantile(range_1, 0.90) and high > lag(highest(high, 96), 1))',
    577,
  ],
  ['absorption', 'rises(abs_ret_1 <= past_quantile(abs_ret_1, 0.35))', 578],
  [
    'vol_shock',
    'rises(shock_ratio >= past_quantile(shock_ratio, 0.99, 8640, 2016) and lag(shock_ratio, 1) < past_quantile(shock_ratio, 0.99, 8640, 2016))',
    8940,
  ],
  ['vol_spike', 'rises(rv_z >= max(2, past_quantile(rv_z, 0.97)))', 960],
  [
    'relaxation',
    'rises(then(rv_z >= past_quantile(rv_z, 0.95), rv_z < past_quantile(rv_z, 0.70) and rv_z < lag(rv_z, 1), 96))',
    1056,
  ],
  ['cluster_shift', 'rises(abs(diff(rv_z)) >= past_quantile(abs(diff(rv_z)), 0.98))', 961],
  [
    'compression_end',
    'rises(lag(lowest(compression, 12), 1) <= 0.80 and crosses_above(compression, 0.95))',
    2987,
  ],
  [
    'breakout',
    'rises(close > lag(highest(close, 96, min=24), 1) and lag(compression, 1) <= 0.85)',
    2976,
  ],
  [
    'funding_onset',
    'arrives(funding) and asof(crosses_above(funding_rank, 95) and abs(funding.rate) * 1e4 >= 1.5)',
    26_016,
  ],
  [
    'funding_flip',
    'arrives(funding) and asof(sign(funding.rate) != sign(lag(fill(if(funding.rate != 0, funding.rate, missing), 90), 1)))',
    8832,
  ],
  [
    'funding_persists',
    'arrives(funding) and asof(rises(holds(if(funding_rank >= 85, sign(funding.rate), 0) == 1, 3)))',
    26_208,
  ],
  [
    'funding_calms',
    'arrives(funding) and asof(crosses_below(funding_rank, 50) and lag(highest(funding_rank, 9, min=1), 1) >= 95)',
    26_784,
  ],
  ['dislocated', 'arrives(funding) and asof(rises(abs(funding.rate) * 1e4 > 2))', 192],
  ['oi_spike', 'rises(zscore(diff(log(oi_notional)), 96, min=24) >= 2.5 and ret_1 > 0)', 97],
  ['oi_flush', 'rises(oi_notional / lag(oi_notional, 1) - 1 <= -0.005)', 2],
  [
    'deleveraging',
    'rises(oi_change_1h <= past_quantile(oi_change_1h, 0.05) and rv_z >= past_quantile(rv_z, 0.70))',
    960,
  ],
  [
    'exhausted_flow',
    'rises(lag(imbalance >= past_quantile(imbalance, 0.99), 12) and highest(high, 12) <= lag(high, 12))',
    589,
  ],
  [
    'divergence',
    'rises(high >= lag(highest(high, 96), 1) and rsi_14 <= at(rsi_14, 12 + lag(bars_since_highest(high, 85), 12), at_most=96) - 5)',
    485,
  ],
  ['climax', 'rises(abs_ret_96 >= past_quantile(abs_ret_96, 0.50))', 673],
  [
    'false_breakout',
    'rises(then(close > lag(high_96, 1), close <= latest(lag(high_96, 1), close > lag(high_96, 1), 3) and abs_ret_1 >= past_quantile(abs_ret_1, 0.40), 3))',
    581,
  ],
  ['acceleration', 'rises(diff(abs_ret_96, 3) >= past_quantile(diff(abs_ret_96, 3), 0.90))', 676],
  ['stretched', 'rises(abs(stretch) >= max(2, past_quantile(abs(stretch), 0.96)))', 876],
  ['band', 'rises(abs(close - lag(mean(close, 96), 1)) > 2.5 * lag(std(close, 96), 1))', 97],
  [
    'gap',
    'rises(abs(ret_3) >= past_quantile(abs(ret_3), 0.995) and highest(abs_ret_1, 3) >= 0.6 * sum(abs_ret_1, 3))',
    580,
  ],
  ['regime', 'rises(crosses_above(rv_96, past_quantile(rv_96, 0.66)))', 674],
  [
    'chop',
    'rises(lag(falls(latch(er_96 >= 0.30, er_96 <= 0.15)), 6) and holds(not latch(er_96 >= 0.30, er_96 <= 0.15), 7))',
    104,
  ],
  [
    'decoupled',
    'rises(bench_corr_288 <= min(0.3, past_quantile(bench_corr_288, 0.05, 2016, 288)))',
    2305,
  ],
  ['beta_spike', 'rises(bench_beta_288 >= past_quantile(bench_beta_288, 0.975, 2016, 288))', 2305],
  [
    'desync',
    'rises(holds(zscore(basis_bps, 96, min=24) >= max(3, past_quantile(abs(zscore(basis_bps, 96, min=24)), 0.99)), 3))',
    674,
  ],
  [
    'component',
    'rises(abs(zscore(ret_12 - index_beta_288 * index_ret_12, 288, min=72)) >= 2.5)',
    576,
  ],
  [
    'lead_lag',
    'rises(abs(zscore(ret_1 - (spot.close / lag(spot.close, 1) - 1), 288, min=72)) >= max(3, past_quantile(abs(zscore(ret_1 - (spot.close / lag(spot.close, 1) - 1), 288, min=72)), 0.99)))',
    865,
  ],
  ['session', 'minute == 0 and hour in [0, 8, 13]', 0],
];

describe('reach of the events of appendix A', () => {
  const formulas = Object.fromEntries(REACH.map(([id, text]) => [id, text]));
  const { program, problems } = compileAll({ ...FEATURES, ...formulas }, tables);

  it('all compile', () => expect(problems.map((p) => p.message)).toEqual([]));
  for (const [id, text, reach] of REACH)
    it(`${id}: ${reach} rows`, () => {
      const found = program.columns.find((c) => c.id === id);
      expect([text, found?.facts.reach]).toEqual([text, reach]);
    });
});

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
    ['minutes_since(funding)', { reach: 1 }],
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

describe('what is not known at the decision', () => {
  const problem = (text: string, more: Readonly<Record<string, string>> = {}) => {
    const { problems } = compileAll({ ...FEATURES, ...more, out: text }, tables);
    return problems.map((p) => [p.code, p.message]);
  };
  const cases: readonly (readonly [name: string, text: string, code: string, message: RegExp])[] = [
    [
      'looks ahead',
      'log(ahead(close, 96) / close)',
      'expr/looks-ahead',
      /^out → ahead\(close, 96\) \(line 1\): known 96 bars after the decision\.$/,
    ],
    [
      'looks ahead in a composed call',
      'diff(ahead(close, 2))',
      'expr/looks-ahead',
      /ahead\(close, 2\)/,
    ],
    ['an outcome', 'mean(future, 12)', 'expr/outcome', /^out → future \(line 1\) is an outcome/],
    ['the whole sample', 'fitted * 2', 'expr/whole-sample', /^out → fitted/],
    [
      'a bare late column',
      'late > 1',
      'expr/delayed',
      /^out → late \(line 1\) is known 7 min after/,
    ],
    ['a late column lagged too little', 'lag(late, 1)', 'expr/delayed', /late/],
    ['prints beside bars', 'close * funding.rate', 'expr/clocks', /bars and funding/],
    ['a negative lag', 'lag(close, -1)', 'expr/out-of-range', /at least 0/],
  ];
  for (const [name, text, code, message] of cases)
    it(name, () => {
      const [found] = problem(text);
      expect(found?.[0]).toBe(code);
      expect(found?.[1]).toMatch(message);
    });

  it('is told once, where it stands, with the way through clauses', () => {
    const { problems } = compileAll({ far: 'ahead(close, 12)', user: 'far + 1' }, tables);
    expect(problems.map((p) => p.code)).toEqual(['expr/looks-ahead']);
    expect(problems[0]?.hint).toMatch(/targets only/);
  });

  it('may stand in a target, after the entry', () => {
    const admit = { admit: 'target' as const };
    const codes = (text: string) =>
      compileAll({ out: text }, tables, admit).problems.map((p) => p.code);
    expect(codes('log(ahead(close, 12) / close)')).toEqual([]);
    expect(codes('log(ahead(close, 13) / ahead(close, 1))')).toEqual([]);
    expect(codes('highest(ahead(high, 13), 12) / ahead(close, 1)')).toEqual([]);
    expect(codes('highest(ahead(high, 12), 12) / ahead(close, 1)')).toEqual(['expr/early-target']);
    expect(codes('ahead(open, 1)')).toEqual(['expr/early-target']);
    const { program } = compileAll({ out: 'mean(ahead(high, 24), 12) / close' }, tables, admit);
    expect(program.columns[0]?.facts).toMatchObject({
      taint: 'outcome',
      lookahead: 24,
      ahead: { spanFrom: 13, to: 24 },
    });
  });

  it('needs a universe only where one is allowed', () => {
    const { problems } = compileAll({ out: 'xs_mean(close)' }, tables, { scope: 'symbol' });
    expect(problems.map((p) => p.code)).toEqual(['expr/universe-here']);
  });
});

describe('what is not bound', () => {
  it('makes definitions unavailable, with all that use them', () => {
    const { program, problems } = compileAll(
      {
        a: 'spot.close / close',
        b: 'a > 1',
        c: 'asof(funding.rate)',
        d: 'arrives(funding)',
        e: 'depth_usd > 1',
        f: 'close',
      },
      { self: barTable(['close']) },
      { unbound: ['spot', 'funding'], unavailable: ['depth_usd'] },
    );
    expect(problems).toEqual([]);
    expect(program.columns.map((c) => c.id)).toEqual(['f']);
    expect([...program.needs]).toEqual([
      ['spot', ['a', 'b']],
      ['funding', ['c', 'd']],
      ['depth_usd', ['e']],
    ]);
  });

  it('says which columns it reads', () => {
    const { program } = compileAll(
      { a: 'benchmark.close > depth_usd', b: 'arrives(funding)', c: 'ETHUSDT.high' },
      tables,
    );
    expect(program.reads).toEqual({
      '@ETHUSDT': ['high', 'ts'],
      benchmark: ['close', 'ts'],
      funding: ['ts'],
      self: ['depth_usd', 'ts'],
    });
  });

  it('hides no other mistake', () => {
    expect(refusals('x + nope').map((p) => p.code)).toEqual(['expr/unknown-name']);
  });
});
