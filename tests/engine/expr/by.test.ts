import { describe, expect, it } from '@jest/globals';
import type { Memo } from '../../../engine/expr/memo.js';
import { evaluate, evaluateUniverse } from '../../../engine/expr/program.js';
import type { Series } from '../../../engine/expr/types.js';
import { Frame } from '../../../engine/frame/frame.js';
import { lists, selfOf } from './by-kit.js';
import {
  bars,
  barTable,
  column,
  compileAll,
  FIVE_MINUTES,
  listsOf,
  refusals,
  START,
  type Values,
} from './kit.js';
import { tables } from './market.js';

const N = Number.NaN;

describe('by', () => {
  const x = [1, 10, 2, 20, N, 30, 3, 40];
  const s = ['a', 'b', 'a', 'b', 'a', 'b', 'a', null];
  const k = [0, 1, 0, 1, -0, 1, 0, N];
  const c = [true, false, true, false, true, false, true, null];
  const cases: readonly (readonly [text: string, gives: Values])[] = [
    // A key that data decide is silent until the group has the rows that are looked back on.
    ['by(s, lag(x, 1))', [null, null, 1, 10, 2, 20, null, null]],
    ['by(k, lag(x, 1))', [null, null, 1, 10, 2, 20, null, null]],
    ['by(c, lag(x, 1))', [null, null, 1, 10, 2, 20, null, null]],
    ['by(s, mean(x, 2, min=1))', [null, null, 1.5, 15, 2, 25, 3, null]],
    ['by(s, x)', [1, 10, 2, 20, null, 30, 3, null]],
    ['by(s, s)', ['a', 'b', 'a', 'b', 'a', 'b', 'a', null]],
    ['by(c, lag(s, 1))', [null, null, 'a', 'b', 'a', 'b', 'a', null]],
    ['by(c, lag(c, 1))', [null, null, true, false, true, false, true, null]],
    // Names stand for their series as they are: `step` counts bars, the formula itself counts rows of the group.
    ['by(s, step)', [null, 9, -8, 18, null, null, -27, null]],
    ['by(s, x - lag(x, 1))', [null, null, 1, 10, null, 10, null, null]],
    ['by(s, diff(x))', [null, null, 1, 10, null, 10, null, null]],
    ['by(s, bars_since(x > 1 and x < 25, 9))', [null, null, null, null, null, null, null, null]],
    ['by(s, bars_since(x > 1 and x < 25))', [null, 0, 0, 0, 1, 1, 0, null]],
    // The calendar tells its groups in advance: twelve bars an hour.
    ['by(hour, mean(x, 2, min=1))', [1, 5.5, 6, 11, 20, 30, 16.5, 21.5]],
    ['by(minute == 0, count(x > 0, 2))', [null, null, 2, 2, null, null, 2, 2]],
  ];
  for (const [text, gives] of cases)
    it(text, () =>
      expect(lists({ out: text, step: 'x - lag(x, 1)' }, { x, s, k, c })).toEqual(gives),
    );

  it('leaves the rows of other clocks alone', () => {
    const { program, problems } = compileAll(
      { in_hours: 'by(hour, asof(lag(funding.rate, 1)))', plain: 'asof(lag(funding.rate, 1))' },
      { self: barTable(['close']), funding: tables.funding ?? barTable([]) },
    );
    expect(problems).toEqual([]);
    const ts = Float64Array.of(START - 5 * FIVE_MINUTES, START + 2 * FIVE_MINUTES);
    const found = listsOf(
      evaluate(program, {
        self: selfOf({ close: [1, 2, 3, 4, 5, 6] }, bars(6)),
        funding: Frame.of({ rate: [1, 2] }).with('ts', { dtype: 'time', values: ts }),
      }),
    );
    expect(found.in_hours).toEqual([null, null, 1, 1, 1, 1]);
    expect(found.in_hours).toEqual(found.plain);
  });

  it('tells keys apart and shares what is equal', () => {
    const { program } = compileAll(
      {
        a: 'by(hour, mean(x, 3)) + by(hour, mean(x, 3) + 1)',
        b: 'by(minute, mean(x, 3))',
        c: 'by(hour + 0, mean(x, 3))',
      },
      { self: barTable(['x']) },
    );
    const means = program.nodes.filter((n) => n.kind === 'op' && n.op.name === 'mean');
    expect(means.map((n) => n.facts.clock)).toEqual([
      'bars by hour',
      'bars by minute',
      'bars by hour + 0',
    ]);
  });

  it('is remembered by key and expression', () => {
    const texts = {
      a: 'by(minute, mean(x, 3))',
      b: 'by(minute == 0, mean(x, 3))',
      c: 'by(s, mean(x, 3))',
      d: 'by(minute, mean(x, 4))',
    };
    const { program } = compileAll(texts, { self: barTable(['x'], { s: column('text') }) });
    const x = Array.from({ length: 90 }, (_, i) => (i * 37) % 11);
    const self = selfOf({ x, s: x.map((v) => (v > 4 ? 'up' : 'down')) }, bars(90));
    const kept = new Map<string, Series>();
    const memo: Memo = {
      get: (key) => kept.get(key),
      set: (key, series) => void kept.set(key, series),
      column: (table, name) => `${table}/${name}`,
    };
    const plain = listsOf(evaluate(program, { self }));
    for (let time = 0; time < 2; time += 1)
      expect(listsOf(evaluate(program, { self }, undefined, { memo }))).toEqual(plain);
    expect(kept.size).toBeGreaterThan(7);
  });

  it('inside a cross-section', () => {
    const { program } = compileAll(
      { out: 'xs_sum(by(minute < 10, lag(x, 1)))' },
      { self: barTable(['x']) },
    );
    const bySymbol = new Map(
      [
        [1, 2, 3],
        [10, 20, 30],
      ].map((v, i): [string, { self: Frame }] => [`S${i}`, { self: selfOf({ x: v }, bars(3)) }]),
    );
    for (const frame of evaluateUniverse(program, bySymbol).values())
      expect(listsOf(frame).out).toEqual([null, 11, null]);
  });
});

