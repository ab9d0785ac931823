import { describe, expect, it } from '@jest/globals';
import { textColumn } from '../../../engine/frame/text.js';
import context from '../../../nodes/features/context.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { clock, frame } from '../../kit/frame.js';
import { filled, nodeTable, shapesOf } from '../../kit/node.js';
import { installFormulas, written } from '../../kit/specs.js';

installFormulas();
const NONE = Number.NaN;
const ts = clock(3);
const at = (symbol: string) => ({ symbol });
const close = (values: readonly number[]) => frame({ ts: clock(values.length), close: values });
const [a, b, c] = [close([1, 2, 9]), close([2, NONE, 8]), close([3, 4, 7])];
const three = [
  { at: at('AAA'), value: a },
  { at: at('BBB'), value: b },
  { at: at('CCC'), value: c },
];
const rank = written(feature, 'rank_now', 'expr: xs_rank(close)');
const rest = written(feature, 'rest', 'expr: xs_mean(close, others=true, at_least=2)');
const gap = written(feature, 'gap_to_mean', 'expr: own_move + close - rest');
const own = written(feature, 'own_move', 'expr: close - lag(close, 1)');
const beyond = written(feature, 'beyond', 'expr: close - pair.close');
const paid = written(feature, 'paid', 'expr: asof(funding.rate) + own_move');
const lead = written(feature, 'lead', 'expr: xs_mean(close) - benchmark.close');

/** The context frame of the three symbols. */
function cross(columns: Readonly<Record<string, readonly number[]>>) {
  const symbols = ['AAA', 'BBB', 'CCC'].flatMap((s) => [s, s, s]);
  return frame({ symbol: textColumn(symbols), ts: [...ts, ...ts, ...ts], ...columns });
}

nodeTable(context, {
  gives: [
    {
      name: 'ranks and means over the symbols that have a value',
      in: { features: three },
      params: { specs: [...rank, ...rest] },
      out: {
        context: cross({
          rank_now: [0, 0, 1, 0.5, NONE, 0.5, 1, 1, 0],
          rest: [2.5, NONE, 7.5, 2, 3, 8, 1.5, NONE, 8.5],
        }),
        unavailable: {},
      },
    },
    {
      name: 'specs that one symbol can tell are taken as columns, not computed again',
      in: {
        features: three.map(({ at: where, value }) => ({
          at: where,
          value: value.with('own_move', [1, 1, 1]),
        })),
      },
      params: { specs: [...own, ...rest, ...gap] },
      out: {
        context: cross({
          rest: [2.5, NONE, 7.5, 2, 3, 8, 1.5, NONE, 8.5],
          gap_to_mean: [-0.5, NONE, 2.5, 1, NONE, 1, 2.5, NONE, -0.5],
        }),
      },
    },
    {
      name: 'the benchmark stands beside every symbol',
      in: { features: three, bars: three, benchmark: c },
      params: { specs: lead, spacing: '5m' },
      out: { context: cross({ lead: [-1, -1, 1, -1, -1, 1, -1, -1, 1] }) },
    },
    {
      name: 'nothing to compute: a table without rows',
      in: { features: three },
      params: { specs: own },
      out: { context: frame({ symbol: textColumn([]), ts: [] }) },
    },
    {
      name: 'who is not named is paired with the benchmark, and it with the next by name',
      in: { features: three },
      params: { specs: beyond, benchmark: 'BBB', pairs: { AAA: 'CCC' } },
      out: { context: cross({ beyond: [-2, -2, 2, -1, NONE, 1, 1, NONE, -1] }), unavailable: {} },
    },
    {
      name: 'with neither pairs nor a benchmark there is no pair',
      in: { features: three },
      params: { specs: beyond },
      out: { unavailable: { pair: ['beyond'] } },
    },
    {
      name: 'without the benchmark its features are unavailable',
      in: { features: three },
      params: { specs: lead },
      out: { unavailable: { benchmark: ['lead'] } },
    },
    {
      name: 'what misses a table beside the bars is for features.table to tell',
      in: { features: three },
      params: { specs: [...paid, ...lead] },
      out: { unavailable: { benchmark: ['lead'] } },
    },
  ],
  warns: [
    {
      name: 'a partner that nobody has rows of',
      in: { features: three },
      params: { specs: beyond, pairs: { AAA: 'ZZZ' } },
      code: 'features/no-partner',
      data: { symbol: 'AAA', pair: 'ZZZ', symbols: ['AAA', 'BBB', 'CCC'] },
    },
  ],
  refuses: [
    {
      name: 'bars of other symbols than the features',
      in: { features: three, bars: three.slice(1) },
      params: { specs: rank },
      code: 'features/other-symbols',
      data: { bars: ['BBB', 'CCC'], features: ['AAA', 'BBB', 'CCC'] },
    },
    {
      name: 'an operator that nothing has',
      in: { features: three },
      params: { specs: written(feature, 'odd', 'expr: xs_meen(close)') },
      code: 'features/unsound',
      data: { problems: ['There is no operator called "xs_meen".'] },
    },
  ],
});

describe('features.context before data exist', () => {
  const column = (name: string) => ({ name, dtype: 'f64', taint: 'feature', delay: 0 }) as const;
  const shape = {
    columns: [{ ...column('ts'), dtype: 'time' as const }, column('close'), column('volume')],
  };

  it('gathers only the columns it reads', () => {
    const params = { specs: [...rank, ...own] };
    const { shapes, problems } = shapesOf(context, { features: shape }, params);
    expect(problems).toEqual([]);
    expect(shapes.context?.columns.map((c) => c.name)).toEqual(['symbol', 'ts', 'rank_now']);
    const reads = context.reads?.(filled(context, params), { features: shape });
    expect(reads?.features).toEqual(['close', 'ts']);
  });

  it('gathers columns of other symbols that formulas name', () => {
    const away = written(feature, 'away', 'expr: close - AAA.volume');
    const reads = context.reads?.(filled(context, { specs: away }), { features: shape });
    expect([...(reads?.features ?? [])].sort()).toEqual(['close', 'ts', 'volume']);
  });
});
