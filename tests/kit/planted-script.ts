import { stdout } from 'node:process';
import { type Frame, isFrame } from '../../engine/frame/frame.js';
import clean from '../../nodes/clean/market.js';
import decide from '../../nodes/discovery/decide.js';
import expectancy from '../../nodes/discovery/expectancy.js';
import gates from '../../nodes/discovery/gates.js';
import grid from '../../nodes/discovery/grid.js';
import multiplicity from '../../nodes/discovery/multiplicity.js';
import shrinkage from '../../nodes/discovery/shrinkage.js';
import merge from '../../nodes/events/merge.js';
import registry from '../../nodes/events/registry.js';
import table from '../../nodes/features/table.js';
import ingest from '../../nodes/ingest/market.js';
import { driftsOf } from '../../nodes/ingest/simulator/planted.js';
import { event } from '../../nodes/kinds/event.js';
import { feature } from '../../nodes/kinds/feature.js';
import { gates as gatesKind } from '../../nodes/kinds/gates.js';
import { market } from '../../nodes/kinds/market.js';
import { target } from '../../nodes/kinds/target.js';
import targets from '../../nodes/targets/table.js';
import { bare } from './bare.js';
import { continuation, costly, reversion } from './research.js';
import { installFormulas, specsOf } from './specs.js';

/** What discovery finds in the built-in markets, and what was planted: `MARKET` or `effects` → counts. */

const FIVE = 300_000;
const DAY = 86_400_000;
const [asked = ''] = process.argv.slice(2);
const SEED = 7;
const SYMBOLS = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT', 'DDDUSDT'];
const EPOCH = Date.UTC(2023, 11, 1);
const SPAN = { from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 3, 1) };
const WARMUP = 31 * DAY;
const HORIZONS = [1, 3, 6, 12, 48, 288].map((bars) => {
  return { hold: bars * FIVE, outcome: `forward_return_${bars}` };
});

installFormulas();
/** A built-in market with a late epoch; `times` makes its effects larger, as few symbols and a short span need. */
const one = (id: string, times = 1) => {
  const [found] = specsOf(market, id);
  if (!found?.simulator) throw new Error(`${id} is no simulated market`);
  const planted = found.simulator.planted.map((p) => ({ ...p, drift: times * p.drift }));
  return { ...found, simulator: { ...found.simulator, epoch: EPOCH, planted } };
};
const frameOf = (value: unknown): Frame => {
  if (!isFrame(value)) throw new Error('no frame');
  return value;
};
const barsOf = async (spec: ReturnType<typeof one>, symbol: string) =>
  bare(ingest, {}, { market: spec, symbol, span: SPAN, warmup: WARMUP }, SEED);

/** Families of the planted effects, and many events besides that see nothing planted. */
const FAMILIES = ['VOLATILITY_TRANSITION', 'STATISTICAL_DISLOCATION', 'FORCED_FLOW_AND_EXHAUSTION'];
const tried = specsOf(event, 'spec/events/**/*.yaml').filter((e) => FAMILIES.includes(e.family));

/** Events of every symbol, and what discovery makes of them. */
async function discovered(spec: ReturnType<typeof one>, specs: typeof tried) {
  const features = specsOf(feature, 'spec/features/**/*.yaml');
  const gathered = { features: [] as object[], funding: [] as object[], targets: [] as object[] };
  for (const symbol of SYMBOLS) {
    const cleaning = { funding_scale: 'decimal', quiet: 0 };
    const grid = { spacing: FIVE, span: SPAN, warmup: WARMUP, ...cleaning };
    const { bars, funding } = await bare(clean, await barsOf(spec, symbol), grid);
    const made = await bare(table, { bars, funding }, { specs: features, spacing: FIVE });
    const outcomes = { specs: specsOf(target, 'spec/targets/**/*.yaml'), spacing: FIVE };
    const { targets: seen } = await bare(targets, { features: bars }, outcomes);
    const at = { symbol };
    gathered.features.push({ at, value: made.features });
    gathered.funding.push({ at, value: funding });
    gathered.targets.push({ at, value: seen });
  }
  const registries: object[] = [];
  for (const spec of specs) {
    const { events } = await bare(registry, gathered, { event: spec, spacing: FIVE });
    registries.push({ at: { event: spec.id }, value: events });
  }
  const { events } = await bare(merge, { registries }, {});
  const templates = [continuation, reversion];
  const { decisions } = await bare(
    decide,
    { events, features: gathered.features },
    { templates, specs, spacing: FIVE },
  );
  const { hypotheses } = await bare(
    grid,
    {},
    {
      market: spec,
      symbols: SYMBOLS,
      specs,
      features: specsOf(feature, 'spec/features/**/*.yaml'),
      templates,
      outcomes: ['forward_return'],
      horizons: HORIZONS,
      entry_lag: 1,
      by: ['pooled'],
      states: [],
      budget: { tests: 10_000, horizons: 3, symbols: 10, source_states: 3, family_states: 2 },
    },
  );
  const { tests } = await bare(
    expectancy,
    { decisions, targets: gathered.targets, hypotheses },
    { cost: costly, least: 30, least_days: 20, draws: 500, floor: 0.02 },
    SEED,
  );
  const fixed = { family: 1000, event: 300, state: 100 };
  const learning = { adaptive: true, fixed, least: 5, most: 5000, enough: 200 };
  const { effects } = await bare(shrinkage, { tests }, learning);
  const { corrected } = await bare(multiplicity, { tests }, { fdr: 0.05, correction: 'bh' });
  const [standard] = specsOf(gatesKind, 'standard');
  const ins = { tests, effects, corrected };
  const { candidates } = await bare(gates, ins, { fdr: 0.05, gates: standard });
  return { events: frameOf(events), candidates: frameOf(candidates) };
}

