import { describe, expect, it } from '@jest/globals';
import { loadComposed } from '../../../engine/expr/index.js';
import { installComposed } from '../../../engine/sdk/composed.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import grid from '../../../nodes/discovery/grid.js';
import { event } from '../../../nodes/kinds/event.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { frameOf } from '../../kit/chain.js';
import { nodeTable, runNode } from '../../kit/node.js';
import {
  continuation,
  eventSpec,
  formula,
  horizons,
  market,
  reversion,
} from '../../kit/research.js';
import { specsOf } from '../../kit/specs.js';

const params = {
  market,
  symbols: ['B', 'A'],
  specs: [eventSpec('E')],
  features: [],
  templates: [continuation, reversion],
  horizons,
};
const ids = async (more: Readonly<Record<string, unknown>>) => {
  const { outs } = await runNode(grid, {}, { ...params, ...more });
  return frameOf(outs, 'hypotheses').texts('id');
};

describe('discovery.grid', () => {
  nodeTable(grid, {
    gives: [
      {
        name: 'names what an event asks for and nothing here can try',
        params: {
          ...params,
          specs: [
            eventSpec('E', {
              templates: ['continuation', 'pullback_entry'],
              horizons: [5 * 60_000, 7],
            }),
          ],
        },
        out: {
          untried: [
            {
              event: 'E',
              templates: ['pullback_entry'],
              lacks: {},
              same_as: [],
              horizons: [7],
              states: [],
              refused: [],
            },
          ],
        },
      },
    ],
    refuses: [
      {
        name: 'nothing to try',
        params: { ...params, specs: [eventSpec('E', { templates: ['unknown'] })] },
        code: 'discovery/no-grid',
        data: {},
      },
      {
        name: 'a horizon between two bars',
        params: {
          ...params,
          specs: [eventSpec('E', { horizons: [450_000] })],
          horizons: [{ hold: 450_000, outcome: 'x' }],
          entry_lag: 2,
        },
        code: 'discovery/horizon',
        data: { hold: 450_000, spacing: 300_000 },
      },
      {
        name: 'more tests than the budget',
        params: {
          ...params,
          by: ['pooled', 'symbol'],
          states: [],
          budget: { tests: 11, horizons: 3, symbols: 10, source_states: 3, family_states: 2 },
        },
        code: 'discovery/budget',
        data: { what: 'tests', count: 12, most: 11, where: 'the grid' },
      },
    ],
    elsewhere: { params: ['outcomes', 'namespace'] },
  });

  it('crosses templates and horizons, sorted by id', async () => {
    const { outs } = await runNode(grid, {}, params);
    const rows = [...frameOf(outs, 'hypotheses').rows()];
    const cells = rows.map((r) => `${r.template} ${r.direction} ${r.horizon} ${r.outcome}`).sort();
    expect(cells).toEqual([
      'continuation 1 1 forward_1',
      'continuation 1 3 forward_3',
      'mean_reversion -1 1 forward_1',
      'mean_reversion -1 3 forward_3',
    ]);
    expect(rows.map((r) => r.id)).toEqual(rows.map((r) => r.id).sort());
  });

  it.each([
    ['simulator', 'simulated'],
    ['files', null],
  ])('trials on a market of source %s count in the set %s', async (source, namespace) => {
    const { outs } = await runNode(grid, {}, { ...params, market: { ...market, source } });
    expect(new Set(frameOf(outs, 'hypotheses').texts('namespace'))).toEqual(new Set([namespace]));
  });

  it('trials on outcomes that are not those of the market count in the set that is named', async () => {
    const { outs } = await runNode(grid, {}, { ...params, namespace: 'placebo' });
    const given = [...frameOf(outs, 'hypotheses').rows()];
    expect(new Set(given.map(({ namespace }) => namespace))).toEqual(new Set(['placebo']));
    expect(given.map(({ id }) => id)).toEqual(await ids({}));
  });

  it('does not try a template that is only declared', async () => {
    const templates = [continuation, { id: 'mean_reversion', let: {} }];
    const { outs } = await runNode(grid, {}, { ...params, templates });
    expect(new Set(frameOf(outs, 'hypotheses').texts('template'))).toEqual(
      new Set(['continuation']),
    );
    expect(outs.untried).toEqual([
      {
        event: 'E',
        templates: ['mean_reversion'],
        lacks: {},
        same_as: [],
        horizons: [],
        states: [],
        refused: [],
      },
    ]);
  });

  it('leaves out what failed gate E1, and says why; what never occurred is left to the tests', async () => {
    const specs = ['BAD', 'GOOD', 'NEVER', 'UNTOLD'].map((id) => eventSpec(id));
    const verdicts = [
      { event: 'BAD', e1_pass: false, reasons: ['common: 600 > 500 per 10k bars'] },
      { event: 'GOOD', e1_pass: true, reasons: [] },
      { event: 'NEVER', e1_pass: null, reasons: [] },
    ];
    const { outs } = await runNode(grid, { verdicts }, { ...params, specs });
    const tried = new Set(frameOf(outs, 'hypotheses').texts('event'));
    expect([...tried].sort()).toEqual(['GOOD', 'NEVER', 'UNTOLD']);
    expect(outs.untried).toMatchObject([
      { event: 'BAD', refused: ['common: 600 > 500 per 10k bars'] },
      { event: 'GOOD', refused: [] },
      { event: 'NEVER', refused: [] },
      { event: 'UNTOLD', refused: [] },
    ]);
  });

  it('gives an empty grid where the gate refused every event', async () => {
    const verdicts = [{ event: 'E', e1_pass: false, reasons: ['rare'] }];
    const { outs } = await runNode(grid, { verdicts }, params);
    expect(frameOf(outs, 'hypotheses').length).toBe(0);
  });

  it('says what the event of each hypothesis stands on', async () => {
    const specs = [eventSpec('E', { needs: ['perp_ohlcv_5m', 'funding'] })];
    const { outs } = await runNode(grid, {}, { ...params, specs });
    expect(new Set(frameOf(outs, 'hypotheses').texts('needs'))).toEqual(
      new Set(['funding+perp_ohlcv_5m']),
    );
  });

  it('a hypothesis is its rule, lag, universe and market; the order of symbols is nothing', async () => {
    const base = await ids({});
    expect(await ids({ symbols: ['A', 'B'] })).toEqual(base);
    for (const other of [
      { symbols: ['A'] },
      { entry_lag: 2 },
      { market: { ...market, id: 'other' } },
      { specs: [eventSpec('E', { fires: formula('rises(x)') })] },
      { specs: [eventSpec('E', { cooldown: '7b' })] },
      { specs: [eventSpec('E', { stand_in: formula('y > 1') })] },
    ]) {
      const found = await ids(other);
      expect(found.filter((id) => base.includes(id))).toEqual([]);
    }
  });
});

