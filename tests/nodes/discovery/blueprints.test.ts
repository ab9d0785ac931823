import { describe, expect, it } from '@jest/globals';
import { isFrame, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import { loadValidator } from '../../../engine/sdk/json-schema.js';
import blueprints from '../../../nodes/discovery/blueprints.js';
import type { Blueprint } from '../../../nodes/kinds/blueprint-lines.js';
import { blueprintSchema } from '../../../nodes/kinds/blueprint-schema.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import {
  continuation,
  costly,
  DAY,
  eventSpec,
  formula,
  market,
  measuredOf,
  quoted,
  START,
} from '../../kit/research.js';

const feature = (text: string) => ({ id: 'ret_1', doc: '', expr: formula(text), let: {} });
const calm = {
  ...{ id: 'CALM', family: 'TEST', source: 'E', scope: 'source_only', min_events: 200 },
  ...{
    needs: ['perp_ohlcv_5m'],
    templates: ['continuation'],
    rule: formula('abs(ret_1) < 1'),
    let: {},
  },
};
const spec = {
  ...{ id: 'test', let: {}, per_event: 2, at_most: 3 },
  sizing: {
    ...{ target_vol: 0.12, vol_window_bars: 5760, max_gross_leverage: 1, max_position_scale: 1 },
    ...{ portfolio_risk_budget: 1, symbol_risk_budget: 1 },
  },
  min_trades: { share: 0.5, least: 20, most: 200 },
};
const params = {
  ...{ market, symbols: ['S1', 'S0'], cost: costly, blueprint: spec },
  promotion: { id: 'test', least: 100, let: {} },
  specs: [eventSpec('E'), eventSpec('F')],
  ...{
    features: [feature('close / lag(close, 1) - 1')],
    templates: [continuation],
    states: [calm],
  },
};
const fold = {
  ...{ train_from: START, train_to: START + 59 * DAY },
  ...{ test_from: START + 61 * DAY, test_to: START + 80 * DAY },
};

interface One {
  readonly id: string;
  readonly event?: string;
  readonly template?: string;
  readonly symbol?: string | null;
  readonly state?: string | null;
  readonly stressed?: number;
  readonly passed?: boolean;
  readonly fills?: number;
}
function insOf(
  list: readonly One[],
  at: Readonly<Record<string, string>> = { fold: 'validation' },
) {
  const texts = (of: (one: One) => string | null) => textColumn(list.map(of));
  const value = frame({
    id: texts(({ id }) => id),
    event: texts(({ event = 'E' }) => event),
    template: texts(({ template = 'continuation' }) => template),
    symbol: texts(({ symbol = null }) => symbol),
    state: texts(({ state = null }) => state),
    ...{ horizon: list.map(() => 3), direction: list.map(() => -1), n: list.map(() => 150) },
    stressed: list.map(({ stressed = 0.001 }) => stressed),
    passed: list.map(({ passed = true }) => passed),
  });
  return {
    promoted: [{ at, value }],
    candidates: [
      {
        at,
        value: frame({
          id: list.map(({ id }) => id),
          entry_lag: list.map(() => 1),
          fills: list.map(({ fills }) => fills ?? 2),
        }),
      },
    ],
    outcomes: [
      {
        at,
        value: frame({
          candidate: textColumn(list.map(({ id }) => id)),
          symbol: textColumn(list.map(() => 'S0')),
        }),
      },
    ],
    folds: frame({
      id: ['validation'],
      ...Object.fromEntries(Object.entries(fold).map(([name, ms]) => [name, timeColumn([ms])])),
    }),
  };
}

/** The blueprints of promoted candidates, as they stand in the lines. */
async function written(list: readonly One[], more: Readonly<Record<string, unknown>> = {}) {
  const { outs, warnings } = await runNode(blueprints, insOf(list), { ...params, ...more });
  const file = outs.blueprints;
  if (typeof file !== 'object' || file === null || !('bytes' in file) || isFrame(file)) {
    throw new Error('no file');
  }
  const text = new TextDecoder().decode(Uint8Array.from(Object.values(file.bytes ?? {})));
  // Read back as a reader would; the schema below holds them to their type.
  const found = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Blueprint);
  expect(found).toEqual(outs.list);
  return { found, text, warnings };
}
const first = async (one: Omit<One, 'id'> = {}) => {
  const [found] = (await written([{ id: 'a', ...one }])).found;
  if (!found) throw new Error('no blueprint');
  return found;
};

