import { describe, expect, it } from '@jest/globals';
import clean from '../../../nodes/clean/market.js';
import { rawBarsShape } from '../../../nodes/ingest/tables/raw-bars.js';
import { shapesOf } from '../../kit/node.js';

const HOUR = 3_600_000;
const FIVE = 300_000;

/** Codes that the compiler tells of bars and a grid. */
const told = (bars: number, spacing: number) =>
  shapesOf(clean, { raw: rawBarsShape(bars) }, { spacing }).problems.map((p) => p.code);

describe('bars of another length than the contracts are for', () => {
  // A bar of an hour would be taken for known five minutes after its open.
  it.each([
    [FIVE, FIVE, []],
    [HOUR, FIVE, ['clean/other-bars']],
    [HOUR, HOUR, ['clean/other-bars']],
    [FIVE, HOUR, ['clean/other-grid']],
  ])('bars of %i ms on a grid of %i ms: %j', (bars, spacing, codes) => {
    expect(told(bars, spacing)).toEqual(codes);
  });
});
