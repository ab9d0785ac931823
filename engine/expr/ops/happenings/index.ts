export { bars_since } from './bars_since.js';
export { cooldown } from './cooldown.js';
export { latch } from './latch.js';
export { followed } from './then.js';
