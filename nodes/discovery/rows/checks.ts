import type { Frame, SpecOf } from '../../../engine/sdk/index.js';
import type { Calibration } from '../../kinds/calibration.js';
import type { promotion } from '../../kinds/promotion.js';
import { DAY } from '../../math/days.js';
import { dailyOutcomes } from '../../math/outcomes.js';
import { deflatedSharpe, probabilisticSharpe, sharpeRatio } from '../../math/sharpe.js';
import type { Interval } from '../../math/splits.js';
import { stability } from '../../math/stability.js';
import { variance } from '../../math/sum.js';
import type { Judged } from './judged.js';

type Limits = SpecOf<typeof promotion>;

/** What was tried, as far as promotion asks. */
export interface Tried {
  readonly ids: ReadonlySet<string | null>;
  /** Those that had a p-value: the others could not have been chosen. */
  readonly count: number;
  /** Variance of the Sharpe ratios over trials, per day. */
  readonly spread: number;
}

export function triedOf(trials: Frame): Tried {
  const tested = trials.flags('tested');
  const sharpes = trials.column('sharpe').filter((_, i) => tested[i] === 1);
  return { ids: new Set(trials.texts('id')), count: sharpes.length, spread: variance(sharpes) };
}

/** What the trades of a candidate say of it outside the sample. */
export interface Evidence {
  readonly consistency: number;
  readonly stability: number;
  readonly sharpe: number;
  readonly psr: number;
  readonly dsr: number;
  /** Return of each day of the window after costs; NaN on days without a trade. */
  readonly active: Float64Array;
}

/** Sharpe ratios are of all days of the window, 0 where nothing was traded: idle capital earns nothing. */
export function evidenceOf(
  trades: Judged,
  window: Interval,
  tried: Tried,
  { periods }: Limits,
): Evidence {
  const net = trades.gross.map((x, i) => x - (trades.cost[i] ?? NaN));
  const first = Math.floor(window.from / DAY);
  const count = Math.ceil(window.to / DAY) - first;
  const days = trades.times.map((ts) => Math.floor(ts / DAY));
  const daily = dailyOutcomes(net, days, first, count, 1);
  const active = new Set(days.map((day) => day - first));
  const ratio = sharpeRatio(daily);
  const known = tried.count > 0 && !Number.isNaN(tried.spread);
  const steady = stability(net, trades.times, window, periods);
  return {
    consistency: steady.consistency,
    stability: steady.score,
    sharpe: ratio.sharpe,
    psr: probabilisticSharpe(ratio),
    dsr: known ? deflatedSharpe(ratio, tried.count, tried.spread).probability : NaN,
    active: daily.map((x, day) => (active.has(day) ? x : NaN)),
  };
}

/** What is known of a candidate before the checks. */
export interface Found extends Evidence {
  readonly id: string;
  readonly q: number;
  readonly n: number;
  readonly tradable: boolean;
  readonly survival: number;
}

/** A check: its name in `reasons`, and whether it is met. */
type Check = readonly [name: string, met: boolean];

/** Share of the markets without effects in which the same hypothesis passed every gate. */
function passesIn({ finds, markets }: Calibration, id: string): number {
  return (finds[id] ?? 0) / markets;
}

/** The six checks of promotion, each of one or more parts; a missing number meets none. */
export function checksOf(
  found: Found,
  tried: Tried,
  control: Calibration | undefined,
  limits: Limits,
): readonly (readonly Check[])[] {
  return [
    [
      ['multiplicity', found.q <= limits.q_most],
      ['sample', found.n >= limits.least],
    ],
    [
      ['consistency', found.consistency >= limits.consistency_least],
      ['stability', found.stability >= limits.stability_least],
    ],
    [['survival', found.survival >= limits.survival_least]],
    [
      control
        ? ['control', passesIn(control, found.id) <= limits.control_most]
        : ['no_control', !limits.control_required],
    ],
    [['audit', tried.ids.has(found.id)]],
    [
      ['bridge', found.tradable],
      ['psr', found.psr >= limits.psr_least],
      ['dsr', found.dsr >= limits.dsr_least],
    ],
  ];
}
