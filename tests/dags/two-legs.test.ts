import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Binding } from '../../engine/graph/graph.js';
import { Checkout } from '../kit/checkout.js';
import { CHECKOUT } from '../kit/project.js';

/*
 * What two legs earn reaches every window of a market that has spot, and no window of one that has none: there its columns are
 * absent, and everything compiles all the same.
 */

const HORIZONS = [1, 3, 6, 12, 48, 288];
const WINDOWS = [
  ['dags/research.yaml', 'evidence/outcomes_seen'],
  ['dags/research.yaml', 'evidence/targets'],
  ['dags/tournament.yaml', 'fold/targets'],
  ['dags/smoke.yaml', 'fold/targets'],
  ['dags/placebo.yaml', 'sample/market/targets'],
  ['dags/placebo-shifted.yaml', 'market/targets'],
  ['dags/pit.yaml', 'targets'],
] as const;

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.make();
  const demo = readFileSync(join(CHECKOUT, 'spec/markets/demo.yaml'), 'utf8');
  const bare = demo
    .replace('market: demo', 'market: spotless')
    .replace('simulator:\n', 'simulator:\n  tables: [open_interest]\n');
  checkout.write('spec/markets/spotless.yaml', bare);
});
afterAll(() => checkout.remove());

/** The outcomes of a stage, before there are data. */
async function outcomes(file: string, path: string, market: string) {
  const sets = [{ path: 'market', text: market }];
  const { compiled, problems } = await checkout.check(file, { sets });
  expect(problems.map((p) => `${p.code} ${p.message}`)).toEqual([]);
  const stage = compiled?.graph.stages.find((one) => one.path === path);
  if (!compiled || !stage) throw new Error(`${file} has no stage ${path}`);
  const binding: Binding = new Map(
    stage.dims.flatMap((d) => {
      const [point] = d.points.kind === 'port' ? [] : d.points.at(new Map());
      return point ? [[d, point] as const] : [];
    }),
  );
  return compiled.shapes.of(stage, binding).outs.targets?.columns.map((c) => c.name) ?? [];
}

describe.each(WINDOWS)('%s: %s', (file, path) => {
  it('has what two legs earn where there is a spot market, and not where there is none', async () => {
    const two = HORIZONS.map((horizon) => `basis_change_${horizon}`);
    const [there, none] = [
      await outcomes(file, path, 'demo'),
      await outcomes(file, path, 'spotless'),
    ];
    expect(there).toEqual(expect.arrayContaining(['ts', 'known', 'forward_return_1', ...two]));
    expect(none).toEqual(there.filter((name) => !two.includes(name)));
  });
});
