import { TestProject } from '../kit/project.js';
import { type Row, seconds } from './measure.js';

/*
 * 1. Decisions of every event and template on ten symbols and a year of bars, outcomes and states: made up by two nodes of this bench, so
 *    that nothing but discovery is timed. They lie in the store when the clock starts.
 * 2. The full grid: symbols one by one and pooled, with every state; tested, shrunk, corrected, held against the gates.
 * 3. The same after one threshold of a gate was edited.
 * A run's time is told with the start of the process and the check that everything before is fresh: what a person waits for.
 */

const DAG = 'dags/full.yaml';
const SYMBOLS = 'BTC ETH SOL XRP DOGE ADA AVAX LINK BNB LTC'.split(' ').map((s) => `${s}USDT`);
const BARS = 365 * 288;

const DECISIONS = `import { defineNode, Frame, t, textColumn, timeColumn } from '../../engine/sdk/index.js';
import { event } from '../kinds/event.js';
import { template } from '../kinds/template.js';
import { decisions } from '../ports.js';

export default defineNode({
  type: 'made.decisions',
  doc: 'Decisions of every event and template at random bars.',
  time: 'row',
  in: {},
  out: { decisions },
  params: {
    specs: t.list(t.spec(event)),
    templates: t.list(t.spec(template)),
    symbols: t.list(t.text()),
    each: t.integer({ default: 400 }),
    seed: t.seed(),
  },
  run(_, { specs, templates, symbols, each, seed: _seed }, ctx) {
    const rows: { event: string; template: string; symbol: string; at: number; side: number; kept: boolean }[] = [];
    for (const spec of specs) {
      const own = templates.filter(({ id }) => spec.templates.includes(id));
      const names = own.flatMap((one) =>
        one.base ? one.base.filter((b) => spec.templates.includes(b)).map((b) => \`\${one.id}(\${b})\`) : [one.id],
      );
      for (const symbol of symbols) {
        const random = ctx.random(spec.id, symbol);
        const bars = new Set(Array.from({ length: each }, () => random.integer(${BARS} - 300)));
        for (const bar of bars) {
          const side = random.uniform() < 0.5 ? 1 : -1;
          for (const name of names) {
            rows.push({ event: spec.id, template: name, symbol, at: Date.UTC(2024, 0, 1) + bar * 300_000, side, kept: random.uniform() < 0.5 || !name.includes('(') });
          }
        }
      }
    }
    const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    rows.sort((a, b) => a.at - b.at || order(a.symbol, b.symbol) || order(a.event, b.event) || order(a.template, b.template));
    const at = timeColumn(rows.map((r) => r.at));
    return {
      decisions: Frame.of({
        event: textColumn(rows.map((r) => r.event)),
        template: textColumn(rows.map((r) => r.template)),
        symbol: textColumn(rows.map((r) => r.symbol)),
        signal: at,
        ts: at,
        tradable: timeColumn(rows.map((r) => r.at + 300_000)),
        side: rows.map((r) => r.side),
        kept: rows.map((r) => r.kept),
      }),
    };
  },
});
`;

const OUTCOMES = `import { defineNode, Frame, flagColumn, t, timeColumn } from '../../engine/sdk/index.js';
import { state } from '../kinds/state.js';
import { states, targets } from '../ports.js';

export default defineNode({
  type: 'made.outcomes',
  doc: 'Outcomes and states of a symbol that mean nothing.',
  time: 'row',
  in: {},
  out: { targets, states },
  params: { symbol: t.text(), specs: t.list(t.spec(state)), seed: t.seed() },
  run(_, { symbol, specs, seed: _seed }, ctx) {
    const ts = Float64Array.from({ length: ${BARS} }, (_, i) => Date.UTC(2024, 0, 1) + i * 300_000);
    const random = ctx.random(symbol);
    let frame = Frame.of({ ts: timeColumn(ts), known: timeColumn(ts.map((x) => x + 290 * 300_000)) });
    const column = (of: (x: number) => number) => ts.map(() => of(random.uniform() - 0.5));
    for (const bars of [1, 3, 6, 12, 48, 288]) {
      frame = frame
        .with(\`forward_return_\${bars}\`, column((x) => x / 50))
        .with(\`best_excursion_\${bars}\`, column((x) => (x + 0.5) / 50))
        .with(\`worst_excursion_\${bars}\`, column((x) => (x - 0.5) / 50));
    }
    let held = Frame.of({ ts: timeColumn(ts) });
    specs.forEach(({ id }, k) => {
      held = held.with(\`\${id.toLowerCase()}_flag\`, flagColumn(Array.from(ts, (_, i) => (i >> 6) % 3 === k % 3)));
    });
    return { targets: frame.with('entry_range', column(() => 0.005)), states: held };
  },
});
`;

