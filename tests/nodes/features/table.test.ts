import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textColumn } from '../../../engine/frame/text.js';
import table from '../../../nodes/features/table.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { clock, frame } from '../../kit/frame.js';
import { filled, nodeTable, runNode, shapesOf } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { installFormulas, specsOf, written } from '../../kit/specs.js';

installFormulas();
const NONE = Number.NaN;
const HOUR = 3_600_000;

function bars(close: readonly number[]) {
  const gaps = close.map(Number.isNaN);
  return frame({
    ts: clock(close.length),
    close,
    is_gap: gaps,
    fault: textColumn(close.map(() => null)),
  });
}
const kept = (close: readonly number[]) => bars(close).without(['fault']);

const move = written(feature, 'move', 'let: { before: "lag(close, 1)" }\nexpr: close - before');
const twice = written(
  feature,
  'twice',
  'let: { before: "lag(close, 2)" }\nexpr: move + close - before',
);
const paid = written(feature, 'paid', 'expr: asof(funding.rate)');
const basis = written(feature, 'basis', 'expr: close - spot.close');
const pushed = written(feature, 'pushed', 'let: { gap: "close - spot.close" }\nexpr: xs_rank(gap)');
const beyond = written(feature, 'beyond', 'expr: close - pair.close');
const ahead_of = written(feature, 'ahead_of', 'expr: move - benchmark.move');
const own = written(feature, 'own', "expr: if(symbol == 'AAA', 1, 0)");
const rank = written(feature, 'rank_now', 'expr: xs_rank(move)');

nodeTable(table, {
  gives: [
    {
      name: 'features stand beside the bars, clauses of two specs do not meet',
      in: { bars: bars([1, 2, 4, NONE, 8]) },
      params: { specs: [...twice, ...move] },
      out: {
        features: frame({
          ts: clock(5),
          close: [1, 2, 4, NONE, 8],
          is_gap: [false, false, false, true, false],
          twice: [NONE, NONE, 5, NONE, NONE],
          move: [NONE, 1, 2, NONE, NONE],
        }),
        unavailable: {},
      },
    },
    {
      name: 'funding is seen by the bar that opens with it',
      in: {
        bars: bars([1, 1, 1]),
        funding: frame({ ts: [(clock(2)[1] ?? 0) + 0], rate: [0.01], interval_hours: [8] }),
      },
      params: { specs: paid },
      out: { features: kept([1, 1, 1]).with('paid', [NONE, 0.01, 0.01]) },
    },
    {
      name: 'a port that is not bound makes its features unavailable',
      in: { bars: bars([1, 2]) },
      params: { specs: [...move, ...basis, ...paid] },
      out: {
        features: kept([1, 2]).with('move', [NONE, 1]),
        unavailable: { spot: ['basis'], funding: ['paid'] },
      },
    },
    {
      name: 'features alone are unavailable: not their clauses, and not for want of a pair, which is none of its ports',
      in: { bars: bars([1, 2]) },
      params: { specs: [...pushed, ...beyond] },
      out: { features: kept([1, 2]), unavailable: { spot: ['pushed'] } },
    },
    {
      name: 'a feature of the benchmark; a bar absent in spot is missing',
      in: { bars: bars([1, 2, 4]), benchmark: bars([1, 2, 3]), spot: bars([1, 2, 4]).take([0, 2]) },
      params: { specs: [...move, ...basis, ...ahead_of] },
      out: {
        features: kept([1, 2, 4])
          .with('move', [NONE, 1, 2])
          .with('basis', [0, NONE, 0])
          .with('ahead_of', [NONE, 0, 1]),
      },
    },
    {
      name: 'what needs all symbols is left to features.context',
      in: { bars: bars([1, 2]) },
      params: { specs: [...move, ...rank] },
      out: { features: kept([1, 2]).with('move', [NONE, 1]), unavailable: {} },
    },
    {
      name: 'another spacing counts durations in its own bars',
      in: {
        bars: frame({
          ts: clock(4, HOUR),
          close: [1, 2, 4, 8],
          is_gap: [false, false, false, false],
        }),
      },
      params: { specs: written(feature, 'day', 'expr: close - lag(close, 2h)'), spacing: '1h' },
      out: {
        features: frame({
          ts: clock(4, HOUR),
          close: [1, 2, 4, 8],
          is_gap: [false, false, false, false],
          day: [NONE, NONE, 3, 6],
        }),
      },
    },
    {
      name: 'the symbol itself',
      in: { bars: bars([1, 2]) },
      params: { specs: own, symbol: 'AAA' },
      out: { features: kept([1, 2]).with('own', [1, 1]) },
    },
  ],
  refuses: [
    {
      name: 'the symbol itself, which nobody told',
      in: { bars: bars([1, 2]) },
      params: { specs: own },
      code: 'features/no-symbol',
      data: {},
    },
    {
      name: 'a name that nothing has',
      in: { bars: bars([1, 2]) },
      params: { specs: written(feature, 'odd', 'expr: clsoe + 1') },
      code: 'features/unsound',
      data: { problems: ['There is no column, feature or operator called "clsoe".'] },
    },
  ],
});

