import type { Context, SpecOf } from '../../../engine/sdk/index.js';
import type { market } from '../../kinds/market.js';
import type { Dataset, Given, Range } from '../tables/given.js';
import { type Asset, assetOf } from './asset.js';
import { asTraded, barsOf } from './bars.js';
import { tableBeside } from './beside.js';
import { bookOf } from './book.js';
import { FAULTLESS } from './faults.js';
import { fundingOf } from './funding.js';
import { liquidationsOf } from './liquidations.js';
import { openInterestOf } from './open-interest.js';
import { driftsOf, pushes, tablesNamed } from './planted.js';
import { positionsOf } from './positions.js';
import { type Scene, sceneOf } from './scene.js';
import { DAY, dayOf, type Settings, type Streams } from './settings.js';
import { spotOf } from './spot.js';

// 1. The state of every bar from the epoch on: the market's, the symbol's, and what they make together.
// 2. Where the world has planted effects: the bars without them, the firings in these, and what they push.
// 3. The tables of the range, each with draws of its own.

type Market = SpecOf<typeof market>;
type World = Pick<Context, 'random' | 'refuse'>;

/** Why a world cannot be simulated. */
export const WORLD_ERRORS = {
  'ingest/no-world': 'The market {market} is simulated, but declares no world under `simulator:`.',
  'ingest/unsound-effect': 'The effects planted in {market} cannot be computed: {problems}.',
  'ingest/uneven-effect':
    'Effect {effect} of {market} drifts over {over} ms, which is not a whole number of bars of {spacing} ms.',
  'ingest/uneven-funding':
    'Funding of {market} is settled every {every} ms, of which a day is not a whole number.',
  'ingest/before-epoch': 'The world of {market} begins on {epoch}; {from} is asked for.',
} as const;

/** The data sets a simulated market has beside bars and funding. */
export function simulatedDatasets({ simulator }: Market): ReadonlySet<Dataset> {
  return new Set<Dataset>(simulator?.tables ?? []);
}

/**
 * Tables of one symbol of a simulated market; a row depends on world, seed, symbol and time alone.
 * @throws  what `WORLD_ERRORS` names.
 */
export function simulateMarket(spec: Market, symbol: string, range: Range, ctx: World): Given {
  const world = spec.simulator ?? ctx.refuse('ingest/no-world', { market: spec.id });
  if (range.from < world.epoch) {
    const facts = { market: spec.id, epoch: day(world.epoch), from: day(range.from) };
    ctx.refuse('ingest/before-epoch', facts);
  }
  for (const every of [world.funding_interval, ...world.funding_changes.map((c) => c.every)]) {
    if (DAY % every !== 0) ctx.refuse('ingest/uneven-funding', { market: spec.id, every });
  }
  const random: Streams = (...labels) => ctx.random(...labels);
  const { epoch } = world;
  const clock = { epoch, spacing: spec.spacing, bars: Math.max(1, DAY / spec.spacing) };
  const asset = assetOf(symbol, dayOf(range.to - 1, clock) + 1, world, clock, random);
  const push = world.planted.length === 0 ? undefined : pushOf(asset, spec, range, ctx);
  const scene = sceneOf(asset, range, push);
  return {
    raw: barsOf(scene),
    funding: fundingOf(scene, range),
    ...beside(scene, new Set(world.tables)),
  };
}

/** The tables beside bars and funding that the world has. */
function beside(
  scene: Scene,
  tables: ReadonlySet<Settings['tables'][number]>,
): Omit<Given, 'raw' | 'funding'> {
  const held = tables.has('open_interest') || tables.has('liquidations');
  const positions = held ? positionsOf(scene.asset) : undefined;
  return {
    ...(tables.has('spot') && { spot: spotOf(scene) }),
    ...(positions &&
      tables.has('open_interest') && { open_interest: openInterestOf(scene, positions) }),
    ...(positions &&
      tables.has('liquidations') && { liquidations: liquidationsOf(scene, positions) }),
    ...(tables.has('tob') && { tob: bookOf(scene) }),
  };
}

/** What the world's effects add to the log price of each bar from the epoch on, given the bars without them. */
function pushOf(asset: Asset, spec: Market, range: Range, ctx: World): Float64Array {
  const { id, spacing } = spec;
  for (const { id: effect, over } of spec.simulator?.planted ?? []) {
    if (over > 0 && over % spacing === 0) continue;
    ctx.refuse('ingest/uneven-effect', { effect, market: id, over, spacing });
  }
  const life = { from: asset.clock.epoch, to: range.to };
  const scene = { ...sceneOf(asset, life, undefined), faults: FAULTLESS };
  const beside = tablesNamed(spec).map((table) => [table, tableBeside(table, scene)] as const);
  const drifts = driftsOf(
    { self: asTraded(scene), ...Object.fromEntries(beside) },
    spec,
    (effect, row) => {
      const lot = ctx.random(asset.name, 'planted', effect).at(scene.from + row);
      return lot.uniform();
    },
    (problems) => ctx.refuse('ingest/unsound-effect', { market: id, problems }),
  );
  const push = new Float64Array(asset.levels.length);
  push.set(pushes(drifts, scene.to - scene.from, spacing), scene.from);
  return push;
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