const PIPELINE = `dag: full
doc: The full grid.
params: { symbols: { type: list text, default: [${SYMBOLS.join(', ')}] } }
dimensions: { symbol: $symbols }
stages:
  decided:
    use: made.decisions
    with: { specs: spec/events/**/*.yaml, templates: spec/discovery/templates/*.yaml, symbols: $symbols, seed: 1 }
  made:
    foreach: symbol
    use: made.outcomes
    with: { symbol: $symbol, specs: spec/states/**/*.yaml, seed: 1 }
  grid:
    use: discovery.grid
    in: { states: made.states }
    with:
      market: demo
      symbols: $symbols
      by: [pooled, symbol]
      specs: spec/events/**/*.yaml
      features: spec/features/**/*.yaml
      templates: spec/discovery/templates/*.yaml
      states: spec/states/**/*.yaml
      budget: { tests: 100000, horizons: 3, symbols: 10, source_states: 3, family_states: 2 }
      horizons:
        - { hold: 5m, outcome: forward_return_1, up: best_excursion_1, down: worst_excursion_1, range: entry_range }
        - { hold: 15m, outcome: forward_return_3, up: best_excursion_3, down: worst_excursion_3, range: entry_range }
        - { hold: 60m, outcome: forward_return_12, up: best_excursion_12, down: worst_excursion_12, range: entry_range }
  tests:
    use: discovery.expectancy
    in: { decisions: decided.decisions, targets: made.targets, states: made.states, hypotheses: grid.hypotheses }
    with: { cost: binance_perp, seed: 1 }
  shrunk: { use: discovery.shrinkage, in: { tests: tests.tests } }
  corrected: { use: discovery.multiplicity, in: { tests: tests.tests } }
  found:
    use: discovery.gates
    in: { tests: tests.tests, effects: shrunk.effects, corrected: corrected.corrected }
    with: { gates: standard }
out: { candidates: found.candidates, gates: found.gates }
`;

/** The full grid of discovery over ten symbol-years, and after one threshold was edited. */
export default async function bench(): Promise<readonly Row[]> {
  const project = new TestProject(['nodes', 'spec', 'dags']);
  try {
    project.write({
      'nodes/made/decisions.ts': DECISIONS,
      'nodes/made/outcomes.ts': OUTCOMES,
      [DAG]: PIPELINE,
      'dags/before.yaml': PIPELINE.replace('dag: full', 'dag: before')
        .replace(/^ {2}grid:[\s\S]*?(?=^out:)/m, '')
        .replace(
          /^out:.*$/m,
          'out: { decisions: decided.decisions, targets: made.targets, states: made.states }',
        ),
    });
    project.build();
    const run = async (dag: string) => {
      const { code, out, err } = await project.dag('run', dag, '--threads', '2');
      if (code !== 0) throw new Error(`${dag} failed:\n${out}\n${err}`);
    };
    const start = await seconds(3, () => project.dag('--version'));
    const row = (what: string, value: number, most: number): Row => ({
      what,
      value,
      unit: 's',
      baseline: 'start of the process',
      ratio: value / start,
      budget: `${most} s`,
      met: value <= most,
    });
    await run('dags/before.yaml');
    const all = await seconds(1, () => run(DAG));
    project.edit('spec/discovery/gates/standard.yaml', 'sample_least: 50', 'sample_least: 60');
    const edited = await seconds(1, () => run(DAG));
    return [
      row('full grid of discovery, ten symbol-years', all, 15),
      row('one gate edited', edited, 2),
    ];
  } finally {
    project.remove();
  }
}
