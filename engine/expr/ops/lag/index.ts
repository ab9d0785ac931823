export { ahead } from './ahead.js';
export { at } from './at.js';
export { lag } from './lag.js';
