/** One walk-forward chain with the shipped nodes: events on all bars, everything estimated inside a fold. */
const CHAIN = `dag: chain
params:
  symbols: { type: list text, default: [BTCUSDT, ETHUSDT] }
  span: { type: span, default: { from: 2024-01-01, to: 2024-03-31 } }
  rhythm: { type: rhythm, default: { id: once, train: 30d, test: 10d, step: 10d } }
dimensions:
  symbol: $symbols
  fold: folds.folds
stages:
  raw: { foreach: symbol, use: ingest.market, with: { market: demo, symbol: $symbol, span: $span, seed: 7 } }
  clean: { foreach: symbol, use: clean.market, in: { raw: raw.raw, funding: raw.funding }, with: { span: $span } }
  features: { foreach: symbol, use: features.table, in: { bars: clean.bars, funding: clean.funding }, with: { specs: [logret_1, ret, rv, rv_z] } }
  registry: { use: events.registry, in: { features: features.features }, with: { event: VOL_SPIKE } }
  events: { use: events.merge, in: { registries: registry.events } }
  folds: { use: walkforward.folds, with: { rhythm: $rhythm, span: $span } }
  bars: { foreach: [symbol, fold], use: walkforward.window, in: { frame: clean.bars }, with: { fold: $fold } }
  settled: { foreach: [symbol, fold], use: walkforward.window, in: { frame: clean.funding }, with: { fold: $fold } }
  decisions: { use: discovery.decide, in: { events: events.events, features: features.features }, with: { templates: [continuation, mean_reversion], specs: [VOL_SPIKE] } }
  found: { foreach: fold, use: walkforward.window, in: { frame: events.events }, with: { fold: $fold } }
  decided: { foreach: fold, use: walkforward.window, in: { frame: decisions.decisions }, with: { fold: $fold } }
  discovery:
    foreach: fold
    use: dags/parts/discovery.yaml
    in: { bars: bars.train, events: found.train, decisions: decided.train, funding: settled.train, targets: outcomes.targets, unavailable: outcomes.unavailable }
    with: { market: demo, cost: free, symbols: $symbols }
  atoms:
    foreach: fold
    use: selection.atoms
    in: { candidates: discovery.candidates, decisions: decided.train, bars: bars.train }
    with: { cost: free }
  selection:
    foreach: fold
    use: dags/parts/selection.yaml
    in: { atoms: atoms.atoms, returns: atoms.returns }
    with: { market: demo }
  weights:
    foreach: fold
    use: allocation.weights
    in: { winners: selection.winners, atoms: selection.atoms, returns: selection.returns }
    with: { market: demo, profile: equal_weight }
  lived:
    foreach: fold
    use: simulation.portfolio
    in: { bars: bars.test, decisions: decided.test, atoms: selection.atoms, weights: weights.weights }
    with: { cost: free, fold: $fold }
  outcomes: { foreach: [symbol, fold], use: targets.table, in: { features: bars.train }, with: { specs: spec/targets/**/*.yaml } }
`;

/** Texts of the chain and what is written instead. */
export type Edits = readonly (readonly [from: string, to: string])[];

/** The chain, edited, with more stages at its end. @throws when an edit finds nothing to change: the test would be void. */
export function chain({
  edits = [],
  stages = '',
}: {
  readonly edits?: Edits | undefined;
  readonly stages?: string | undefined;
} = {}): string {
  let text = CHAIN;
  for (const [from, to] of edits) {
    if (!text.includes(from)) throw new Error(`The chain does not say: ${from}`);
    text = text.replace(from, to);
  }
  return text + stages.replace(/^\n/, '').replace(/^(?=.)/gm, '  ');
}
