import { HOURS, type Settings, type Streams } from './settings.js';

/** What a random walk does in one day, before its bars are drawn. */
export interface WalkDay {
  /** Expected sum of squared log returns of the day. */
  readonly variance: number;
  /** Log return of the day. */
  readonly move: number;
  /** Log volatility against its mean at each full hour, 25 values. */
  readonly mood: Float64Array;
}

const MEMORY = 72;
const DECAY = 0.93;

/** Weights of the last shocks, newest first, with squares that sum to 1: volatility clusters and forgets in three days. */
const KERNEL = kernel();

function kernel(): Float64Array {
  const weights = new Float64Array(MEMORY);
  let weight = 1;
  let squares = 0;
  for (let i = 0; i < MEMORY; i++) {
    weights[i] = weight;
    squares += weight * weight;
    weight *= DECAY;
  }
  return weights.map((w) => w / Math.sqrt(squares));
}

/**
 * The days of one random walk from the epoch on. A day's state depends on its number and the three days before, never on
 * where the sample starts, so a longer span has the same earlier days.
 * @param daily  Usual variance of a day.
 * @param scale  Variance of each day against the usual one.
 */
export function walk(
  name: string,
  daily: number,
  scale: Float64Array,
  settings: Settings,
  random: Streams,
): readonly WalkDay[] {
  const c = settings.clustering;
  const shocks = new Float64Array((scale.length + 1) * HOURS + MEMORY);
  const [hours, moves] = [random(name, 'hours'), random(name, 'moves')];
  const days: WalkDay[] = [];
  let last = 0;
  for (let day = 0; day < scale.length; day++) {
    const draws = hours.at(day);
    const mood = new Float64Array(HOURS + 1);
    mood[0] = last;
    let mean = 0;
    for (let hour = 0; hour < HOURS; hour++) {
      const at = MEMORY + day * HOURS + hour;
      shocks[at] = draws.normal();
      last = c * remembered(shocks, at);
      mood[hour + 1] = last;
      mean += Math.exp(2 * last - 2 * c * c) / HOURS;
    }
    const variance = daily * (scale[day] ?? 1) * mean;
    days.push({ variance, move: Math.sqrt(variance) * moves.at(day).normal(), mood });
  }
  return days;
}

function remembered(shocks: Float64Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < MEMORY; i++) sum += (KERNEL[i] ?? 0) * (shocks[at - i] ?? 0);
  return sum;
}

/** Log returns of the bars of one day. */
export interface Path {
  readonly returns: Float64Array;
  /** Variance of each bar given the day's. */
  readonly variances: Float64Array;
}

/**
 * The bars of one day: normal draws with the day's pattern of variance, shifted so that they sum to the day's move. Given
 * the variances such a bridge is exactly a random walk, so no bar tells the next one's direction.
 * @param usual  Usual activity of each bar of the day.
 * @param draws  Stream of that day.
 */
export function bridge(
  day: WalkDay,
  usual: Float64Array,
  tails: number,
  draws: { uniform(): number; normal(): number },
): Path {
  const bars = usual.length;
  const variances = new Float64Array(bars);
  const returns = new Float64Array(bars);
  let total = 0;
  for (let i = 0; i < bars; i++) {
    const at = (i / bars) * HOURS;
    const [from, to] = [day.mood[Math.floor(at)] ?? 0, day.mood[Math.floor(at) + 1] ?? 0];
    const mood = from + (to - from) * (at - Math.floor(at));
    const spread = draws.uniform() < tails ? 9 : 1;
    variances[i] = (usual[i] ?? 1) * Math.exp(2 * mood) * spread;
    total += variances[i] ?? 0;
  }
  let sum = 0;
  for (let i = 0; i < bars; i++) {
    variances[i] = (day.variance * (variances[i] ?? 0)) / total;
    returns[i] = Math.sqrt(variances[i] ?? 0) * draws.normal();
    sum += returns[i] ?? 0;
  }
  const rest = (day.move - sum) / day.variance;
  for (let i = 0; i < bars; i++) returns[i] = (returns[i] ?? 0) + rest * (variances[i] ?? 0);
  return { returns, variances };
}
