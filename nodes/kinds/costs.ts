import type { Gathered, SpecOf } from '../../engine/sdk/index.js';
import type { cost } from './cost.js';

/** What the spreads of a window say about costs; null where there are too few bars to say it. */
export interface Costs {
  readonly [key: string]: unknown;
  readonly base_slippage_bps: number | null;
  readonly p75_spread_bps: number | null;
  /** Bars with a spread. */
  readonly n_bars: number;
  /** Whether there were enough of them; costs as declared stay otherwise. */
  readonly calibrated: boolean;
  /** Why costs as declared stay; null where they do not. */
  readonly reason: 'no_quotes' | 'few_quotes' | null;
}

type Spec = SpecOf<typeof cost>;
type Measured = readonly Gathered<Costs>[] | undefined;

/** Half the spread of one symbol, and where it is from. */
export interface HalfSpread {
  readonly bps: number;
  readonly from: 'quotes' | 'declared';
  /** Why it is the declared one. */
  readonly reason: 'declared' | 'not_measured' | 'no_quotes' | 'few_quotes' | null;
}

/** Half the spread that fills in a symbol pay: what quotes say where costs ask for that and they can, as declared elsewhere. */
export function halfSpreadOf(spec: Spec, measured: Measured, symbol: string): HalfSpread {
  const declared = { bps: spec.half_spread_bps, from: 'declared' } as const;
  if (spec.model === 'static') return { ...declared, reason: 'declared' };
  const own = measured?.find(({ at }) => at.symbol === symbol)?.value;
  if (own === undefined) return { ...declared, reason: 'not_measured' };
  const { base_slippage_bps: bps, reason } = own;
  return bps === null ? { ...declared, reason } : { bps, from: 'quotes', reason: null };
}

/** Cost of one fill in a symbol, fraction of notional: fee, half the spread, and the adverse move that no quote shows. */
export function fillCost(spec: Spec, measured: Measured, symbol: string): number {
  const { bps } = halfSpreadOf(spec, measured, symbol);
  return (spec.taker_bps + bps + spec.slippage_bps) / 10_000;
}
