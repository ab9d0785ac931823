import { describe, expect, it } from '@jest/globals';
import { claimOf, halfWidth, meanError } from '../../../nodes/report/sections/claims.js';
import { byNearness, hypothesesIn } from '../../../nodes/report/sections/found.js';
import { horizonPlot } from '../../../nodes/report/sections/horizons.js';
import { misses } from '../../../nodes/report/sections/misses.js';
import { FIVE } from '../../kit/research.js';
import { candidatesOf } from './research-kit.js';

/* What an estimate may be off by, for every way in which it can have been judged, and in which order estimates are told. */

const [base] = hypothesesIn(candidatesOf({ count: 1, passed: 0 }));
if (!base) throw new Error('no hypothesis');
const origin = { port: 'candidates', digest: 'd' };
/** 26 days; a spread of 100 basis points over 25 independent occurrences is an error of 20. */
const one = { ...base, days: 26, mean: 0.003, spread: 0.01, effective: 25, se: 0.0004, t: 3 };

describe('what an estimate may be off by', () => {
  it.each([
    ['mean', 0.0004],
    [null, 0.0004],
    ['lift', 0.002],
    ['tail', 0.002],
    ['hits', 0.002],
  ])('the error of the mean, judged by %s', (judged, error) =>
    expect(meanError({ ...one, judged })).toBeCloseTo(error, 15),
  );

  it.each([
    // Quantile 0.975 of t: 2.0595 with 25 degrees, 12.7062 with one (Abramowitz & Stegun, table 26.10).
    [26, 2.0595],
    [2, 12.7062],
  ])('half a width by %d days', (days, half) =>
    expect(halfWidth({ ...one, days }, 1)).toBeCloseTo(half, 4),
  );

  it('one day tells nothing', () => expect(halfWidth({ ...one, days: 1 }, 1)).toBeNaN());

  it.each([
    ['mean', {}, undefined],
    ['lift', {}, 'tested by lift: 12.0 ± 8.2 bp'],
    ['tail', {}, 'tested by tail: 12.0 ± 8.2 bp'],
    ['hits', { se: 0.01, t: 4 }, 'tested by hits: 4.0 ± 2.1 percentage points above a half'],
    ['adverse', { se: 0.001, t: 3 }, 'tested by its mean, which is weaker than its adverse'],
    ['lift', { se: null }, undefined],
  ])('what is claimed of %s', (judged, more, words) =>
    expect(claimOf({ ...one, judged, ...more })).toBe(words),
  );
});

describe('what came nearest', () => {
  // The first has the least p and fails more gates than the second.
  const near = [
    {
      ...one,
      id: 'a',
      event: 'FAR',
      judged: 'lift',
      p: 1e-6,
      q: 0.2,
      failed: ['multiplicity', 'edge'],
    },
    { ...one, id: 'b', event: 'NEAR', judged: 'lift', p: 1e-3, q: 0.9, failed: ['multiplicity'] },
  ].map((h) => ({ ...h, passed: false }));

  it('has one order in plot and table, and both say it', () => {
    const [plot] = horizonPlot(near, FIVE, origin);
    const table = misses(near, undefined, FIVE, () => origin);
    if (plot?.kind !== 'plot' || table.kind !== 'table') throw new Error('no plot, no table');
    expect(near.sort(byNearness).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(plot.says.indexOf('NEAR')).toBeLessThan(plot.says.indexOf('FAR'));
    expect(table.rows.map(([name]) => name?.split(' ')[0])).toEqual(['NEAR', 'FAR']);
    for (const words of [plot.says, table.title])
      expect(words).toContain('fewest failed gates first');
  });

  it('has an interval whatever it was tested by', () => {
    const [plot] = horizonPlot(near, FIVE, origin);
    if (plot?.kind !== 'plot') throw new Error('no plot');
    expect(plot.svg.match(/stroke-width="2"/g)).toHaveLength(2);
    expect(plot.says).toContain('30.0 ± 41.2 bp (tested by lift: 12.0 ± 8.2 bp)');
  });
});
