import { beforeAll, describe, expect, it } from '@jest/globals';
import { Frame } from '../../../engine/frame/frame.js';
import { flagColumn, isFrame, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import blueprints from '../../../nodes/discovery/blueprints.js';
import decide from '../../../nodes/discovery/decide.js';
import expectancy from '../../../nodes/discovery/expectancy.js';
import grid from '../../../nodes/discovery/grid.js';
import outcomes from '../../../nodes/discovery/outcomes.js';
import { template } from '../../../nodes/kinds/template.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { type Told, type Trade, tradesOf } from '../../kit/interpreter.js';
import { runNode } from '../../kit/node.js';
import {
  DAY,
  eventSpec,
  eventsOf,
  formula,
  free,
  market,
  START,
  targetsOf,
  world,
} from '../../kit/research.js';
import { installFormulas, specsOf } from '../../kit/specs.js';

/*
 * A blueprint says all that was tested: from its line alone, with features and events beside it, a reader finds the trades that
 * discovery counted, bar by bar and side by side.
 */

const KINDS = {
  plain: ['continuation', 'mean_reversion'],
  'with a condition': [
    'momentum_fade',
    'trend_continuation',
    'overshoot_repair',
    'range_reversion',
  ],
  'that wait': ['exhaustion_reversal', 'pullback_entry'],
  'that do both': ['breakout_followthrough', 'false_breakout_reversal'],
  'with a side of their own': ['lead_lag_follow'],
  'in two directions': ['reversal_or_squeeze'],
  'behind a filter': ['only_if_trend', 'drawdown_filter', 'only_if_liquidity'],
};
/** By its rule it is `continuation` and `mean_reversion`, and where an event has these it is tested under their names. */
const [TWICE, ...NAMES] = ['reversal_or_squeeze', ...Object.values(KINDS).flat()].filter(
  (name, i) => i === 0 || name !== 'reversal_or_squeeze',
);
const small = world(11, { days: 30, symbols: 2, events: ['E', 'F'], rate: 60 });
const CALM = 'abs(ret_1) < 0.0006 and er_96 > 0.2';

/** Numbers that look like the features templates name, whatever they would be of these prices. */
function featuresOf() {
  return small.names.map((symbol, s) => {
    const close = small.prices[s] ?? new Float64Array(0);
    const back = (bars: number) => close.map((x, row) => x / (close[row - bars] ?? Number.NaN) - 1);
    const wave = (period: number, size: number) =>
      close.map((_, row) => size * Math.sin((row * (s + 2)) / period));
    const far = (bars: number, of: (...x: number[]) => number) =>
      close.map((_, row) =>
        row < bars ? Number.NaN : of(...close.slice(row - bars + 1, row + 1)),
      );
    const columns = {
      ...{ close, ret_1: back(1), ret_12: back(12), ret_96: back(96) },
      ...{ high_96: far(8, Math.max), low_96: far(8, Math.min) },
      ...{ atr_14: close.map((x) => x * 0.001), stretch: wave(7, 3), rv_z: wave(11, 2) },
      er_96: wave(13, 0.5).map(Math.abs),
      ...{ bench_ret: wave(29, 0.01), resid_ret_12: wave(17, 0.01), lead_lag_288: wave(31, 1) },
    };
    const liquid = close.map((_, row) => row % 5);
    const value = Frame.of({
      ts: timeColumn(small.times),
      ...columns,
      liq_state: textColumn(Array.from(liquid, (x) => (x === 4 ? null : x < 2 ? 'low' : 'mid'))),
    });
    return { at: { symbol }, value };
  });
}

/** Every third occurrence points nowhere, and the sign of its driver stands in; every seventh has none. */
function occurrences() {
  const events = eventsOf(small);
  const n = events.length;
  const [direction, sign] = [events.column('direction'), events.column('sign')];
  return events
    .with(
      'direction',
      Float64Array.from({ length: n }, (_, i) => (i % 3 ? (direction[i] ?? 0) : 0)),
    )
    .with(
      'sign',
      Float64Array.from({ length: n }, (_, i) => (i % 7 ? -(sign[i] ?? 0) : 0)),
    );
}

const cost = { ...free, funding: false };
const calm = {
  ...{ id: 'CALM', family: 'TEST', source: 'E', scope: 'source_only', min_events: 200 },
  ...{ needs: ['perp_ohlcv_5m'], templates: NAMES, rule: formula('quiet and er_96 > 0.2') },
  let: { quiet: formula('abs(ret_1) < 0.0006') },
};
const setting = {
  ...{ id: 'test', let: {}, per_event: 1000, at_most: 1000 },
  sizing: {
    ...{ target_vol: 0.1, vol_window_bars: 100, max_gross_leverage: 1, max_position_scale: 1 },
    ...{ portfolio_risk_budget: 1, symbol_risk_budget: 1 },
  },
  min_trades: { share: 0.5, least: 20, most: 200 },
};

interface Rederived {
  readonly template: string;
  readonly told: Told;
  readonly tested: readonly Trade[];
  readonly count: number;
}
let found: readonly Rederived[] = [];
let lived: (event: string) => Parameters<typeof tradesOf>[1] = () => [];

beforeAll(async () => {
  installFormulas();
  const templates = specsOf(template, 'spec/discovery/templates/*.yaml')
    .filter(({ id }) => [TWICE, ...NAMES].includes(id))
    .map(({ families: _any, ...rest }) => rest);
  const specs = [eventSpec('E', { templates: NAMES }), eventSpec('F', { templates: [TWICE] })];
  const [events, features, targets] = [occurrences(), featuresOf(), targetsOf(small)];
  const states = features.map(({ at, value }) => {
    const [ret, er] = [value.column('ret_1'), value.column('er_96')];
    const holds = Array.from(ret, (x, row) => Math.abs(x) < 0.0006 && (er[row] ?? 0) > 0.2);
    return { at, value: frame({ ts: timeColumn(small.times), calm_flag: flagColumn(holds) }) };
  });
  const horizons = [
    { hold: 5 * 60_000, outcome: 'forward_1' },
    { hold: 15 * 60_000, outcome: 'forward_3' },
  ].map((one) => ({ ...one, up: 'forward_1', down: 'forward_1', range: 'forward_1' }));
  const asked = { market, symbols: small.names, specs, features: [], templates, states: [calm] };
  const gridded = await runNode(grid, { states }, { ...asked, horizons, by: ['pooled', 'symbol'] });
  const hypotheses = frameOf(gridded.outs, 'hypotheses');
  const decided = await runNode(decide, { events, features }, { templates, specs });
  const decisions = frameOf(decided.outs, 'decisions');
  const ins = { decisions, targets, states, hypotheses };
  const counted = frameOf((await runNode(expectancy, ins, { cost })).outs, 'tests');
  const candidates = counted.select(['id', 'entry_lag', 'fills']);
  const passed = flagColumn(counted.texts('id').map(() => true));
  const told = await runNode(
    outcomes,
    { ...ins, candidates: candidates.with('passed', passed) },
    { cost },
  );
  const at = { fold: 'validation' };
  const promoted = counted.with('passed', passed).with('stressed', counted.column('n'));
  const folds = frame({
    id: ['validation'],
    ...{ train_from: timeColumn([START]), train_to: timeColumn([START + DAY]) },
    ...{ test_from: timeColumn([START + DAY]), test_to: timeColumn([START + 2 * DAY]) },
  });
  const drawn = await runNode(
    blueprints,
    { promoted: [{ at, value: promoted }], candidates: [{ at, value: candidates }], folds },
    {
      ...asked,
      ...{ cost, blueprint: setting, promotion: { id: 'test', least: 1, let: {} } },
    },
  );
  found = rederivable(drawn.outs.blueprints, frameOf(told.outs, 'outcomes'), counted);
  const rows = [...events.rows()];
  const signals = (event: string, symbol: string) =>
    rows
      .filter((row) => row.event === event && row.symbol === symbol)
      .map((row) => {
        const own = { direction: Number(row.direction), sign: Number(row.sign) };
        return [small.times.indexOf(Number(row.ts)), own] as const;
      });
  lived = (event) =>
    features.map(({ at: { symbol }, value }) => {
      return { symbol, features: value, signals: new Map(signals(event, symbol)) };
    });
});

/** Each line of the file with the rows that were tested. */
function rederivable(file: unknown, rows: Frame, counted: Frame): readonly Rederived[] {
  if (typeof file !== 'object' || file === null || isFrame(file) || !('bytes' in file)) return [];
  const text = new TextDecoder().decode(Uint8Array.from(Object.values(file.bytes ?? {})));
  const traded = [...rows.rows()].filter(({ kept }) => kept === true);
  const counts = new Map(counted.texts('id').map((id, i) => [id, counted.column('n')[i] ?? 0]));
  return text
    .trim()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as Told & { candidate_id: string; lineage: { template_verb: string } },
    )
    .map((told) => ({
      template: told.lineage.template_verb,
      told,
      tested: traded
        .filter(({ candidate }) => candidate === told.candidate_id)
        .map(({ symbol, ts, side }) => ({
          ...{ symbol: String(symbol), ts: Number(ts), side: Number(side) },
        })),
      count: counts.get(told.candidate_id) ?? 0,
    }));
}

