import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestProject } from '../kit/project.js';

/*
 * Two markets that agree until the training window of the first fold ends and have nothing in common afterwards. Whatever the fold
 * decided (finds, atoms, weights) must be the same to the last bit; what it earned must not.
 */

const DAY = 86_400_000;
const FIVE = 300_000;
const FROM = Date.UTC(2024, 0, 1);
const FIRST = FROM - 7 * DAY;
/** 25 days to train, of which the last one is purged. */
const TRAIN_TO = FROM + 24 * DAY;
const LAST = FROM + 36 * DAY;
const SYMBOLS = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'];

const PIPELINE = `dag: lookahead
doc: One fold of the main job on files.
params:
  raw: { type: folder }
  symbols: { type: list text, default: [${SYMBOLS.join(', ')}] }
  span: { type: span, default: { from: 2024-01-01, to: 2024-02-04 } }
dimensions:
  symbol: $symbols
  event: spec/events/VOLATILITY_TRANSITION/*.yaml
  rhythm: [{ id: once, train: 25d, test: 10d, step: 10d }]
  fold: folds.folds
stages:
  raw:
    foreach: symbol
    use: ingest.market
    with: { market: binance_perp, folder: $raw, symbol: $symbol, span: $span, warmup: 7d, seed: 1 }
  clean:
    foreach: symbol
    use: clean.market
    in: { raw: raw.raw, funding: raw.funding }
    with: { span: $span, warmup: 7d }
  features:
    foreach: symbol
    use: features.table
    in: { bars: clean.bars, funding: clean.funding, benchmark: clean.bars@AAAUSDT }
    with: { specs: spec/features/**/*.yaml }
  context:
    use: features.context
    in: { bars: clean.bars, features: features.features }
    with: { specs: spec/features/**/*.yaml }
  registry:
    foreach: event
    use: events.registry
    in: { features: features.features, context: context.context, funding: clean.funding }
    with: { event: $event, quality: e1 }
  events: { use: events.merge, in: { registries: registry.events } }
  nudged: { use: events.nudged, in: { events: registry.nudged } }
  coverage: { use: events.coverage, in: { registries: registry.coverage } }
  decisions:
    use: discovery.decide
    in: { events: events.events, features: features.features, context: context.context }
    with: { templates: spec/discovery/templates/*.yaml, specs: spec/events/VOLATILITY_TRANSITION/*.yaml }
  folds:
    foreach: rhythm
    use: walkforward.folds
    with: { rhythm: $rhythm, span: $span }
  fold:
    foreach: [rhythm, fold]
    use: dags/parts/fold.yaml
    in: { bars: clean.bars, funding: clean.funding, spot: clean.spot, tob: clean.tob, events: events.events, decisions: decisions.decisions, nudged: nudged.nudged, coverage: coverage.coverage }
    with:
      market: binance_perp
      cost: free
      symbols: $symbols
      fold: $fold
      scorer: log_mps_v4
      risk_profiles: [equal_weight, min_variance]
      quality: lax
      fdr: 0.5
      floor: 3
out: { returns: fold.returns }
`;

/** Bounds so wide that prices as simple as these have something to find. */
const LAX = `quality: lax
near: 5
clustered_most: 1
age: 1
joined_least: 0
step: 0.1
elasticity_most: 100
judged_from: 50
beside: 3
`;

/** The minimal standard generator. */
function uniform(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Prices that swing back within hours, so that there is something to find; another path from `cut` on. */
function archive(symbol: number, cut: number): string {
  const before = uniform(symbol + 1);
  const after = uniform(symbol + 100);
  const lines: string[] = [];
  let [level, swing] = [100, 0];
  let close = 100;
  for (let ts = FIRST; ts < LAST; ts += FIVE) {
    const draw = ts < cut ? before : after;
    const normal = draw() + draw() + draw() + draw() - 2;
    const loud = draw() < 0.02 ? 6 : 1;
    level *= 1 + 0.0004 * normal;
    swing = 0.9 * swing + 0.002 * loud * (draw() - 0.5);
    const open = close;
    close = level * (1 + swing);
    const [high, low] = [Math.max(open, close) * 1.0002, Math.min(open, close) * 0.9998];
    const volume = 1000 * loud * (0.5 + draw());
    const prices = [open, high, low, close].map((p) => p.toFixed(6));
    const quote = volume * close;
    const flows = [volume, ts + FIVE - 1, quote, 100, volume / 2, quote / 2, 0];
    lines.push([ts, ...prices, ...flows].join());
  }
  return `${lines.join('\n')}\n`;
}

let project: TestProject;
const outputs: Record<string, string>[] = [];

const DECIDED = {
  'the finds': 'fold/discovery/found@once:1.candidates',
  'the atoms': 'fold/atoms@once:1.atoms',
  'the streams': 'fold/atoms@once:1.returns',
  'equal weights': 'fold/allocation/weights@once:1:equal_weight.weights',
  'least-variance weights': 'fold/allocation/weights@once:1:min_variance.weights',
};
const EARNED = 'fold/allocation/lived@once:1:equal_weight.returns';

beforeAll(async () => {
  project = new TestProject(['nodes', 'spec', 'dags']);
  project.write({ 'dags/lookahead.yaml': PIPELINE, 'spec/quality/lax.yaml': LAX });
  project.build();
  for (const [i, cut] of [LAST, TRAIN_TO].entries()) {
    const file = (symbol: string) => `bars${i}/${symbol}.csv`;
    project.write(Object.fromEntries(SYMBOLS.map((s, k) => [file(s), archive(k, cut)])));
    const ran = await project.dag('run', 'dags/lookahead.yaml', '--set', `raw=bars${i}`);
    if (ran.code !== 0) throw new Error(`${ran.out}\n${ran.err}`);
    const found: Record<string, string> = {};
    for (const name of [...Object.values(DECIDED), EARNED]) {
      found[name] = (await project.dag('show', name, '--csv')).out;
    }
    outputs.push(found);
  }
}, 180_000);
afterAll(() => project.remove());

describe('a fold knows nothing of what comes after its training window', () => {
  for (const [what, name] of Object.entries(DECIDED)) {
    it(`${what} are the same`, () => {
      const [whole = {}, other = {}] = outputs;
      expect(whole[name]?.split('\n').length).toBeGreaterThan(2);
      expect(other[name]).toBe(whole[name]);
    });
  }
  it('what was earned is not', () => {
    const [whole = {}, other = {}] = outputs;
    expect(whole[EARNED]).toContain('2024-01-26');
    expect(other[EARNED]).not.toBe(whole[EARNED]);
  });
});
