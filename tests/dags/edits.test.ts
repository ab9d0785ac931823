import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHECKOUT, TestProject } from '../kit/project.js';

/*
 * What an edit re-runs, on the real nodes and specs: exactly what the edit can matter to. Items "ran" when they were executed;
 * a stage whose inputs came out equal stays cached.
 */

const PIPELINE = `dag: edits
doc: The first half of the main job on a short simulated market.
params:
  symbols: { type: list text, default: [BTCUSDT, ETHUSDT] }
  span: { type: span, default: { from: 2024-01-01, to: 2024-01-10 } }
dimensions:
  symbol: $symbols
  event: [VOL_SPIKE, RANGE_BREAKOUT, BAND_BREAK]
stages:
  raw:
    foreach: symbol
    use: ingest.market
    with: { market: demo, symbol: $symbol, span: $span, warmup: 5d, seed: 7 }
  clean:
    foreach: symbol
    use: clean.market
    in: { raw: raw.raw, funding: raw.funding }
    with: { span: $span, warmup: 5d }
  features:
    foreach: symbol
    use: features.table
    in: { bars: clean.bars, funding: clean.funding, benchmark: clean.bars@BTCUSDT }
    with: { specs: spec/features/**/*.yaml }
  context:
    use: features.context
    in: { bars: clean.bars, features: features }
    with: { specs: spec/features/**/*.yaml }
  registry:
    foreach: event
    use: events.registry
    in: { features: features, context: context }
    with: { event: $event }
  events: { use: events.merge, in: { registries: registry.events } }
  decisions:
    use: discovery.decide
    in: { events: events, features: features, context: context }
    with: { templates: spec/discovery/templates/*.yaml, specs: [VOL_SPIKE, RANGE_BREAKOUT, BAND_BREAK] }
  grid:
    use: discovery.grid
    with:
      market: demo
      symbols: $symbols
      specs: spec/events/VOLATILITY_TRANSITION/*.yaml
      features: spec/features/**/*.yaml
      templates: spec/discovery/templates/*.yaml
      horizons: [{ hold: 60m, outcome: forward_return_12 }]
  tests:
    use: discovery.expectancy
    in: { decisions: decisions.decisions, targets: targets, hypotheses: grid.hypotheses }
    with: { cost: free, seed: 7 }
  targets:
    foreach: symbol
    use: targets.table
    in: { features: features.features }
    with: { specs: spec/targets/**/*.yaml }
out: { events: events.events, tests: tests.tests }
`;

let project: TestProject;

/** Stages that executed anything, with how many items. */
async function ran(): Promise<Readonly<Record<string, number>>> {
  const { code, out, err } = await project.dag('run', 'dags/edits.yaml', '--json');
  if (code !== 0) throw new Error(`dag run ended with ${code}\n${out.slice(-2000)}\n${err}`);
  const counts: Record<string, number> = {};
  for (const line of out.split('\n')) {
    if (!line.startsWith('{')) continue;
    const event = JSON.parse(line);
    if (event.event !== 'item-ended' || event.outcome !== 'done') continue;
    const stage = String(event.item).split('@')[0] ?? '';
    counts[stage] = (counts[stage] ?? 0) + 1;
  }
  return counts;
}

beforeAll(async () => {
  project = new TestProject(['nodes', 'spec', 'dags']);
  project.write({ 'dags/edits.yaml': PIPELINE });
  project.build();
  await ran();
}, 120_000);
afterAll(() => project.remove());

const EVENT = 'spec/events/VOLATILITY_TRANSITION/VOL_SPIKE.yaml';

