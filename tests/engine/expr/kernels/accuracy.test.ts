import { describe, expect, it } from '@jest/globals';
import { hardCase, KERNELS, worstOf } from './accuracy.js';

/** The bench checks the ten million rows of the promise; a fiftieth of them shows errors of the same size. */
const ROWS = 200_000;

describe('moments of hard prices around 1e5 keep twelve digits', () => {
  const data = hardCase(ROWS);
  for (const [window, samples] of [
    [12, 15],
    [96, 12],
    [2016, 1],
  ] as const)
    it.each(Object.keys(KERNELS))(`%s over ${window} rows`, (name) => {
      const worst = worstOf(name, data, window, samples);
      expect(worst.error > 1e-12 ? worst : 'twelve digits').toBe('twelve digits');
    });
});
