/** The list of plugins, made from the folders by `make build`; edits are lost. */
import type { NodePlugin } from '../engine/sdk/index.js';

/** Each node by its type, loaded when it is needed. */
export const nodes: Readonly<Record<string, () => Promise<{ readonly default: NodePlugin }>>> = {
  'allocation.weights': () => import('./allocation/weights.js'),
  'clean.costs': () => import('./clean/costs.js'),
  'clean.market': () => import('./clean/market.js'),
  'clean.outliers': () => import('./clean/outliers.js'),
  'discovery.expectancy': () => import('./discovery/expectancy.js'),
  'discovery.grid': () => import('./discovery/grid.js'),
  'discovery.multiplicity': () => import('./discovery/multiplicity.js'),
  'events.merge': () => import('./events/merge.js'),
  'events.registry': () => import('./events/registry.js'),
  'features.context': () => import('./features/context.js'),
  'features.table': () => import('./features/table.js'),
  'ingest.download': () => import('./ingest/download.js'),
  'ingest.market': () => import('./ingest/market.js'),
  'ingest.universe': () => import('./ingest/universe.js'),
  'report.fold': () => import('./report/fold.js'),
  'report.ingest': () => import('./report/ingest.js'),
  'report.tournament': () => import('./report/tournament.js'),
  'selection.atoms': () => import('./selection/atoms.js'),
  'selection.cluster': () => import('./selection/cluster.js'),
  'selection.factors': () => import('./selection/factors.js'),
  'selection.recruit': () => import('./selection/recruit.js'),
  'selection.score': () => import('./selection/score.js'),
  'selection.synthesise': () => import('./selection/synthesise.js'),
  'simulation.benchmark': () => import('./simulation/benchmark.js'),
  'simulation.portfolio': () => import('./simulation/portfolio.js'),
  'targets.table': () => import('./targets/table.js'),
  'tournament.matrix': () => import('./tournament/matrix.js'),
  'tournament.table': () => import('./tournament/table.js'),
  'universe.members': () => import('./universe/members.js'),
  'walkforward.folds': () => import('./walkforward/folds.js'),
  'walkforward.window': () => import('./walkforward/window.js'),
};

/** The modules that declare the kinds of specs. */
export const kinds: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>> = {
  calendar: () => import('./kinds/calendar.js'),
  cost: () => import('./kinds/cost.js'),
  event: () => import('./kinds/event.js'),
  feature: () => import('./kinds/feature.js'),
  fold: () => import('./kinds/fold.js'),
  layout: () => import('./kinds/layout.js'),
  market: () => import('./kinds/market.js'),
  policy: () => import('./kinds/policy.js'),
  profile: () => import('./kinds/profile.js'),
  rhythm: () => import('./kinds/rhythm.js'),
  scorer: () => import('./kinds/scorer.js'),
  target: () => import('./kinds/target.js'),
  template: () => import('./kinds/template.js'),
};