describe('what by refuses', () => {
  const cases: readonly (readonly [text: string, code: string, says: string])[] = [
    ['by(name, xs_mean(x))', 'expr/in-group', '`xs_mean` cannot stand inside'],
    ['by(name, by(c, x))', 'expr/in-group', '`by` cannot stand inside'],
    ['by(name, ahead(x, 1))', 'expr/in-group', '`ahead` cannot stand inside'],
    ['by(3, x)', 'expr/argument', 'the key must be a series'],
    ['by(name, 3)', 'expr/argument', 'the expression must read a series'],
    ['by(hour, mean(x, 24h))', 'expr/constant-expected', 'has no fixed spacing'],
    ['by(hour)', 'expr/argument-missing', '"expr"'],
    ['ema(by(name, x), span=3)', 'expr/argument', 'settles row by row'],
    ['asof(resample(by(name, x), 1h, last))', 'expr/argument', 'settles row by row'],
    ['by(by(name, x), y)', 'expr/argument', 'itself known group by group'],
    ['by(nme, x)', 'expr/unknown-name', '"nme"'],
  ];
  for (const [text, code, says] of cases)
    it(`${text}: ${code}`, () => {
      const found = refusals(text);
      expect(found.map((p) => p.code)).toEqual([code]);
      expect(found[0]?.message).toContain(says);
    });

  it('rows of another clock', () => {
    const found = compileAll({ out: 'by(hour, funding.rate)' }, tables).problems;
    expect(found.map((p) => p.message)).toEqual([
      '`by`: the expression must read rows of "bars", and is on the clock "funding".',
    ]);
    const mixed = compileAll({ out: 'by(hour, close + funding.rate)' }, tables).problems;
    expect(mixed.map((p) => p.code)).toEqual(['expr/clocks']);
  });

  it('what is late, ahead or an outcome', () => {
    const codes = (text: string) => compileAll({ out: text }, tables).problems.map((p) => p.code);
    expect(codes('by(hour, late)')).toEqual(['expr/delayed']);
    expect(codes('by(late > 0, close)')).toEqual(['expr/delayed']);
    expect(codes('lag(by(hour, late), 2)')).toEqual([]);
    expect(codes('by(hour, future)')).toEqual(['expr/outcome']);
    expect(codes('by(hour, fitted)')).toEqual(['expr/whole-sample']);
  });
});

describe('facts of by', () => {
  const facts: readonly (readonly [text: string, reach: number, warmup: number, kind: string])[] = [
    // 12 bars an hour, 2016 a week: the 95th row before lies 7 whole hours and 11 bars back.
    ['by(hour_of_week, rank(close, 96, min=24))', 95 + 8 * 2004, 23 + 2004, 'finite'],
    ['by(hour, mean(close, 13))', 12 + 276, 12 + 276, 'finite'],
    ['by(hour, mean(close, 14))', 13 + 2 * 276, 13 + 276, 'finite'],
    ['by(minute, mean(close, 3))', 24, 24, 'finite'],
    ['by(weekday, lag(close, 288))', 2016, 2016, 'finite'],
    ['by(60 * hour + minute, lag(close, 20))', 20 * 288, 20 * 288, 'finite'],
    ['by(minute == 55, lag(close, 1))', 12, 1, 'finite'],
    ['by(hour in [0, 8, 16], lag(close, 36))', 288, 36, 'finite'],
    ['by(day, lag(close, 1))', 1 + 60 * 288, 1, 'finite'],
    ['by(month, lag(close, 1))', 1 + 337 * 288, 1, 'finite'],
    // Outside of the groups bars are bars.
    ['by(hour, mean(abs_ret_1, 2))', 2 + 276, 2, 'finite'],
    ['by(name, mean(close, 5, min=2))', 4, 1, 'resetting'],
    ['by(close > lag(close, 3), mean(close, 5))', 7, 7, 'resetting'],
    ['by(hour, cumsum(close) - lag(cumsum(close), 2))', 2 + 276, 2, 'expanding'],
    ['by(hour, latch(close > 1, close < 0))', 0, 0, 'resetting'],
    ['by(day + hour, lag(close, 1))', 1, 1, 'resetting'],
  ];
  const formulas = Object.fromEntries(facts.map(([text], i) => [`f${i}`, text]));
  const { program, problems } = compileAll(
    { ...formulas, abs_ret_1: 'abs(close / lag(close, 1) - 1)' },
    tables,
  );
  it('compile', () => expect(problems.map((p) => p.message)).toEqual([]));
  facts.forEach(([text, reach, warmup, kind], i) => {
    it(`${text}: ${reach} bars`, () =>
      expect(program.columns.find((c) => c.id === `f${i}`)?.facts).toMatchObject({
        reach,
        warmup,
        kind,
        clock: 'bars',
        scope: 'symbol',
        taint: 'feature',
      }));
  });
});
