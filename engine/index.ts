/** The engine as one module: what nodes may use, and the two ways to start it. `dist/engine.js` is its bundle. */

export { runProgram } from './cli/program.js';
export { startWorker } from './run/worker.js';
export * from './sdk/index.js';