/** A feature as the grid receives it. */
const featureSpec = (id: string, expr: string, clauses: Readonly<Record<string, string>> = {}) => ({
  id,
  expr: formula(expr),
  let: Object.fromEntries(Object.entries(clauses).map(([name, text]) => [name, formula(text)])),
});

describe('the id of a hypothesis', () => {
  // E fires on `e` and points with `ret_1`; `e` stands on `deep`.
  const features = [
    featureSpec('e', 'deep > level', { level: '2' }),
    featureSpec('deep', 'mean(close, 12)'),
    featureSpec('ret_1', 'pct_change(close, 1)'),
    featureSpec('aside', 'std(close, 12)'),
  ];
  const having = (...other: readonly ReturnType<typeof featureSpec>[]) => {
    const changed = new Map(other.map((spec) => [spec.id, spec]));
    return ids({ features: features.map((spec) => changed.get(spec.id) ?? spec) });
  };

  it('covers the formulas of the features its rule stands on, however deep', async () => {
    const base = await having();
    for (const other of [
      featureSpec('e', 'deep >= level', { level: '2' }),
      featureSpec('e', 'deep > level', { level: '3' }),
      featureSpec('deep', 'mean(close, 13)'),
      featureSpec('ret_1', 'pct_change(close, 2)'),
    ]) {
      const found = await having(other);
      expect(found.length).toBe(base.length);
      expect(found.filter((id) => base.includes(id))).toEqual([]);
    }
  });

  it('covers features that are read of another symbol or of the benchmark', async () => {
    const through = (expr: string) => {
      const all = [...features.filter(({ id }) => id !== 'e'), featureSpec('e', expr)];
      const edited = all.map((f) =>
        f.id === 'aside' ? featureSpec('aside', 'std(close, 13)') : f,
      );
      return Promise.all([ids({ features: all }), ids({ features: edited })]);
    };
    for (const expr of ['BTCUSDT.aside > 1', 'benchmark.aside > 1']) {
      const [before, after] = await through(expr);
      expect(after).not.toEqual(before);
    }
  });

  it('does not cover features it never names, nor the order of files', async () => {
    const base = await having();
    expect(await having(featureSpec('aside', 'std(close, 13)'))).toEqual(base);
    expect(await ids({ features: [...features].reverse() })).toEqual(base);
  });

  it('takes a name that a clause of the event declares for that clause', async () => {
    const own = { specs: [eventSpec('E', { let: { e: formula('close > 1') } })] };
    const changed = features.map((f) => (f.id === 'e' ? featureSpec('e', 'close > 9') : f));
    expect(await ids({ ...own, features: changed })).toEqual(await ids({ ...own, features }));
  });

  it('covers the composed operators that are called', async () => {
    const calling = { features: [featureSpec('e', 'twice(close) > 1')] };
    const install = (expr: string, more = '') => {
      const texts = [`formula: twice\ndoc: D.\nargs:\n  x: { doc: X. }${more}\nexpr: ${expr}\n`];
      const sources = texts.flatMap((text) => {
        const { value } = parseYaml(text, 'twice.yaml');
        return value ? [{ file: 'twice.yaml', value }] : [];
      });
      installComposed(loadComposed(sources, new Set()).composed);
    };
    try {
      install('2 * x');
      const base = await ids(calling);
      install('2 * x');
      expect(await ids(calling)).toEqual(base);
      install('3 * x');
      const other = await ids(calling);
      install('2 * x', '\n  n: { kind: number, default: 3, doc: N. }');
      expect(new Set([...base, ...other, ...(await ids(calling))]).size).toBe(3 * base.length);
    } finally {
      installComposed(new Map());
    }
  });

  it('is another for VOL_SPIKE alone when the formula of rv_z changes, over the shipped specs', async () => {
    const specs = ['VOL_SPIKE', 'ZSCORE_STRETCH'].flatMap((id) => specsOf(event, id));
    const hold = specs.flatMap((spec) => spec.horizons.slice(0, 1));
    const shipped = {
      specs,
      horizons: [...new Set(hold)].map((ms) => ({ hold: ms, outcome: 'x' })),
    };
    const rowsOf = async (list: readonly object[]) => {
      const { outs } = await runNode(grid, {}, { ...params, ...shipped, features: list });
      return [...frameOf(outs, 'hypotheses').rows()].map(({ id, event }) => `${event} ${id}`);
    };
    const all = specsOf(feature, 'spec/features/**/*.yaml');
    const base = await rowsOf(all);
    const other = await rowsOf(
      all.map((f) => (f.id === 'rv_z' ? { ...f, expr: formula('zscore(rv_96, 300)') } : f)),
    );
    const gone = base.filter((row) => !other.includes(row)).map((row) => row.split(' ')[0]);
    expect(new Set(gone)).toEqual(new Set(['VOL_SPIKE']));
    expect(gone.length).toBe(base.filter((row) => row.startsWith('VOL_SPIKE ')).length);
    expect(base.length).toBeGreaterThan(gone.length);
  });
});
