import { describe, expect, it } from '@jest/globals';
import { run } from '../kit.js';
import { walk } from './series.js';
import * as slow from './slow.js';

const ROWS = 20_000;
const price = walk(11, ROWS, 1e5, 25);
/** Runs beside the price within a few ticks: what the test is about hides in the last digits. */
const close = walk(12, ROWS, 0, 1).map((v, i) => (price[i] ?? NaN) + v);
const far = walk(13, ROWS, 5e4, 25);
const changes = price.map((p, i) => p - (price[i - 1] ?? NaN));
const WINDOW = 1500;

/** A formula on levels about 1e5, its definition on one window, and the distance allowed, relative and absolute. */
const ROWS_OF: Readonly<
  Record<string, readonly [of: (from: number, to: number) => number, within: number]>
> = {
  'adf_p(price, 1500)': [(a, b) => slow.adf(price.slice(a, b), 0), 1e-9],
  'adf_p(price, 1500, lags=3)': [(a, b) => slow.adf(price.slice(a, b), 3), 1e-9],
  'adf_p(changes, 1500)': [(a, b) => slow.adf(changes.slice(a, b), 0), 1e-9],
  'coint_p(far, price, 1500)': [(a, b) => slow.coint(far.slice(a, b), price.slice(a, b), 1), 1e-9],
  'coint_p(close, price, 1500)': [
    (a, b) => slow.coint(close.slice(a, b), price.slice(a, b), 1),
    1e-8,
  ],
  'ljung_box_p(changes, 5, 1500)': [(a, b) => slow.ljungBox(changes.slice(a, b), 5), 1e-9],
  'memory(price, window=1500)': [(a, b) => slow.memory(price.slice(a, b), 0.02, 20), 0],
  'memory(changes, window=1500)': [(a, b) => slow.memory(changes.slice(a, b), 0.02, 20), 0],
  'permutation_entropy(price, 1500, order=5)': [
    (a, b) => slow.permutationEntropy(price.slice(a, b), 5),
    1e-12,
  ],
  'haar_energy(price, 1500)': [(a, b) => slow.haarEnergy(price.slice(a, b), 3), 1e-12],
};

/** Hurst keeps no sums from row to row: its accuracy does not depend on length, and the oracle covers it. */
describe('20,000 rows at price level', () => {
  for (const [call, [of, within]] of Object.entries(ROWS_OF))
    it(`${call} within ${within}`, () => {
      const found = run(call, { price, far, close, changes });
      for (let row = WINDOW + 70; row < ROWS; row += 1997) {
        const expected = of(row - WINDOW + 1, row + 1);
        const own = Number(found[row]);
        if (Math.abs(own - expected) > within * Math.abs(expected))
          expect([row, own]).toEqual([row, expected]);
      }
    });
});
