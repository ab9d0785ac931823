import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { yearTeller } from '../../../nodes/events/quality/bars.js';

describe('the year of a time', () => {
  it('is that of its date, whichever times were asked before', () => {
    const times = fc.date({ noInvalidDate: true }).map(Number);
    const early = fc.date({ min: new Date(-63e12), max: new Date(-50e12) }).map(Number);
    fc.assert(
      fc.property(fc.array(fc.oneof(times, early)), (asked) => {
        const yearOf = yearTeller();
        const years = asked.map((time) => String(new Date(time).getUTCFullYear()));
        expect(asked.map(yearOf)).toEqual(years);
      }),
    );
    const yearOf = yearTeller();
    const asked = ['0050-06-01', '1950-06-01', '2024-02-29'].map(Date.parse);
    expect(asked.map(yearOf)).toEqual(['50', '1950', '2024']);
  });
});
