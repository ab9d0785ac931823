import { Frame } from '../../../engine/sdk/index.js';
import type { Settings, Streams } from './settings.js';

const INTEREST = 1e-4;
const BAND = 5e-4;
const CAP = 3e-3;
const STICKY = 0.92;
const NOISE = 1.6e-4;

/**
 * Funding prints of a symbol in [from, to): a slow premium, pulled to the interest rate inside a band as exchanges do it,
 * so that many prints sit exactly at one basis point. Some stamps are a few milliseconds late.
 */
export function simulateFunding(
  symbol: string,
  from: number,
  to: number,
  settings: Settings,
  random: Streams,
): Frame {
  const every = settings.funding_interval;
  const draws = random(symbol, 'funding');
  const [times, rates]: [number[], number[]] = [[], []];
  let premium = 0;
  for (let print = 0; settings.epoch + print * every < to; print++) {
    const draw = draws.at(print);
    premium = STICKY * premium + NOISE * draw.normal();
    const late = draw.uniform() < 0.06 ? 1 + draw.integer(24) : 0;
    const ts = settings.epoch + print * every;
    if (ts < from) continue;
    const pulled = premium + clip(INTEREST - premium, -BAND, BAND);
    times.push(ts + late);
    rates.push(Math.round(clip(pulled, -CAP, CAP) * 1e8) / 1e8);
  }
  return Frame.of({
    ts: { dtype: 'time', values: Float64Array.from(times) },
    rate: Float64Array.from(rates),
  });
}

function clip(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