describe('discovery.blueprints', () => {
  nodeTable(blueprints, {
    gives: [
      {
        name: 'nothing promoted, nothing written',
        in: insOf([{ id: 'a', passed: false }]),
        params,
        out: { list: [], blueprints: { name: 'blueprints.jsonl', bytes: new Uint8Array() } },
      },
    ],
    warns: [
      {
        name: 'a position of two legs, which none tells of',
        in: insOf([{ id: 'a', fills: 4 }, { id: 'b' }]),
        params,
        code: 'discovery/two-legs',
        data: { candidate: 'a' },
      },
      {
        name: 'more of one event than there may be',
        in: insOf(['a', 'b', 'c'].map((id) => ({ id }))),
        params,
        code: 'discovery/left-out',
        data: { promoted: 3, kept: 2 },
      },
    ],
    refuses: [
      {
        name: 'a fold nobody cut',
        in: insOf([{ id: 'a' }], { fold: '7' }),
        params,
        code: 'discovery/no-fold',
        data: { fold: '7' },
      },
      {
        name: 'a template of which there is no spec',
        in: insOf([{ id: 'a', template: 'only_if_trend(continuation)' }]),
        params,
        code: 'discovery/no-rule',
        data: { candidate: 'a', kind: 'template', id: 'only_if_trend' },
      },
    ],
  });

  it('writes what was tested and nothing else', async () => {
    expect(await first({ state: 'CALM', symbol: 'S0' })).toMatchObject({
      event_type: 'E',
      symbol_scope: { mode: 'single_symbol', symbols: ['S0'], candidate_symbol: 'S0' },
      direction: 'conditional',
      entry: {
        ...{ triggers: ['e_event'], conditions: ['calm_flag'], delay_bars: 1, cooldown_bars: 0 },
        side: { times: -1, columns: ['direction', 'sign'], formula: null },
        ...{ when: null, wait: null, keep: null, condition_nodes: [] },
        state: { flag: 'calm_flag', rule: 'abs(ret_1) < 1' },
      },
      exit: { time_stop_bars: 3, stop_type: 'none', stop_value: null, invalidation: null },
      sizing: { mode: 'vol_target', target_vol: 0.12, vol_window_bars: 5760, risk_per_trade: null },
      overlays: [],
      evaluation: { min_trades: 75, cost_model: { fees_bps: 5, slippage_bps: 1.5 } },
      lineage: {
        generated_at_utc: '1970-01-01T00:00:00Z',
        bridge_embargo_days_used: 2,
        state_id: 'CALM',
        discovery_end: '2024-02-29T00:00:00.000Z',
        constraints: { market: 'test', bar_seconds: 300 },
        ontology_parts: expect.objectContaining({ 'state CALM': expect.any(String) }),
      },
    });
  });
  it('tells the spread that was charged: that of its symbol, and of several what their trades paid', async () => {
    const costs = measuredOf({ S0: 2, S1: 6 }).map(({ at, value }) => {
      return { at: { ...at, fold: 'validation' }, value };
    });
    const of = async (given: object, cost: object) => {
      const ins = { ...insOf([{ id: 'a' }]), ...given };
      const { outs } = await runNode(blueprints, ins, { ...params, cost });
      const [found] = outs.list as readonly Blueprint[];
      return found;
    };
    const [own, declared] = [await of({ costs }, quoted), await of({ costs }, costly)];
    expect(own?.evaluation).toMatchObject({ cost_model: { fees_bps: 5, slippage_bps: 3 } });
    expect(declared?.evaluation).toMatchObject({ cost_model: { fees_bps: 5, slippage_bps: 1.5 } });
    const elsewhere = costs.map(({ at, value }) => ({ at: { ...at, fold: '9' }, value }));
    const other = await of({ costs: elsewhere }, quoted);
    expect(other?.evaluation).toMatchObject({ cost_model: { slippage_bps: 1.5 } });
    // Whoever paid something else has another digest of costs, and is another run.
    expect(new Set([own, declared, other].map((one) => one?.run_id)).size).toBe(3);
  });
  it.each([
    ['that of each decision', { side: formula('sign(ret_1)') }, 'conditional'],
    ['one side', { side: formula('1') }, 'short'],
    ['the other', { side: formula('-1') }, 'long'],
    ['the sign that stands in', { side: formula('0'), sign: formula('1') }, 'short'],
    ['a sign of each decision', { side: formula('0'), sign: formula('ret_1') }, 'conditional'],
  ])('says which way, against the event: %s', async (_, rule, direction) => {
    const { found } = await written([{ id: 'a' }], { specs: [eventSpec('E', rule)] });
    expect(found[0]).toMatchObject({ direction, entry: { side: { times: -1 } } });
  });
  it('says it of all symbols or of one', async () => {
    const symbol_scope = { mode: 'all', symbols: ['S0', 'S1'], candidate_symbol: null };
    expect(await first()).toMatchObject({ symbol_scope });
  });
  it('puts the better first, within the limits, and the same bytes twice', async () => {
    const list = ['a', 'b', 'c', 'd', 'e'].map((id, i) => {
      return { id, event: i < 3 ? 'E' : 'F', stressed: i / 1000 };
    });
    const { found, text } = await written(list);
    expect(found.map(({ candidate_id }) => candidate_id)).toEqual(['e', 'd', 'c']);
    expect((await written(list.toReversed())).text).toBe(text);
  });
});

