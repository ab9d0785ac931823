import { Refusal } from '../../engine/diag/refusal.js';
import type { Frame } from '../../engine/frame/frame.js';
import { simulateMarket } from '../../nodes/ingest/simulator/market.js';
import type { Settings } from '../../nodes/ingest/simulator/settings.js';
import type { Given } from '../../nodes/ingest/tables/given.js';
import { drawsOf } from './draws.js';
import { placebo } from './markets.js';

type World = typeof placebo;
type Setting = Partial<Settings>;

/** The tables of one symbol of a simulated market, by default the one without effects; dates as in YAML, `to` excluded. */
export function simulated(
  symbol: string,
  from: string,
  to: string,
  {
    seed = 7,
    world = {},
    market = placebo,
  }: { readonly seed?: number; readonly world?: Setting; readonly market?: World } = {},
): Given {
  const spec = { ...market, simulator: { ...market.simulator, ...world } };
  const range = { from: Date.parse(from), to: Date.parse(to) };
  return simulateMarket(spec, symbol, range, {
    random: drawsOf('ingest.market', seed),
    refuse: (code, facts = {}) => {
      throw new Refusal([{ code, severity: 'error', message: JSON.stringify(facts), facts }]);
    },
  });
}

/** A column on a full grid of bars from a time on; missing where the table has no row. */
export function onGrid(
  frame: Frame,
  column: string,
  {
    from,
    bars,
    spacing = 300_000,
  }: { readonly from: number; readonly bars: number; readonly spacing?: number },
): Float64Array {
  const out = new Float64Array(bars).fill(Number.NaN);
  const [ts, values] = [frame.time('ts'), frame.column(column)];
  for (let i = 0; i < ts.length; i++) {
    const at = Math.floor(((ts[i] ?? 0) - from) / spacing);
    if (at >= 0 && at < bars) out[at] = values[i] ?? Number.NaN;
  }
  return out;
}
