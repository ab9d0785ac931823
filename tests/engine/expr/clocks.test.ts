import { describe, expect, it } from '@jest/globals';
import {
  evaluate,
  evaluateOn,
  evaluateUniverse,
  type TableFacts,
} from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import {
  bars,
  barTable,
  column,
  compileAll,
  FIVE_MINUTES,
  listsOf,
  START,
  type Values,
} from './kit.js';

const MINUTE = 60_000;
const N = Number.NaN;

function at(...minutes: readonly number[]): Float64Array {
  return Float64Array.from(minutes, (m) => START + m * MINUTE);
}

function table(
  ts: Float64Array,
  columns: Readonly<Record<string, readonly number[] | readonly (string | null)[]>>,
): Frame {
  return Frame.of(columns).with('ts', { dtype: 'time', values: ts });
}

const prints: TableFacts = {
  clock: 'funding',
  nominal: 15 * MINUTE,
  within: 30 * MINUTE,
  columns: new Map([
    ['ts', column('time')],
    ['rate', column('f64', { delay: MINUTE })],
  ]),
};

describe('prints on bars', () => {
  const tables = { self: barTable(['close']), funding: prints };
  const frames = {
    self: table(bars(12), { close: Array.from({ length: 12 }, (_, i) => i) }),
    // Seen a minute after their stamp: 10 by the bar closing at 15, 25 by that closing at 30.
    funding: table(at(10, 25), { rate: [1, 3] }),
  };
  const cases: readonly (readonly [text: string, gives: Values])[] = [
    ['asof(funding.rate)', [null, null, 1, 1, 1, 3, 3, 3, 3, 3, 3, null]],
    [
      'asof(funding.rate, within=5m)',
      [null, null, 1, null, null, 3, null, null, null, null, null, null],
    ],
    ['asof(lag(funding.rate, 1))', [null, null, null, null, null, 1, 1, 1, 1, 1, 1, null]],
    ['asof(mean(funding.rate, 2))', [null, null, null, null, null, 2, 2, 2, 2, 2, 2, null]],
    ['if(arrives(funding), 1, 0)', [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]],
    ['minutes_since(funding)', [null, null, 5, 10, 15, 5, 10, 15, 20, 25, 30, 35]],
    [
      'minutes_since(funding, where=funding.rate > 2)',
      [null, null, null, null, null, 5, 10, 15, 20, 25, 30, 35],
    ],
    ['asof(rates)', [null, null, 10, 10, 10, 30, 30, 30, 30, 30, 30, null]],
  ];
  for (const [text, gives] of cases)
    it(text, () => {
      const { program, problems } = compileAll({ rates: '10 * funding.rate', out: text }, tables);
      expect(problems).toEqual([]);
      expect(listsOf(evaluate(program, frames)).out).toEqual(gives);
    });

  it('columns of another clock come as a frame of that clock', () => {
    const { program } = compileAll({ rates: '10 * funding.rate' }, tables);
    expect(listsOf(evaluate(program, frames))).toEqual({});
    const own = evaluateOn(program, 'funding', frames);
    expect([...own.time('ts')]).toEqual([...at(10, 25)]);
    expect(listsOf(own)).toEqual({ rates: [10, 30] });
    expect(() => evaluate(program, frames, ['rates'])).toThrow('expr/other-clock');
  });
});

describe('coarser bars', () => {
  const x = [1, 2, 4, 8, N, 32, 64, 128];
  const values = (text: string) => {
    const { program, problems } = compileAll({ out: text }, { self: barTable(['x']) });
    expect(problems).toEqual([]);
    // The first bar opens at 00:05, so the first quarter of an hour has two bars only.
    const self = table(bars(x.length, START + FIVE_MINUTES), { x });
    return listsOf(evaluate(program, { self })).out;
  };
  const cases: readonly (readonly [text: string, gives: Values])[] = [
    ['asof(resample(x, 15m, last))', [null, null, null, null, null, null, null, 128]],
    ['asof(resample(x, 15m, last, min=2))', [null, 2, 2, 2, 8, 8, 8, 128]],
    ['asof(resample(x, 15m, sum, min=1))', [null, 3, 3, 3, 12, 12, 12, 224]],
    ['asof(lag(resample(x, 15m, count, min=1), 1))', [null, null, null, null, 2, 2, 2, 2]],
  ];
  // Bars open at 5 10 | 15 20 25 | 30 35 40: a bucket is seen by the bar that closes at its end.
  for (const [text, gives] of cases) it(text, () => expect(values(text)).toEqual(gives));

  it('counts its reach in bars once it is back', () => {
    const { program } = compileAll(
      { out: 'asof(mean(resample(mean(x, 3), 1h, last), 4))' },
      { self: barTable(['x']) },
    );
    expect(program.columns[0]?.facts).toMatchObject({
      reach: (1 + 3 + 1) * 12 - 1,
      clock: 'bars',
      delay: 0,
    });
  });

  it('needs rows that fill it', () => {
    for (const text of [
      'asof(resample(x, 7m, last))',
      'asof(resample(x, 5m, last))',
      'resample(x, 1h, last) + x',
    ])
      expect(
        compileAll({ out: text }, { self: barTable(['x']) }).problems.map((p) => p.severity),
      ).toEqual(['error']);
  });
});