describe('features.table before data exist', () => {
  const shape = {
    columns: bars([1]).fields.map((f) => ({ ...f, taint: 'feature', delay: 0 }) as const),
  };

  it('knows its columns with their units and facts, and reads no more than it needs', () => {
    const params = { specs: specsOf(feature, 'spec/features/returns/*.yaml') };
    const { shapes, problems } = shapesOf(table, { bars: shape }, params);
    expect(problems).toEqual([]);
    const ret = shapes.features?.columns.find((c) => c.name === 'ret_12');
    expect(ret).toMatchObject({
      dtype: 'f64',
      unit: 'return',
      taint: 'feature',
      facts: { reach: 12, kind: 'finite' },
    });
    expect(shapes.features?.columns.some((c) => c.name === 'fault')).toBe(false);
    const beside =
      'funding spot benchmark open_interest liquidations tob mark premium fees news'.split(' ');
    expect(table.reads?.(filled(table, params), { bars: shape })).toEqual({
      bars: ['ts', 'close', 'is_gap'],
      ...Object.fromEntries(beside.map((name) => [name, ['ts']])),
    });
  });

  it('refuses a formula that looks ahead, at its place', () => {
    const params = { specs: written(feature, 'seer', 'expr: ahead(close, 3) / close') };
    const { problems } = shapesOf(table, { bars: shape }, params);
    expect(problems.map((p) => p.code)).toContain('expr/looks-ahead');
    expect(problems[0]?.place).toMatchObject({ file: 'spec/features/written/seer.yaml', line: 2 });
  });
});

describe('every feature of the project', () => {
  it('is blind to the future', async () => {
    const folders = ['returns', 'range', 'trend', 'volatility'];
    const specs = folders
      .flatMap((folder) => specsOf(feature, `spec/features/${folder}/*.yaml`))
      .filter(({ id }) => !id.includes('2880') && id !== 'compression');
    const rows = fc.infiniteStream(fc.integer({ min: 90, max: 110 }));
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 500, max: 690 }), async (stream, cut) => {
        const close = [...stream.take(700)].map((v, i) => (i % 97 === 13 ? NONE : v));
        const values = { close, high: close.map((c) => c + 2), low: close.map((c) => c - 2) };
        const all = frame({ ts: clock(700), ...values });
        const whole = frameAt((await runNode(table, { bars: all }, { specs })).outs, 'features');
        const part = frameAt(
          (await runNode(table, { bars: all.slice(0, cut) }, { specs })).outs,
          'features',
        );
        for (const name of part.names)
          expect(whole.slice(0, cut).column(name)).toEqual(part.column(name));
      }),
      { numRuns: 4, seed: 11 },
    );
  });
});
