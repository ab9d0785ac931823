import { describe, expect, it } from '@jest/globals';
import type { Shape } from '../../../engine/sdk/index.js';
import registry from '../../../nodes/events/registry.js';
import context from '../../../nodes/features/context.js';
import table from '../../../nodes/features/table.js';
import { event } from '../../../nodes/kinds/event.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { shapesOf } from '../../kit/node.js';
import { installFormulas, written } from '../../kit/specs.js';

installFormulas();

const column = (name: string) => ({ name, dtype: 'f64', taint: 'feature', delay: 0 }) as const;
const bars: Shape = { columns: [{ ...column('ts'), dtype: 'time' }, column('close')] };

const move = (needs: string) => written(feature, 'move', `expr: close - lag(close, 1)\n${needs}`);
const gap = (more: string) => written(feature, 'gap', `expr: spot.close - close\n${more}`);
const wide = (more: string) => written(feature, 'wide', `expr: abs(gap)\n${more}`);
const rank = written(
  feature,
  'rank',
  'needs: [perp_ohlcv_5m, perp_ohlcv_5m_universe]\nexpr: xs_rank(move)',
);
const NEEDS = 'needs: [perp_ohlcv_5m, spot_ohlcv_5m]';

/** Features as they travel on, and what is said of them. */
function features(...specs: ReturnType<typeof written<typeof feature>>[]) {
  const { shapes, problems } = shapesOf(table, { bars }, { specs: specs.flat() });
  const further = shapesOf(context, { features: shapes.features }, { specs: specs.flat() });
  return { features: shapes.features, context: further.shapes.context, problems: told(problems) };
}
const told = (problems: readonly { readonly code: string; readonly message: string }[]) =>
  problems.map((p) => `${p.code}: ${p.message}`);

function occurs(needs: string, fires: string, ins: ReturnType<typeof features>) {
  const text = `family: A\nneeds: [${needs}]\nfires: ${fires}\ncooldown: 1b\nside: 0\nseverity: 1\ntemplates: [continuation]\nhorizons: [5m]`;
  const [spec] = written(event, 'E', text);
  const { features: own, context: cross } = ins;
  const { problems } = shapesOf(registry, { features: own, context: cross }, { event: spec });
  return problems;
}

describe('needs of features', () => {
  it('hold where they say what formulas stand on, through other features too', () => {
    expect(features(move(''), gap(NEEDS), wide(NEEDS), rank).problems).toEqual([]);
  });

  it('are refused where a data set is left out, at the part of the formula that leads there', () => {
    expect(features(gap(NEEDS), wide('')).problems).toEqual([
      'needs/lacks: "wide" stands on spot_ohlcv_5m through `gap`, but does not say so: its needs are perp_ohlcv_5m.',
    ]);
  });

  it('are refused where nothing stands on a data set', () => {
    expect(features(move('needs: [funding, perp_ohlcv_5m]')).problems).toEqual([
      'needs/unused: "move" says that it needs funding, but no formula of it stands on that.',
    ]);
  });
});

describe('needs of events', () => {
  const known = features(move(''), gap(NEEDS), rank);

  it('are those of the features they name, computed or not, of any scope', () => {
    expect(occurs('perp_ohlcv_5m, spot_ohlcv_5m', 'gap > move', known)).toEqual([]);
    expect(occurs('perp_ohlcv_5m, perp_ohlcv_5m_universe', 'rank > 0.5', known)).toEqual([]);
    expect(told(occurs('perp_ohlcv_5m', 'gap > move', known))).toEqual([
      'needs/lacks: "E" stands on spot_ohlcv_5m through `gap`, but does not say so: its needs are perp_ohlcv_5m.',
    ]);
    expect(told(occurs('perp_ohlcv_5m, perp_ohlcv_5m_universe', 'move > 0', known))).toEqual([
      'needs/unused: "E" says that it needs perp_ohlcv_5m_universe, but no formula of it stands on that.',
    ]);
  });

  it('stand at their place in the file', () => {
    const [problem] = occurs('perp_ohlcv_5m, funding', 'move > 0', known);
    expect(problem?.place).toMatchObject({ line: 3, col: 8 });
  });

  it('a name that no feature has is an error, however rare the data the event needs', () => {
    const wrong = occurs('perp_ohlcv_5m, spot_ohlcv_5m', 'gapp > move', known);
    expect(wrong.map((p) => p.code)).toEqual(['expr/unknown-name']);
  });
});

describe('a feature that does not compile', () => {
  const broken = written(feature, 'broken', 'expr: close - clsoe');
  const known = features(move(''), broken, wideOf('broken'));

  it('is told once, and neither features nor events that use it are', () => {
    expect(known.problems.map((p) => p.split(':')[0])).toEqual(['expr/unknown-name']);
    expect(known.features?.columns.map((c) => c.name)).toEqual(['ts', 'close', 'move']);
    expect(occurs('perp_ohlcv_5m', 'broken > move', known)).toEqual([]);
    expect(occurs('perp_ohlcv_5m', 'user > move', known)).toEqual([]);
  });
});

function wideOf(name: string) {
  return written(feature, 'user', `expr: abs(${name})`);
}