function inOrder(trades: readonly Trade[]): readonly string[] {
  return trades.map(({ symbol, ts, side }) => `${symbol} ${ts} ${side}`).sort();
}

describe.each(Object.entries(KINDS))('templates %s', (_, names) => {
  it.each(names)('%s: a line alone tells every trade that was tested', (name) => {
    const own = found.filter(({ template: told }) => told.split('(')[0] === name);
    // Two horizons, both symbols together and each; always and in a state, or two directions.
    expect(own.length).toBeGreaterThanOrEqual(12);
    for (const { told, tested, count } of own) {
      expect(inOrder(tradesOf(told, lived(told.event_type)))).toEqual(inOrder(tested));
      expect(count).toBe(tested.length);
    }
    expect(Math.max(...own.map(({ tested }) => tested.length))).toBeGreaterThan(50);
  });
});

describe('what a line says', () => {
  it('matters, all of it: a reader who leaves a part out finds other trades', () => {
    const differs = (name: string, more: Partial<Told['entry']>) => {
      const [one] = found.filter(({ template: told }) => told === name);
      if (!one) throw new Error(`no line of ${name}`);
      const other = { ...one.told, entry: { ...one.told.entry, ...more } };
      return inOrder(tradesOf(other, lived('E'))).join() !== inOrder(one.tested).join();
    };
    expect(
      differs('mean_reversion', {
        side: { times: 1, columns: ['direction', 'sign'], formula: null },
      }),
    ).toBe(true);
    expect(differs('momentum_fade', { when: null })).toBe(true);
    expect(differs('exhaustion_reversal', { wait: null })).toBe(true);
    expect(differs('only_if_liquidity(continuation)', { keep: null })).toBe(true);
    expect(differs('continuation', { cooldown_bars: 4 })).toBe(true);
    expect(
      differs('continuation', { side: { times: 1, columns: ['direction'], formula: null } }),
    ).toBe(true);
  });
  it('is the rule with its parameters and clauses in place', () => {
    const entry = (name: string) => found.find(({ template: told }) => told === name)?.told.entry;
    expect(entry('overshoot_repair')).toMatchObject({
      when: 'abs(stretch) >= 2',
      side: { times: -1 },
    });
    expect(entry('momentum_fade')).toMatchObject({ when: 'sign(ret_96) == $side' });
    expect(entry('only_if_trend(mean_reversion)')).toMatchObject({
      keep: 'er_96 >= 0.3',
      condition_nodes: [{ feature: 'er_96', operator: '>=', value: 0.3 }],
    });
    expect(entry('breakout_followthrough')).toMatchObject({
      wait: {
        bars: 1,
        for: '$side * (close - if($side > 0, lag(high_96, $waited + 1), lag(low_96, $waited + 1))) > 0',
      },
    });
    expect(entry('lead_lag_follow')).toMatchObject({
      side: { times: 1, columns: [], formula: 'sign(sum(bench_ret, 12))' },
    });
    const held = found.find(({ told }) => told.entry.state)?.told.entry;
    expect(held?.state).toEqual({ flag: 'calm_flag', rule: CALM });
  });
});