const node = { feature: 'er_96', operator: '>', value: 0, lookback_bars: 0, window_bars: 0 };

describe('the schema', () => {
  const problems = async (value: Blueprint) => (await loadValidator())(blueprintSchema, value);
  it('takes what is written', async () => {
    expect(await problems(await first())).toEqual([]);
    expect(await problems(await first({ state: 'CALM', symbol: 'S0' }))).toEqual([]);
  });
  it('refuses a field it does not know, wherever it stands, and one that is not there', async () => {
    const good = await first();
    const places = Object.entries(good).flatMap(([name, part]) =>
      typeof part === 'object' && part !== null && !Array.isArray(part) ? [name] : [],
    );
    expect(places).toEqual(['symbol_scope', 'entry', 'exit', 'sizing', 'evaluation', 'lineage']);
    expect(await problems({ ...good, extra: 1 })).not.toEqual([]);
    for (const name of places) {
      const part = good[name];
      if (typeof part !== 'object' || part === null || Array.isArray(part)) continue;
      expect(await problems({ ...good, [name]: { ...part, extra: 1 } })).not.toEqual([]);
      for (const key of Object.keys(part)) {
        const less = Object.fromEntries(Object.entries(part).filter(([k]) => k !== key));
        expect(await problems({ ...good, [name]: less })).not.toEqual([]);
      }
    }
  });
  it('takes a risk a trade where there is a stop', async () => {
    const good = await first();
    const sizing = Object.assign({}, good.sizing, { mode: 'fixed_risk', risk_per_trade: 0.004 });
    const exit = Object.assign({}, good.exit, { stop_type: 'percent', stop_value: 0.02 });
    expect(await problems({ ...good, sizing, exit })).toEqual([]);
  });
  it.each([
    ['entry', { delay_bars: 0 }],
    ['exit', { stop_value: -1 }],
    ['sizing', { mode: 'vol_target', target_vol: null }],
    ['sizing', { mode: 'vol_target', vol_window_bars: null }],
    // No stop, so no size.
    ['sizing', { mode: 'fixed_risk', risk_per_trade: 0.004 }],
    ['entry', { side: { times: 0, columns: [], formula: null } }],
    ['entry', { side: { columns: ['direction'], formula: null } }],
    ['entry', { wait: { bars: 3 } }],
    ['entry', { condition_nodes: [{ ...node, operator: 'in_range' }] }],
    ['entry', { condition_nodes: [{ ...node, operator: 'zscore_gt', window_bars: 1 }] }],
    [
      'lineage',
      { constraints: { market: 'test', bar_seconds: 300, validated_to: '2024', extra: 1 } },
    ],
    ['lineage', { ontology_parts: {} }],
    ['lineage', { ontology_spec_hash: 'sha256:1' }],
  ])('refuses a wrong %s: %o', async (name, wrong) => {
    const good = await first();
    expect(await problems({ ...good, [name]: Object.assign({}, good[name], wrong) })).not.toEqual(
      [],
    );
  });
});