/** Finds, how many hypotheses had a p-value, and the least of them. */
async function finds(id: string) {
  const { candidates } = await discovered(one(id, 2), tried);
  const rows = [...candidates.rows()];
  const name = (r: (typeof rows)[number]) => `${r.event} ${r.template} ${r.horizon}`;
  return {
    tested: rows.filter((r) => r.q !== null).length,
    found: rows.filter((r) => r.passed === true).map(name),
  };
}

/** Whether drifts are where and as large as the spec says, and whether events see the bars that fired. */
async function effects() {
  const demo = one('demo');
  const whole = { gaps_per_month: 0, outages_per_month: 0, bad_ticks_per_month: 0 };
  const still = { ...demo, simulator: { ...demo.simulator, ...whole, planted: [] } };
  const moved = { ...demo, simulator: { ...demo.simulator, ...whole } };
  const names = demo.simulator.planted.map((p) => p.event);
  const named = tried.filter(({ id }) => names.includes(id));
  const { events } = await discovered(demo, named);
  const told = new Set([...events.rows()].map((r) => `${r.event} ${r.symbol} ${r.ts}`));
  const seen: Record<string, { fired: number; seen: number }> = {};
  let [alone, worst, early] = [0, 0, 0];
  for (const symbol of SYMBOLS) {
    const all = { from: EPOCH, to: SPAN.to };
    const long = { symbol, span: all, warmup: 0 };
    const base = frameOf((await bare(ingest, {}, { market: still, ...long }, SEED)).raw);
    const with_ = frameOf((await bare(ingest, {}, { market: moved, ...long }, SEED)).raw);
    // Every effect of the demo has a chance of 1.
    const drifts = driftsOf(
      { self: base },
      demo,
      () => 0,
      (problems) => {
        throw new Error(problems.join());
      },
    );
    const [quiet, loud, ts] = [base.column('close'), with_.column('close'), base.time('ts')];
    const offset = (row: number) => Math.log((loud[row] ?? NaN) / (quiet[row] ?? NaN));
    const first = Math.min(...drifts.map((d) => d.row));
    for (let row = 0; row <= first; row++) early = Math.max(early, Math.abs(offset(row)));
    for (const { effect, row, size } of drifts) {
      const count = effect.over / FIVE;
      const near = drifts.filter((d) => Math.abs(d.row - row) <= 24).length;
      if (near === 1 && row + count < base.length) {
        alone += 1;
        const half = offset(row + count / 2) - offset(row);
        worst = Math.max(worst, Math.abs(offset(row + count) - offset(row) - size));
        worst = Math.max(worst, Math.abs(half - size / 2));
      }
      if ((ts[row] ?? NaN) < SPAN.from) continue;
      seen[effect.event] ??= { fired: 0, seen: 0 };
      const tally = seen[effect.event];
      if (!tally) continue;
      tally.fired += 1;
      if (told.has(`${effect.event} ${symbol} ${ts[row]}`)) tally.seen += 1;
    }
  }
  return { alone, worst, early, seen };
}

stdout.write(JSON.stringify(asked === 'effects' ? await effects() : await finds(asked)));