describe('an edit re-runs what it can matter to', () => {
  it('nothing, when nothing changed', async () => expect(await ran()).toEqual({}), 60_000);

  it('nothing, for a comment or a description in an event', async () => {
    project.write({
      [EVENT]: `# a comment\n${project.read(EVENT).replace(/^title: .*$/m, 'title: Other words')}`,
    });
    expect(await ran()).toEqual({});
    project.write({ [EVENT]: project.read(EVENT).replace(/^doc: .*$/m, 'doc: Said otherwise.') });
    expect(project.read(EVENT)).toContain('doc: Said otherwise.');
    expect(await ran()).toEqual({});
  });

  it('one registry and what depends on it, for a rule of an event', async () => {
    project.write({ [EVENT]: project.read(EVENT).replace('0.97', '0.96') });
    expect(await ran()).toEqual({ registry: 1, events: 1, decisions: 1, grid: 1, tests: 1 });
  });

  it('features and nothing else, for a new feature; then what names the new column', async () => {
    project.write({
      'spec/features/returns/ret_twice.yaml':
        'feature: ret_twice\ntitle: Twice the return\ndoc: For a test.\nexpr: 2 * pct_change(close)\n',
    });
    expect(await ran()).toEqual({ features: 2 });
    project.edit(EVENT, 'rises(far)', 'rises(far and coalesce(ret_twice, 0) > 0)');
    expect(await ran()).toEqual({ registry: 1, events: 1, decisions: 1, grid: 1, tests: 1 });
  });

  it('the registries that read it, for a changed feature', async () => {
    const file = 'spec/features/volatility/rv_z.yaml';
    project.write({ [file]: project.read(file).replace('zscore(rv_96, 288', 'zscore(rv_96, 300') });
    // A rule that stands on another formula is another hypothesis, so it is tested as one.
    const expected = { features: 2, registry: 1, events: 1, decisions: 1, grid: 1, tests: 1 };
    expect(await ran()).toEqual(expected);
  });

  it('nothing, for a comment in a helper of a node; the node, for a change in it', async () => {
    const helper = 'nodes/events/rows/occurrences.ts';
    const text = project.read(helper);
    project.write({ [helper]: `// a comment\n${text}` });
    project.build();
    expect(await ran()).toEqual({});
    project.write({ [helper]: `${text}\nexport const unused = 1;\n` });
    project.build();
    // Equal results: what comes after stays as it is.
    expect(await ran()).toEqual({ registry: 3 });
  }, 120_000);

  it('nothing, for a package that no node imports; the node, for one that it does', async () => {
    ownPackages(['winston', 'leaf']);
    setVersion('winston', '99.0.0');
    project.build();
    expect(await ran()).toEqual({});
    const file = 'nodes/events/merge.ts';
    project.write({
      [file]: `import { leaf } from 'leaf';\n${project.read(file)}\nexport const uses = leaf;\n`,
    });
    project.build();
    expect(await ran()).toEqual({ events: 1 });
    setVersion('leaf', '2.0.0');
    project.build();
    expect(await ran()).toEqual({ events: 1 });
    project.build();
    expect(await ran()).toEqual({});
  }, 120_000);
});

/** Give the project a folder of packages of its own: links to the checkout's, but for those that are to be changed. */
function ownPackages(names: readonly string[]): void {
  const folder = project.path('node_modules');
  rmSync(folder);
  mkdirSync(folder);
  const all = join(CHECKOUT, 'node_modules');
  for (const name of readdirSync(all)) {
    if (names.includes(name)) cpSync(join(all, name), join(folder, name), { recursive: true });
    else symlinkSync(join(all, name), join(folder, name));
  }
  project.write({
    'node_modules/leaf/package.json':
      '{ "name": "leaf", "version": "1.0.0", "type": "module", "main": "leaf.js" }',
    'node_modules/leaf/leaf.js': 'export const leaf = 1;\n',
    'node_modules/leaf/leaf.d.ts': 'export declare const leaf: number;\n',
  });
}

function setVersion(name: string, version: string): void {
  const file = `node_modules/${name}/package.json`;
  project.write({ [file]: JSON.stringify({ ...JSON.parse(project.read(file)), version }) });
}
