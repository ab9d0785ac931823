import type { Asset } from './asset.js';
import { Draws } from './draws.js';

const BPS = 1e-4;
/** What two order books, read one after the other, differ by, bps. */
const READING = 0.7;
/** How much of what forced orders do to the perpetual the spot market does not follow at once, and how long, in bars. */
const LEFT = 0.3;
const LEFT_BARS = 3;

/**
 * Log premium of the perpetual over spot at the close of each bar from the epoch on, known for days [from, to), missing before:
 * the symbol's usual one, what the demand for leverage adds, what forced orders leave for some bars, and noise. It returns to
 * its mean, and it is spot that moves then: the perpetual leads, so that the basis tells nothing about its next return.
 */
export function basisOf(asset: Asset, from: number, to: number): Float64Array {
  const { name, random, clock, settings, traits, demand, forced } = asset;
  const size = settings.basis * BPS;
  const fades = Math.exp(-1 / LEFT_BARS);
  const basis = new Float64Array(to * clock.bars).fill(Number.NaN);
  const stream = random(name, 'basis');
  const first = from * clock.bars;
  let draws: Draws | undefined;
  let left = 0;
  for (let bar = 0; bar < basis.length; bar++) {
    left = fades * left + LEFT * (forced[bar] ?? 0);
    if (bar < first) continue;
    if (bar % clock.bars === 0 || !draws) draws = new Draws(stream.at(bar / clock.bars));
    const slow = traits.premium + size * (demand[bar] ?? 0);
    basis[bar] = slow + left + READING * BPS * draws.normal();
  }
  return basis;
}
