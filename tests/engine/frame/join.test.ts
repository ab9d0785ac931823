import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asofRows, exactRows } from '../../../engine/frame/align.js';
import { asof, joinExact } from '../../../engine/frame/join.js';
import { expectFrame, frame } from '../../kit/frame.js';
import { expectRefusal } from './kit/refusal.js';

const bars = frame({ ts: [0, 5, 10, 15], close: [1, 2, 3, 4] }, { close: 'usd' });

describe('joinExact', () => {
  it('matches equal times; what is absent there is missing here', () => {
    const spot = frame(
      { ts: [5, 7, 15], close: [20, 21, 22], up: [true, false, true], by: ['x', 'y', 'z'] },
      { close: 'usd' },
    );
    const joined = joinExact(bars, spot, 'ts', ['close', 'up', 'by'], 'spot_');
    const { NaN: gap } = Number;
    expectFrame(joined).toEqual(
      frame(
        {
          ts: [0, 5, 10, 15],
          close: [1, 2, 3, 4],
          spot_close: [gap, 20, gap, 22],
          spot_up: [null, true, null, true],
          spot_by: [null, 'x', null, 'z'],
        },
        { close: 'usd', spot_close: 'usd' },
      ),
    );
  });

  it('makes numbers in ms of joined times, since they may be missing', () => {
    const joined = joinExact(bars, frame({ ts: [5] }), 'ts', ['ts'], 'there_');
    expect(joined.fields[2]).toEqual({ name: 'there_ts', dtype: 'f64', unit: 'ms' });
  });

  it.each([
    ['an unsorted right side', [5, 0], 'frame/unsorted-times', { row: 1, found: 0, before: 5 }],
    ['a repeated time', [5, 5], 'frame/repeated-times', { row: 1, found: 5 }],
  ])('refuses %s', (_, ts, code, facts) => {
    expectRefusal(() => joinExact(bars, frame({ ts, x: [1, 2] }), 'ts', ['x']), code, facts);
  });

  it('refuses a name that is taken', () => {
    expectRefusal(() => joinExact(bars, bars, 'ts', ['close']), 'frame/duplicate-column', {
      column: 'close',
    });
  });

  it('agrees with a search of all pairs', () => {
    const times = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
    const clock = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
    fc.assert(
      fc.property(times, clock, (left, right) => {
        const sorted = [...right].sort((a, b) => a - b);
        const rows = exactRows(Float64Array.from(left), Float64Array.from(sorted));
        expect([...rows]).toEqual(left.map((time) => sorted.indexOf(time)));
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe('asof', () => {
  const funding = frame({ rate: [1, 2, 3] }, { rate: 'per_8h' });

  it('gives what was known, bounded by age', () => {
    const at = Float64Array.of(0, 5, 9, 10, 100, Number.NaN);
    const known = Float64Array.of(5, 10, 20);
    const { NaN: gap } = Number;
    expectFrame(asof(at, funding, known, ['rate'])).toEqual(
      frame({ rate: [gap, 1, 1, 2, 3, gap] }, { rate: 'per_8h' }),
    );
    expect([...asof(at, funding, known, ['rate'], 4).column('rate')]).toEqual([
      gap,
      1,
      1,
      2,
      gap,
      gap,
    ]);
  });

  it('refuses availability that steps back or is missing', () => {
    const at = Float64Array.of(1);
    expectRefusal(
      () => asof(at, funding, Float64Array.of(1, 3, 2), ['rate']),
      'frame/unsorted-times',
      { row: 2 },
    );
    expectRefusal(
      () => asof(at, funding, Float64Array.of(1, Number.NaN, 2), ['rate']),
      'frame/unsorted-times',
      { row: 1 },
    );
  });

  it('agrees with a search of all rows, in any order of times', () => {
    const ints = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 25 });
    fc.assert(
      fc.property(ints, ints, fc.integer({ min: 0, max: 20 }), (times, available, within) => {
        const known = [...available].sort((a, b) => a - b);
        const slow = times.map((time) => {
          const row = known.findLastIndex((when) => when <= time);
          return row >= 0 && time - (known[row] ?? 0) <= within ? row : -1;
        });
        expect([...asofRows(Float64Array.from(times), Float64Array.from(known), within)]).toEqual(
          slow,
        );
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('does not see a row that becomes known later', () => {
    const cut = (known: readonly number[]) => [
      ...asofRows(Float64Array.of(1, 2, 3), Float64Array.from(known)),
    ];
    expect(cut([1, 2, 9, 10])).toEqual(cut([1, 2]));
  });
});
