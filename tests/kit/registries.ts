import { type Frame, isFrame } from '../../engine/frame/frame.js';
import { composedOperators, mentionsOf, type Tree } from '../../engine/sdk/index.js';
import clean from '../../nodes/clean/market.js';
import registry from '../../nodes/events/registry.js';
import context from '../../nodes/features/context.js';
import table from '../../nodes/features/table.js';
import schedule from '../../nodes/ingest/schedule.js';
import { event } from '../../nodes/kinds/event.js';
import { feature } from '../../nodes/kinds/feature.js';
import { treesOf } from '../../nodes/kinds/needs.js';
import { definitionsOf } from '../../nodes/kinds/occurrence.js';
import { bare } from './bare.js';
import { placebo } from './markets.js';
import { specsOf } from './specs.js';

const FIVE = 300_000;

type Tables = Readonly<Record<string, Frame | undefined>>;
export type Event = ReturnType<typeof specsOf<typeof event>>[number];
export type Feature = ReturnType<typeof specsOf<typeof feature>>[number];

/** One symbol as it was cleaned, with its features; `others` are tables no source of this project gives yet. */
export interface Lived {
  readonly symbol: string;
  readonly clean: Tables;
  readonly features: Frame;
}

/** What a registry counted of the symbols it was given. */
export interface Tally {
  readonly event: string;
  readonly available: boolean;
  readonly needs: readonly string[];
  readonly bars: number;
  readonly count: number;
  readonly by_symbol: Readonly<Record<string, number>>;
}

/** What a registry tells of them. */
export interface Registered {
  readonly events: Frame;
  readonly tally: Tally;
}

export const features = () => specsOf(feature, 'spec/features/**/*.yaml');
export const events = () => specsOf(event, 'spec/events/**/*.yaml');

/** Columns that formulas name, those inside composed operators with them. */
function namedBy(trees: readonly Tree[]): readonly string[] {
  const all = trees.flatMap((tree) => mentionsOf(tree, composedOperators()));
  return all.filter(({ kind }) => kind === 'name').map(({ name }) => name);
}

function readOf(spec: Event): readonly string[] {
  return namedBy(definitionsOf(spec).map(({ tree }) => tree));
}

/** The features an event stands on, through whatever features they name themselves. */
export function featuresOf(spec: Event, all: readonly Feature[]): readonly Feature[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const named = new Set(readOf(spec));
  // A set hands out what is added while it is walked.
  for (const name of named) {
    const one = byId.get(name);
    if (one) for (const other of namedBy(treesOf(one))) named.add(other);
  }
  return all.filter(({ id }) => named.has(id));
}

/** Clean tables of one symbol from its raw ones, wired as `dags/research.yaml` does. */
export async function cleaned(raw: Tables, span: object, warmup = 0): Promise<Tables> {
  const grid = { spacing: FIVE, span, warmup, funding_scale: 'decimal', quiet: 3_600_000 };
  return (await bare(clean, raw, grid)) as Tables; // frames, beside counts nobody reads here
}

/** The releases that the market without effects states. */
export async function released(span: object): Promise<Frame> {
  return frameIn(await bare(schedule, {}, { market: placebo, span, warmup: 0 }), 'news');
}

/** The features of one symbol from its clean tables. */
export async function featured(symbol: string, own: Tables, beside: Tables, specs = features()) {
  const { bars, funding, spot, open_interest, liquidations, tob, mark, premium } = own;
  const ins = { bars, funding, spot, open_interest, liquidations, tob, mark, premium, ...beside };
  const made = await bare(table, ins, { specs, spacing: FIVE, symbol });
  return { symbol, clean: own, features: frameIn(made, 'features') };
}

/** Features across all symbols, which are paired with the benchmark. */
export async function crossed(
  lived: readonly Lived[],
  specs = features(),
  benchmark = 'BTCUSDT',
): Promise<Frame> {
  const gathered = lived.map(({ symbol, features: value }) => ({ at: { symbol }, value }));
  const params = { specs, spacing: FIVE, pairs: {}, benchmark };
  return frameIn(await bare(context, { features: gathered }, params), 'context');
}

/** The registry of one event over all symbols. */
export async function registered(
  spec: Event,
  lived: readonly Lived[],
  cross?: Frame,
): Promise<Registered> {
  const gathered = (of: (one: Lived) => Frame | undefined) =>
    lived.map((one) => ({ at: { symbol: one.symbol }, value: of(one) }));
  // As in a pipeline, a registry is handed what it reads.
  const named = new Set(['ts', 'symbol', ...readOf(spec)]);
  const read = (frame: Frame) => frame.select(frame.names.filter((name) => named.has(name)));
  const ins = {
    features: gathered((one) => read(one.features)),
    context: cross && read(cross),
    funding: gathered((one) => one.clean.funding),
  };
  const told = await bare(registry, ins, { event: spec, spacing: FIVE });
  return { events: frameIn(told, 'events'), tally: told.tally as Tally };
}

function frameIn(outs: Readonly<Record<string, unknown>>, port: string): Frame {
  const value = outs[port];
  if (!isFrame(value)) throw new Error(`${port} is no frame`);
  return value;
}
