import { textColumn } from '../../engine/sdk/index.js';
import { frame } from './frame.js';

/** Two plain hypotheses of the event E over all symbols, three bars from the entry: with it, and against it. */
export const hypotheses = frame({
  id: ['a', 'b'],
  market: ['m', 'm'],
  namespace: ['simulated', 'simulated'],
  event: ['E', 'E'],
  family: ['F', 'F'],
  symbol: textColumn([null, null]),
  state: textColumn([null, null]),
  judged: ['mean', 'mean'],
  base: textColumn([null, null]),
  up: textColumn([null, null]),
  down: textColumn([null, null]),
  range: textColumn([null, null]),
  fills: [2, 2],
  min_events: [NaN, NaN],
  template: ['continuation', 'mean_reversion'],
  direction: [1, -1],
  horizon: [3, 3],
  entry_lag: [1, 1],
  outcome: ['forward_3', 'forward_3'],
  needs: ['perp_ohlcv_5m', 'perp_ohlcv_5m'],
});
