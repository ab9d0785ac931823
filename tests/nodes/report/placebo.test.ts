import { describe, expect, it } from '@jest/globals';
import { clopperPearson } from '../../../nodes/math/proportion.js';
import { calibrationLead, calibrationSection } from '../../../nodes/report/sections/calibration.js';

const found = (wrong: number, markets: number) => {
  const level = 0.05;
  const rate = clopperPearson(wrong, markets);
  return {
    markets,
    tests: 99,
    levels: [{ level, wrong, ...rate, kept: rate.low <= level }],
    passed: { wrong, ...rate },
    finds: {},
    ranks: [],
    tails: [{ limit: 0.05, share: null, error: null }],
  };
};

describe('what the placebo says of a promise', () => {
  it.each([
    [0, 200, 'the promise is kept'],
    [0, 20, 'nothing here speaks against the promise'],
    [10, 200, 'nothing here speaks against the promise'],
    [25, 200, 'THE PROMISE IS BROKEN'],
  ])('%d of %d markets with a find: %s', (wrong, markets, verdict) => {
    expect(calibrationLead(found(wrong, markets))[0]).toContain(verdict);
  });

  it('a share that nobody measured is no number', () => {
    const { blocks } = calibrationSection(found(0, 1), { port: 'calibration', digest: 'd' });
    const [, tails] = blocks.flatMap((block) => (block.kind === 'table' ? [block.rows] : []));
    expect(tails).toEqual([['p ≤ 0.050', '–', '–']]);
  });
});
