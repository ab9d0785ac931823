import { market } from '../../nodes/kinds/market.js';
import { specsOf } from './specs.js';

const [found] = specsOf(market, 'demo');
if (!found?.simulator) throw new Error('spec/markets/demo.yaml declares no world');

/** The demo market as a node receives it. */
export const demo = { ...found, simulator: found.simulator };
