export { cumsum } from './cumsum.js';
export { ema } from './ema.js';
export { psar } from './psar.js';
export { supertrend } from './supertrend.js';
