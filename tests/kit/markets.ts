import { market } from '../../nodes/kinds/market.js';
import { specsOf } from './specs.js';

/** A simulated market as a node receives it. */
function world(id: string) {
  const [found] = specsOf(market, id);
  if (!found?.simulator) throw new Error(`spec/markets/${id}.yaml declares no world`);
  return { ...found, simulator: found.simulator };
}

export const demo = world('demo');
/** The same world without planted effects; quicker, since days before the span need not be drawn. */
export const placebo = world('placebo');
