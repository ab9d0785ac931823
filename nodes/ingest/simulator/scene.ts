import type { Range } from '../tables/given.js';
import type { Asset } from './asset.js';
import { basisOf } from './basis.js';
import { type Faults, faultsOf } from './faults.js';
import { barAt } from './settings.js';
import { type Shapes, shapesOf } from './shapes.js';

/** What every table of a symbol is made from. */
export interface Scene {
  readonly asset: Asset;
  /** Bars that are asked for and were traded: [from, to), numbered from the epoch. */
  readonly from: number;
  readonly to: number;
  /** Log price at the close of each bar with everything that planted effects add; bars from the epoch on. */
  readonly levels: Float64Array;
  /** Log premium over spot at the close of each bar from the day before the range on; missing before it. */
  readonly basis: Float64Array;
  readonly shapes: Shapes;
  readonly faults: Faults;
}

/**
 * The scene of a range of time.
 * @param push  What planted effects add to the log price in each bar from the epoch on.
 */
export function sceneOf(asset: Asset, range: Range, push: Float64Array | undefined): Scene {
  const { clock, listing, settings, name, random } = asset;
  const to = Math.min(barAt(listing.delisted ?? range.to, clock), barAt(range.to, clock));
  const first = Math.max(barAt(listing.listed, clock), barAt(range.from, clock));
  const from = Math.min(first, Math.max(0, to));
  // The bar before the range belongs to readings at its start, the day before it to the first settlement.
  const day = Math.max(0, Math.floor((from - 1) / clock.bars) - 1);
  const last = Math.max(day, Math.ceil(to / clock.bars));
  return {
    asset,
    from,
    to: Math.max(from, to),
    levels: pushed(asset.levels, push),
    basis: basisOf(asset, day, last),
    shapes: shapesOf(asset, day, last),
    faults: faultsOf(name, day, last, settings, clock, random),
  };
}

/** Levels with what is pushed on top. */
function pushed(levels: Float64Array, push: Float64Array | undefined): Float64Array {
  if (!push) return levels;
  let sum = 0;
  return levels.map((level, i) => {
    sum += push[i] ?? 0;
    return level + sum;
  });
}

/** The time a bar opens. */
export function opens({ asset: { clock } }: Pick<Scene, 'asset'>, bar: number): number {
  return clock.epoch + bar * clock.spacing;
}

/** Log price at the open of a bar, which is that at the close before. */
export function openOf({ asset, levels }: Pick<Scene, 'asset' | 'levels'>, bar: number): number {
  return levels[bar - 1] ?? Math.log(asset.traits.price);
}

/** Whether the exchange was up in a bar. */
export function traded({ faults }: Pick<Scene, 'faults'>, bar: number): boolean {
  return !faults.absent.has(bar) && !faults.flat.has(bar);
}