describe('a schedule', () => {
  const news: TableFacts = {
    clock: 'news',
    nominal: 60 * MINUTE,
    available: 'announced',
    columns: new Map([
      ['ts', column('time')],
      ['announced', column('time')],
      ['weight', column('f64')],
    ]),
  };
  const frames = {
    self: table(bars(6), { close: [0, 1, 2, 3, 4, 5] }),
    news: table(at(20, 30), { weight: [1, 2] }).with('announced', {
      dtype: 'time',
      values: at(12, 0),
    }),
  };
  const cases: readonly (readonly [text: string, gives: Values])[] = [
    // Until 20 is announced at 12, the next release known is that of 30.
    ['minutes_until(news)', [25, 20, 5, 10, 5, null]],
    ['minutes_until(news, where=news.weight > 1)', [25, 20, 15, 10, 5, null]],
    ['minutes_since(news)', [null, null, null, 0, 5, 0]],
  ];
  for (const [text, gives] of cases)
    it(text, () => {
      const { program, problems } = compileAll({ out: text }, { self: barTable(['close']), news });
      expect(problems).toEqual([]);
      expect(listsOf(evaluate(program, frames)).out).toEqual(gives);
    });
});

describe('other tables on the clock of bars', () => {
  it('join where times are equal, and are missing elsewhere', () => {
    const tables = { self: barTable(['close']), spot: barTable(['close']) };
    const { program } = compileAll(
      {
        out: 'close - spot.close',
        past: 'lag(spot.close, 1)',
        high: 'spot.rise',
        rise: 'close - lag(close, 1)',
      },
      tables,
    );
    const spot = table(at(5, 10, 20), { close: [1, 2, 4] });
    const found = listsOf(
      evaluate(program, { self: table(bars(4), { close: [5, 5, 5, 5] }), spot }),
    );
    expect(found.out).toEqual([null, 4, 3, null]);
    expect(found.past).toEqual([null, null, 1, 2]);
    expect(found.high).toEqual([null, null, 1, null]);
  });
});

describe('cross-sections', () => {
  const symbols = (
    columns: Readonly<Record<string, readonly number[]>>,
    starts: Readonly<Record<string, number>> = {},
  ) =>
    new Map(
      Object.entries(columns).map(([id, x]): [string, { self: Frame }] => [
        id,
        { self: table(bars(x.length, START + (starts[id] ?? 0) * FIVE_MINUTES), { x }) },
      ]),
    );
  const out = (text: string, bySymbol: ReturnType<typeof symbols>) => {
    const { program, problems } = compileAll({ out: text }, { self: barTable(['x']) });
    expect(problems).toEqual([]);
    return Object.fromEntries(
      [...evaluateUniverse(program, bySymbol)].map(([id, f]) => [id, listsOf(f).out]),
    );
  };
  const three = symbols({ B: [2, N, 5], A: [1, 1, N], C: [6, 3, 5] });
  const cases: readonly (readonly [text: string, gives: Readonly<Record<string, Values>>])[] = [
    ['xs_sum(x)', { A: [9, 4, 10], B: [9, 4, 10], C: [9, 4, 10] }],
    ['xs_mean(x, others=true)', { A: [4, 3, 5], B: [3.5, 2, 5], C: [1.5, 1, 5] }],
    [
      'xs_mean(x, others=true, at_least=2)',
      { A: [4, null, 5], B: [3.5, 2, null], C: [1.5, null, null] },
    ],
    ['xs_median(x)', { A: [2, 2, 5], B: [2, 2, 5], C: [2, 2, 5] }],
    ['xs_max(x, others=true)', { A: [6, 3, 5], B: [6, 3, 5], C: [2, 1, 5] }],
    ['xs_rank(x)', { A: [0, 0, null], B: [0.5, null, 0.5], C: [1, 1, 0.5] }],
    ['xs_count(x > 1)', { A: [2, 1, 2], B: [2, 1, 2], C: [2, 1, 2] }],
    [
      "xs_sum(x, by=if(symbol == 'C', 'big', 'small'))",
      { A: [3, 1, 5], B: [3, 1, 5], C: [6, 3, 5] },
    ],
    ['x - C.x', { A: [-5, -2, null], B: [-4, null, 0], C: [0, 0, 0] }],
    ['lag(xs_sum(x), 1)', { A: [null, 9, 4], B: [null, 9, 4], C: [null, 9, 4] }],
  ];
  for (const [text, gives] of cases) it(text, () => expect(out(text, three)).toEqual(gives));

  it('range over the symbols that have the row', () => {
    const found = out('xs_sum(x)', symbols({ A: [1, 2, 3, 4], B: [10, 20] }, { B: 1 }));
    expect(found).toEqual({ A: [1, 12, 23, 4], B: [12, 23] });
  });

  it('leave out who is not eligible', () => {
    const { program } = compileAll({ out: 'xs_sum(x)' }, { self: barTable(['x']) });
    const eligible = new Map([['C', Uint8Array.of(0, 1, 1)]]);
    const found = evaluateUniverse(program, three, ['out'], { eligible });
    expect(listsOf(found.get('A') ?? table(bars(0), { x: [] })).out).toEqual([3, 4, 10]);
  });

  it('do not depend on the order in which symbols are given', () => {
    const turned = new Map([...three].reverse());
    expect(out('xs_rank(x) + xs_std(x)', turned)).toEqual(out('xs_rank(x) + xs_std(x)', three));
  });

  it('cannot be asked of one symbol', () => {
    const { program } = compileAll({ out: 'xs_sum(x)' }, { self: barTable(['x']) });
    expect(() => evaluate(program, three.get('A') ?? {}, ['out'])).toThrow('expr/needs-universe');
  });
});
