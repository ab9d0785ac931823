import { type Frame, isFrame } from '../../engine/frame/frame.js';
import clean from '../../nodes/clean/market.js';
import registry from '../../nodes/events/registry.js';
import context from '../../nodes/features/context.js';
import table from '../../nodes/features/table.js';
import { event } from '../../nodes/kinds/event.js';
import { feature } from '../../nodes/kinds/feature.js';
import { bare } from './bare.js';
import { specsOf } from './specs.js';

const FIVE = 300_000;

type Tables = Readonly<Record<string, Frame | undefined>>;
export type Event = ReturnType<typeof specsOf<typeof event>>[number];

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

/** Clean tables of one symbol from its raw ones, wired as `dags/research.yaml` does. */
export async function cleaned(raw: Tables, span: object, warmup = 0): Promise<Tables> {
  const grid = { spacing: FIVE, span, warmup, funding_scale: 'decimal', quiet: 3_600_000 };
  return (await bare(clean, raw, grid)) as Tables; // frames, beside counts nobody reads here
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
  const ins = {
    features: gathered((one) => one.features),
    context: cross,
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
