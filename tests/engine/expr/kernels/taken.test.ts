import { describe, expect, it } from '@jest/globals';
import { Taken } from '../../../../engine/expr/kernels/taken.js';
import { uniform } from '../../../bench/expr/bars.js';

describe('places below are counted as they are taken and freed', () => {
  it.each([0, 1, 31, 32, 33, 64, 1000, 1024])('of %i places', (places) => {
    const next = uniform(places + 1);
    const taken = new Taken(places);
    const held = new Set<number>();
    for (let step = 0; step < 4 * places; step += 1) {
      const place = Math.floor(next() * places);
      if (held.delete(place)) taken.remove(place);
      else {
        held.add(place);
        taken.add(place);
      }
      const end = Math.floor(next() * (places + 1));
      const expected = [...held].filter((at) => at < end).length;
      expect([taken.count, taken.below(end)]).toEqual([held.size, expected]);
    }
    expect(taken.below(places)).toBe(held.size);
  });
});
