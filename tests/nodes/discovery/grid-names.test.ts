import { describe, expect, it } from '@jest/globals';
import grid from '../../../nodes/discovery/grid.js';
import { event } from '../../../nodes/kinds/event.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { template } from '../../../nodes/kinds/template.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import {
  continuation,
  eventSpec,
  formula,
  horizons,
  market,
  reversion,
  templateSpec,
} from '../../kit/research.js';
import { specsOf } from '../../kit/specs.js';

/** The grid of one event over templates, at one horizon. */
async function gridOf(
  templates: readonly { readonly id: string; readonly doc?: string }[],
  more: Readonly<Record<string, unknown>> = {},
  ins: Parameters<typeof runNode>[1] = {},
) {
  const { outs } = await runNode(grid, ins, {
    market,
    symbols: ['A', 'B'],
    specs: [eventSpec('E', { templates: templates.map(({ id }) => id) })],
    features: [],
    templates,
    horizons: horizons.slice(0, 1),
    ...more,
  });
  const rows = [...frameOf(outs, 'hypotheses').rows()];
  return {
    rows,
    untried: outs.untried,
    tried: rows.map((r) => `${r.template} ${r.direction}`).sort(),
    ids: rows.map((r) => String(r.id)).sort(),
  };
}

describe('templates of one rule', () => {
  const repair = templateSpec('stop_run_repair', { direction: [-1] });
  const both = templateSpec('reversal_or_squeeze', { direction: [-1, 1] });

  it('are one hypothesis under the first of their names, and the others are told', async () => {
    const { tried, untried } = await gridOf([repair, both, reversion, continuation]);
    expect(tried).toEqual(['continuation 1', 'mean_reversion -1']);
    expect(untried).toMatchObject([
      {
        templates: [],
        lacks: {},
        same_as: [
          { template: 'reversal_or_squeeze', direction: 1, as: 'continuation' },
          { template: 'reversal_or_squeeze', direction: -1, as: 'mean_reversion' },
          { template: 'stop_run_repair', direction: -1, as: 'mean_reversion' },
        ],
      },
    ]);
  });

  it('have one id, whatever their names: it is that of the rule', async () => {
    const { ids } = await gridOf([reversion]);
    expect((await gridOf([repair])).ids).toEqual(ids);
    expect((await gridOf([repair, reversion])).ids).toEqual(ids);
    expect((await gridOf([{ ...repair, doc: 'Said otherwise.' }])).ids).toEqual(ids);
  });

  it.each([
    ['when', { when: formula('x > 0') }],
    ['side', { side: formula('-x') }],
    ['wait', { wait: { bars: 3, for: formula('x > 0') } }],
    ['judged', { judged: 'hits' }],
    ['direction', { direction: [1] }],
  ])('are two when %s differs', async (_, more) => {
    const steps = [{ hold: 5 * 60_000, outcome: 'x', up: 'u', down: 'd', range: 'r' }];
    const other = templateSpec('other', { direction: [-1], ...more });
    const { ids, rows } = await gridOf([reversion, other], { horizons: steps });
    expect(new Set(ids).size).toBe(2);
    expect(rows).toHaveLength(2);
  });

  it('filter one thing when their bases are one', async () => {
    const filter = (id: string, expr: string) =>
      templateSpec(id, {
        direction: undefined,
        base: ['mean_reversion', 'stop_run_repair'],
        keep: formula(expr),
        judged: 'lift',
      });
    const filters = [
      filter('only_a', 'x > 0'),
      filter('only_b', 'x > 0'),
      filter('only_c', 'x < 0'),
    ];
    const { tried } = await gridOf([reversion, repair, ...filters]);
    expect(tried).toEqual([
      'mean_reversion -1',
      'only_a(mean_reversion) -1',
      'only_c(mean_reversion) -1',
    ]);
  });

  it('are tried in the states that any of their names may be tried in', async () => {
    const state = {
      id: 'WIDE_STATE',
      family: 'TEST',
      source: 'E',
      scope: 'source_only',
      min_events: 1,
      templates: ['stop_run_repair'],
      needs: [],
      rule: formula('x > 0'),
      let: {},
    };
    const told = { at: { symbol: 'A' }, value: frame({ ts: [0], wide_state_flag: [true] }) };
    const { rows } = await gridOf([reversion, repair], { states: [state] }, { states: [told] });
    expect(rows.map((r) => `${r.template} ${r.state}`).sort()).toEqual([
      'mean_reversion WIDE_STATE',
      'mean_reversion null',
    ]);
  });

  it('are merged in the shipped specs: no event tries the plain reversal twice', async () => {
    const templates = specsOf(template, 'spec/discovery/templates/**/*.yaml');
    const { rows, untried } = await gridOf(templates, {
      specs: specsOf(event, 'spec/events/**/*.yaml'),
      features: specsOf(feature, 'spec/features/**/*.yaml'),
      horizons: [{ hold: 15 * 60_000, outcome: 'x', up: 'u', down: 'd', range: 'r', basis: 'b' }],
    });
    const names = new Set(rows.map((r) => `${r.event} ${r.template}`));
    const plain = ['mean_reversion', 'stop_run_repair', 'volatility_contraction_fade'];
    const gaps = ['convergence', 'basis_repair', 'desync_repair'];
    for (const spec of specsOf(event, 'spec/events/**/*.yaml'))
      for (const alike of [plain, gaps])
        expect(alike.filter((name) => names.has(`${spec.id} ${name}`)).length).toBeLessThan(2);
    expect(JSON.stringify(untried)).toContain('"as":"basis_repair"');
  });
});

describe('the id of a hypothesis in a state', () => {
  /** @param severity  formula of the event that the state names */
  async function idsUnder(rule: string, severity: string) {
    const state = {
      ...{ id: 'LATE_STATE', family: 'TEST', source: 'LATE', scope: 'source_only', min_events: 1 },
      ...{ templates: ['continuation'], needs: [], rule: formula(rule), let: {} },
    };
    const specs = [eventSpec('LATE', { severity: formula(severity), templates: ['continuation'] })];
    const told = { at: { symbol: 'A' }, value: frame({ ts: [0], late_state_flag: [true] }) };
    const { rows } = await gridOf([continuation], { specs, states: [state] }, { states: [told] });
    return rows.flatMap(({ id, state }) => (state === null ? [] : [id]));
  }

  it('covers how severe an event is where the state reads it, and nowhere else', async () => {
    const severe = 'latest(LATE.severity, LATE, 12) > 2';
    expect(await idsUnder(severe, 'x')).not.toEqual(await idsUnder(severe, '2 * x'));
    expect(await idsUnder('within(LATE, 12)', 'x')).toEqual(
      await idsUnder('within(LATE, 12)', '2 * x'),
    );
  });
});

describe('events whose data are not there', () => {
  it('are in no row of the grid, and told with what they need', async () => {
    const away = eventSpec('AWAY', { needs: ['perp_ohlcv_5m', 'open_interest'] });
    const verdicts = [
      { event: 'AWAY', e1_pass: null, reasons: [], bars: 0 },
      { event: 'E', e1_pass: null, reasons: [], bars: 10 },
    ];
    const specs = [away, eventSpec('E')].map((spec) => ({ ...spec, templates: [reversion.id] }));
    const { rows, untried } = await gridOf([reversion], { specs }, { verdicts });
    expect(new Set(rows.map(({ event }) => event))).toEqual(new Set(['E']));
    expect(untried).toMatchObject([
      { event: 'AWAY', refused: ['unavailable: open_interest'] },
      { event: 'E', refused: [] },
    ]);
  });
});
