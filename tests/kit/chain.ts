import type { Frame } from '../../engine/frame/frame.js';
import { isFrame } from '../../engine/frame/frame.js';
import weights from '../../nodes/allocation/weights.js';
import expectancy from '../../nodes/discovery/expectancy.js';
import gates from '../../nodes/discovery/gates.js';
import grid from '../../nodes/discovery/grid.js';
import multiplicity from '../../nodes/discovery/multiplicity.js';
import shrinkage from '../../nodes/discovery/shrinkage.js';
import atoms from '../../nodes/selection/atoms.js';
import cluster from '../../nodes/selection/cluster.js';
import factors from '../../nodes/selection/factors.js';
import recruit from '../../nodes/selection/recruit.js';
import score from '../../nodes/selection/score.js';
import synthesise from '../../nodes/selection/synthesise.js';
import portfolio from '../../nodes/simulation/portfolio.js';
import { runNode } from './node.js';
import {
  barsOf,
  continuation,
  costly,
  decisionsOf,
  eventSpec,
  eventsOf,
  FIVE,
  foldUntil,
  horizons,
  market,
  reversion,
  START,
  targetsOf,
  type World,
} from './research.js';

type Values = Readonly<Record<string, unknown>>;

/** A port of what a node gave that is a frame. */
export function frameOf(outs: Values, port: string): Frame {
  const value = outs[port];
  if (!isFrame(value)) throw new Error(`${port} is no frame`);
  return value;
}

export const scorer = {
  id: 'plain',
  factors: { momentum: { weight: 1, map: 'rank' }, efficiency: { weight: 0.5, map: 'unit' } },
  missing: 0.01,
  floor: 1e-9,
  let: {},
};
export const policy = {
  id: 'standard',
  entropy_most: 0.95,
  efficiency_least: 0.05,
  kurtosis_most: 20,
  volatility_most: 2.5,
  survival_least: 0.1,
  hurst_band: undefined,
  hurdle: 0,
  order_size: 1e6,
  usual_value: 1e8,
  top_n: 3,
  at_most: 25,
  toxic_entropy: 0.999,
  relax_entropy: 1.2,
  relax_efficiency: 0.8,
  entropy_trigger: 0.95,
  tighten_entropy: 0.9,
  let: {},
};
export const profile = {
  id: 'min_variance',
  method: 'min_variance',
  cluster_cap: 0.25,
  symbol_cap: 0.5,
  infeasible: 'relax',
  ridge: 0.01,
  condition_most: 5000,
  l2: 0.05,
  let: {},
};

/** Discovery on rows [from, to) of a world. */
export async function discover(world: World, from: number, to: number, params: Values = {}) {
  const specs = [...new Set(world.found.map(([event]) => event))].sort().map((id) => eventSpec(id));
  const { outs: gridded } = await runNode(
    grid,
    {},
    {
      market,
      symbols: world.names,
      specs,
      features: [],
      templates: [continuation, reversion],
      horizons,
    },
  );
  const ins = {
    decisions: decisionsOf(eventsOf(world, from, to)),
    targets: targetsOf(world, from, to),
    hypotheses: gridded.hypotheses,
  };
  const { outs: tested } = await runNode(expectancy, ins, { cost: params.cost ?? costly });
  const { cost: _cost, fdr, ...bounds } = params;
  const { candidates, trials } = await judge(frameOf(tested, 'tests'), bounds, fdr);
  return { candidates, trials };
}

/** The gates as shipped. */
export const standard = {
  id: 'standard',
  sample_least: 50,
  edge_least: 0.1,
  stress: 1.5,
  stable: true,
  information_least: 0.2,
  cost_ratio_most: 1,
  fallback: { quality_least: 0.66, sample_least: 100, edge_least: 1, t_least: 2.5 },
  overrides: [],
  let: {},
};

/** Tests shrunk, corrected and held against the gates. @param bounds  what is other than in the shipped gates */
export async function judge(tests: Frame, bounds: Values = {}, fdr: unknown = 0.05) {
  const { outs: shrunk } = await runNode(shrinkage, { tests });
  const { outs: corrected } = await runNode(multiplicity, { tests }, { fdr });
  const ins = { tests, effects: shrunk.effects, corrected: corrected.corrected };
  const { outs } = await runNode(gates, ins, { gates: { ...standard, ...bounds }, fdr });
  return {
    candidates: frameOf(outs, 'candidates'),
    gates: frameOf(outs, 'gates'),
    trials: frameOf(corrected, 'trials'),
  };
}

/** Selection, allocation and simulation of what was found on rows [0, cut), lived on the rest. */
export async function live(world: World, cut: number, candidates: Frame, stage = 4) {
  const cost = costly;
  const ins = {
    candidates,
    decisions: decisionsOf(eventsOf(world, 0, cut)),
    bars: barsOf(world, 0, cut),
    funding: undefined,
  };
  const { outs: pool } = await runNode(atoms, ins, { cost });
  const { outs: measured } = await runNode(factors, pool, { market });
  const { outs: scored } = await runNode(score, measured, { scorer });
  const { outs: clustered } = await runNode(cluster, { returns: pool.returns });
  const tables = {
    atoms: pool.atoms,
    factors: measured.factors,
    scores: scored.scores,
    clusters: clustered.clusters,
  };
  const { outs: recruited } = await runNode(recruit, tables, {
    policy,
    relaxation: stage,
    floor: 4,
  });
  const { outs: chosen } = await runNode(synthesise, { winners: recruited.winners, ...pool });
  const { outs: weighed, warnings } = await runNode(
    weights,
    { winners: recruited.winners, ...chosen },
    { profile, market },
  );
  const { outs: lived } = await runNode(
    portfolio,
    {
      bars: barsOf(world, cut),
      decisions: decisionsOf(eventsOf(world, cut)),
      funding: undefined,
      atoms: chosen.atoms,
      weights: weighed.weights,
    },
    { cost, fold: foldUntil(START + world.times.length * FIVE) },
  );
  return { pool, measured, scored, clustered, recruited, chosen, weighed, lived, warnings };
}
