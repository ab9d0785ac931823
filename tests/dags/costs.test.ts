import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import costs from '../../nodes/clean/costs.js';
import window from '../../nodes/walkforward/window.js';
import { Checkout } from '../kit/checkout.js';
import { clock, frame } from '../kit/frame.js';
import { runNode } from '../kit/node.js';
import { CHECKOUT } from '../kit/project.js';

/* One cost a symbol, of the quotes of the training window, reaches all that charges; the placebo is charged nothing. */

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.make();
});
afterAll(() => checkout.remove());

/** From which stage and port each input of that name comes, by the stage it goes into. */
async function wires(file: string, port: string) {
  const { compiled, problems } = await checkout.check(file);
  expect(problems).toEqual([]);
  return Object.fromEntries(
    (compiled?.graph.stages ?? []).flatMap(({ path, inputs }) =>
      inputs
        .filter((input) => input.port === port)
        .map(({ source }) => [path, `${source.stage.path}.${source.port}`]),
    ),
  );
}

describe('costs by symbol', () => {
  it('research: discovery, its control, the bridge and blueprints have those of one training window', async () => {
    expect(await wires('dags/research.yaml', 'costs')).toEqual({
      'evidence/discovery/tests': 'evidence/costs.costs',
      'evidence/turned/discovery/tests': 'evidence/costs.costs',
      'evidence/outcomes': 'evidence/costs.costs',
      blueprints: 'evidence/costs.costs',
      report: 'evidence/costs.costs',
    });
    expect(await wires('dags/research.yaml', 'tob')).toMatchObject({
      'evidence/costs': 'evidence/tob.train',
    });
  });

  it('the tournament: a fold is charged what it was found with', async () => {
    expect(await wires('dags/tournament.yaml', 'costs')).toEqual({
      'fold/discovery/tests': 'fold/costs.costs',
      'fold/atoms': 'fold/costs.costs',
      'fold/allocation/lived': 'fold/costs.costs',
      'fold/benchmark': 'fold/costs.costs',
      report: 'fold/costs.costs',
    });
    expect(await wires('dags/tournament.yaml', 'tob')).toMatchObject({
      'fold/costs': 'fold/tob.train',
    });
  });

  it.each(['placebo', 'placebo-shifted', 'power'])('%s measures none', async (name) => {
    expect(await wires(`dags/${name}.yaml`, 'costs')).toEqual({});
  });

  it.each(['tob.test', 'in.tob'])('a fold that is charged by %s is refused', async (later) => {
    const file = 'dags/parts/fold.yaml';
    const text = readFileSync(join(CHECKOUT, file), 'utf8');
    checkout.write(file, text.replace('in: { tob: tob.train }', `in: { tob: ${later} }`));
    const { problems } = await checkout.check('dags/tournament.yaml');
    checkout.restore(file);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['known/not-after']));
  });
});

describe('quotes after the training window', () => {
  const ts = clock(400);
  const at = (row: number) => ts[row] ?? NaN;
  const fold = {
    ...{ id: '1', train_from: at(0), train_to: at(200) },
    ...{ test_from: at(250), test_to: at(400) },
  };
  const costOf = async (spread: (row: number) => number) => {
    const book = frame({ ts, spread_bps: ts.map((_, row) => spread(row)) });
    const { outs } = await runNode(window, { frame: book }, { fold, columns: ['spread_bps'] });
    return (await runNode(costs, { tob: outs.train })).outs.costs;
  };
  const known = (row: number) => 1 + (row % 7);

  it('change nothing', async () => {
    const told = await costOf(known);
    expect(told).toMatchObject({ n_bars: 200, calibrated: true, reason: null });
    expect(await costOf((row) => (row < 200 ? known(row) : 1000 + row))).toEqual(told);
    expect(await costOf((row) => (row < 200 ? known(row) : NaN))).toEqual(told);
  });

  it('those within it do', async () => {
    expect(await costOf((row) => known(row) + 1)).not.toEqual(await costOf(known));
  });
});
