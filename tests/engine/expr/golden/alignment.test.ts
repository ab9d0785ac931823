import { describe, expect, it } from '@jest/globals';
import { evaluate, type TableFacts } from '../../../../engine/expr/program.js';
import { Frame } from '../../../../engine/frame/frame.js';
import { column, compileAll, listsOf } from '../kit.js';
import { golden, type Numbers } from './kit.js';

interface Alignment {
  readonly cases: readonly {
    readonly name: string;
    readonly base_timeframe: string;
    readonly base_open_times: readonly number[];
    readonly feature_timeframe: string;
    readonly feature_open_times: readonly number[];
    readonly visible_index: Numbers;
  }[];
}

const LENGTH: Readonly<Record<string, number>> = {
  '5m': 300_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
};

/** Bars of one length, stamped at their open; known at their close. */
function barsOf(clock: string, frame: string): TableFacts {
  return {
    clock,
    spacing: LENGTH[frame] ?? Number.NaN,
    columns: new Map([
      ['ts', column('time')],
      ['index', column('f64')],
    ]),
  };
}

function rows(open: readonly number[]): Frame {
  const ts = { dtype: 'time' as const, values: Float64Array.from(open) };
  return Frame.of({ index: open.map((_, i) => i) }).with('ts', ts);
}

describe('bars of two lengths: which is visible at the close of which', () => {
  it.each([...golden<Alignment>('model-backtest/alignment.json').cases])('$name', (one) => {
    const tables = {
      self: barsOf('base', one.base_timeframe),
      feature: barsOf('feature', one.feature_timeframe),
    };
    const { program, problems } = compileAll({ out: 'asof(feature.index, within=30d)' }, tables);
    expect(problems).toEqual([]);
    const frames = { self: rows(one.base_open_times), feature: rows(one.feature_open_times) };
    expect(listsOf(evaluate(program, frames)).out).toEqual(one.visible_index);
  });
});
