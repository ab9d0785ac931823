import { expect, it } from '@jest/globals';
import { fitsTurnover } from '../../../nodes/math/turnover.js';

const NONE = Number.NaN;

it.each([
  ['within the prices', 90, 110, 10, 1000, true],
  ['at the high, and 1 % beyond for rounding', 90, 110, 10, 1111, true],
  ['more than that', 90, 110, 10, 1112, false],
  ['less than the low pays', 90, 110, 10, 890, false],
  ['volume and turnover swapped', 90, 110, 1000, 10, false],
  ['swapped below one', 0.09, 0.11, 10, 100, false],
  ['nothing traded', 90, 110, 0, 0, true],
  ['a turnover of nothing', 90, 110, 0, 1, false],
  ['so little that cents round it away', 0.9, 1.1, 0.001, 0, true],
  ['no turnover', 90, 110, 10, NONE, true],
  ['no volume', 90, 110, NONE, 10, true],
  ['no price', NONE, NONE, 10, 1, true],
])('%s', (_name, low, high, volume, turnover, fits) => {
  expect(fitsTurnover(low, high, volume, turnover)).toBe(fits);
});
