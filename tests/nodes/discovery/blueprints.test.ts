import { describe, expect, it } from '@jest/globals';
import { loadValidator } from '../../../engine/run/json-schema.js';
import { isFrame, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import blueprints from '../../../nodes/discovery/blueprints.js';
import type { Blueprint } from '../../../nodes/discovery/rules/blueprint.js';
import { checkOntology } from '../../../nodes/discovery/rules/checked.js';
import { ontologyHash, ontologyOf } from '../../../nodes/discovery/rules/ontology.js';
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
    ...{ mode: 'fixed_risk', risk_per_trade: 0.004, target_vol: undefined, max_gross_leverage: 1 },
    ...{ max_position_scale: 1, portfolio_risk_budget: 1, symbol_risk_budget: 1 },
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
  readonly sides?: readonly number[];
  readonly fills?: number;
}
function insOf(
  list: readonly One[],
  at: Readonly<Record<string, string>> = { fold: 'validation' },
) {
  const trades = list.flatMap(({ id, sides = [1] }) => sides.map((side) => ({ id, side })));
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
  const outcomes = frame({
    candidate: textColumn(trades.map(({ id }) => id)),
    symbol: textColumn(trades.map(() => 'S0')),
    ts: timeColumn(trades.map((_, i) => START + 61 * DAY + i)),
    side: trades.map(({ side }) => side),
    ...{ kept: trades.map(() => true), gross: trades.map(() => 0), cost: trades.map(() => 0) },
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
    outcomes: [{ at, value: outcomes }],
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
    expect(await first({ state: 'CALM', symbol: 'S0', sides: [-1, -1] })).toMatchObject({
      event_type: 'E',
      symbol_scope: { mode: 'single_symbol', symbols: ['S0'], candidate_symbol: 'S0' },
      direction: 'short',
      entry: { triggers: ['e_event'], conditions: ['calm_flag'], delay_bars: 1, cooldown_bars: 4 },
      exit: { time_stop_bars: 3, stop_type: 'none', stop_value: null, invalidation: null },
      overlays: [],
      evaluation: { min_trades: 75, cost_model: { fees_bps: 5, slippage_bps: 1.5 } },
      lineage: {
        generated_at_utc: '1970-01-01T00:00:00Z',
        bridge_embargo_days_used: 2,
        state_id: 'CALM',
        discovery_end: '2024-02-29T00:00:00.000Z',
        constraints: { market: 'test', side_times: -1 },
      },
    });
  });
  it('says which way: one side, or that of each decision', async () => {
    expect((await first({ sides: [1, 1] })).direction).toBe('long');
    expect(await first({ sides: [1, -1] })).toMatchObject({
      direction: 'conditional',
      symbol_scope: { mode: 'all', symbols: ['S0', 'S1'], candidate_symbol: null },
    });
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
  it.each([
    ['entry', { delay_bars: 0 }],
    ['exit', { stop_value: -1 }],
    ['sizing', { mode: 'vol_target' }],
    ['lineage', { ontology_spec_hash: 'sha256:1' }],
  ])('refuses a wrong %s: %o', async (name, wrong) => {
    const good = await first();
    expect(await problems({ ...good, [name]: Object.assign({}, good[name], wrong) })).not.toEqual(
      [],
    );
  });
});

describe('the ontology hash', () => {
  const specs = (
    changed: Partial<Record<'events' | 'features' | 'templates' | 'states', unknown>>,
  ) => Object.assign({ events: params.specs, ...params }, changed);
  const check = async (changed: Parameters<typeof specs>[0]) =>
    checkOntology(await first({ state: 'CALM' }), ontologyOf(specs(changed) as never));
  it('holds while the rules are the same, whatever is said about them', async () => {
    expect(await check({})).toBeUndefined();
    expect(
      await check({ features: [{ ...params.features[0], doc: 'Other words.' }] }),
    ).toBeUndefined();
  });
  it.each([
    ['the event', { events: [eventSpec('E', { cooldown: '7b' })] }],
    ['what stands in for it', { events: [eventSpec('E', { stand_in: formula('hour == 12') })] }],
    ['a feature below it', { features: [feature('close / lag(close, 2) - 1')] }],
    ['the template', { templates: [{ ...continuation, direction: -1 }] }],
    ['the state', { states: [{ ...calm, rule: formula('abs(ret_1) < 2') }] }],
  ])('tells another rule of %s', async (_, changed) => {
    const told = await check(changed);
    expect(told?.found).toMatch(/^sha256:/);
    expect(told?.found).not.toBe(told?.written);
  });
  it('tells another severity of an event where the state reads it', () => {
    const named = { event: 'F', template: 'continuation', state: 'CALM' };
    const under = (rule: string, severity: string) => {
      const events = [eventSpec('E', { severity: formula(severity) }), eventSpec('F')];
      const states = [{ ...calm, rule: formula(rule) }];
      return ontologyHash(named, ontologyOf(specs({ events, states }) as never));
    };
    expect(under('E.severity > 2', '1')).not.toBe(under('E.severity > 2', '2'));
    expect(under('E', '1')).toBe(under('E', '2'));
  });
  it('tells another clause of the template, by whatever name it goes', () => {
    const named = { event: 'E', template: 'continuation', state: null };
    const under = (text: string) => {
      const templates = [
        { ...continuation, let: { source: formula(text) }, when: formula('source') },
      ];
      return ontologyHash(named, ontologyOf(specs({ templates }) as never));
    };
    expect(under('close > 1')).not.toBe(under('close > 2'));
  });
  it('tells a rule that is gone', async () => {
    expect(await check({ states: [] })).toMatchObject({ found: 'no state CALM' });
  });
});
