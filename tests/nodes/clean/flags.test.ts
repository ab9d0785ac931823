import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flagsOf } from '../../../nodes/clean/flags/flags.js';
import { LEAST, usualSize, WINDOW } from '../../../nodes/clean/flags/sigma.js';
import { clock, frame } from '../../kit/frame.js';

interface Bar {
  readonly open?: number;
  readonly high?: number;
  readonly low?: number;
  readonly close: number;
  readonly volume?: number;
}

/** Bars whose prices are the close and whose volume is 10 where nothing else is said. */
function bars(rows: readonly Bar[]) {
  const column = (of: (bar: Bar) => number) => rows.map(of);
  return frame({
    ts: clock(rows.length),
    open: column((b) => b.open ?? b.close),
    high: column((b) => b.high ?? Math.max(b.open ?? b.close, b.close)),
    low: column((b) => b.low ?? Math.min(b.open ?? b.close, b.close)),
    close: column((b) => b.close),
    volume: column((b) => b.volume ?? 10),
  });
}

/** A quiet market: the close goes up and down by about a thousandth. */
function quiet(count: number): Bar[] {
  return Array.from({ length: count }, (_, i) => ({
    close: [100, 100.1, 99.9, 100.05][i % 4] ?? 0,
  }));
}

type Flagged = Readonly<
  Record<'is_suspect' | 'is_wick' | 'is_moved' | 'is_stale', readonly number[]>
>;

/** The bars that each flag stands at. */
function flagged(rows: readonly Bar[]): Flagged {
  const flags = flagsOf(bars(rows));
  const at = (name: keyof Flagged) =>
    [...flags.flags(name)].flatMap((flag, i) => (flag === 1 ? [i] : []));
  return {
    is_suspect: at('is_suspect'),
    is_wick: at('is_wick'),
    is_moved: at('is_moved'),
    is_stale: at('is_stale'),
  };
}

const NONE: Flagged = { is_suspect: [], is_wick: [], is_moved: [], is_stale: [] };

/** After so many bars the last one has a return to be judged and enough before it to judge it by. */
const ENOUGH = LEAST + 1;

describe('a suspect bar', () => {
  const spike = (close: number, after: number, more: Partial<Bar> = {}) => [
    ...quiet(ENOUGH + 1),
    { close, volume: 1, ...more },
    { close: after },
    { close: after },
  ];
  const cases: readonly [string, readonly Bar[], readonly number[]][] = [
    ['goes far and is taken back on little volume', spike(110, 100), [ENOUGH + 1]],
    ['goes far down and is taken back', spike(90, 100), [ENOUGH + 1]],
    ['is taken back by four fifths', spike(110, 110 * (100 / 110) ** 0.81), [ENOUGH + 1]],
    ['is none where less than four fifths come back', spike(110, 110 * (100 / 110) ** 0.79), []],
    ['is none where the price stays', spike(110, 110), []],
    ['is none where the next bar goes on', spike(110, 121), []],
    ['is none where much was traded', spike(110, 100, { volume: 10 }), []],
    ['is none within twenty sigmas', spike(101, 100), []],
    [
      'is none where the next bar is missing',
      [...spike(110, 100).slice(0, -2), { close: NaN }],
      [],
    ],
    ['is none where there is no next bar', spike(110, 100).slice(0, -2), []],
    [
      'is none where too few bars came before',
      [...quiet(LEAST - 1), { close: 110, volume: 1 }, { close: 100 }],
      [],
    ],
    [
      'is none in a market that stands still: nothing says what is usual',
      [
        ...Array.from({ length: 400 }, () => ({ close: 100 })),
        { close: 110, volume: 1 },
        { close: 100 },
      ],
      [],
    ],
  ];
  it.each(cases)('%s', (_name, rows, at) => expect(flagged(rows).is_suspect).toEqual(at));
});

describe('a wick, a move without trade, a stale bar', () => {
  const still = (count: number, close = 5) =>
    Array.from({ length: count }, () => ({ close, volume: 0 }));
  const cases: readonly [string, readonly Bar[], Partial<Flagged>][] = [
    ['high', [...quiet(ENOUGH), { close: 100, high: 110 }], { is_wick: [ENOUGH] }],
    ['low', [...quiet(ENOUGH), { close: 100, low: 90 }], { is_wick: [ENOUGH] }],
    ['near', [...quiet(ENOUGH), { close: 100, high: 101, low: 99 }], {}],
    ['moved within', [{ close: 5, high: 6, volume: 0 }], { is_moved: [0] }],
    ['moved against the bar before', [{ close: 5 }, { close: 6, volume: 0 }], { is_moved: [1] }],
    [
      'after a gap nobody can say',
      [
        { close: NaN, volume: NaN },
        { close: 6, volume: 0 },
      ],
      {},
    ],
    ['flat without trade, not for long', still(11), {}],
    ['flat without trade, the twelfth on', still(14), { is_stale: [11, 12, 13] }],
    ['a trade ends the run', [...still(8), { close: 5 }, ...still(8)], {}],
    [
      'another price begins another run',
      [...still(8), ...still(12, 6)],
      { is_moved: [8], is_stale: [19] },
    ],
    ['a gap ends the run', [...still(8), { close: NaN, volume: NaN }, ...still(8)], {}],
  ];
  it.each(cases)('%s', (_name, rows, flags) =>
    expect(flagged(rows)).toEqual({ ...NONE, ...flags }),
  );
});

describe('little volume', () => {
  it('is less than the median of the week before, whatever is missing', () => {
    const volume = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 6 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    const before = fc.array(volume, { minLength: 380, maxLength: 381, size: 'max' });
    fc.assert(
      fc.property(before, fc.integer({ min: 0, max: 12 }), (volumes, twice) => {
        const rows = quiet(volumes.length).map((bar, i) => ({ ...bar, volume: volumes[i] ?? NaN }));
        const last = { close: 120, volume: twice / 2 };
        const found = flagged([...rows, last, { close: 100 }]).is_suspect.length === 1;
        const sorted = volumes.filter((v) => !Number.isNaN(v)).sort((a, b) => a - b);
        const middle = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
        expect(found).toBe(sorted.length >= LEAST && twice < (middle[0] ?? 0) + (middle[1] ?? 0));
      }),
      { numRuns: 200, seed: 9 },
    );
  });
});

/** The definition, word for word: sort the window, take the middle, sort the distances, take the middle. */
function slow(values: readonly number[], t: number): number {
  const window = values.slice(Math.max(0, t - WINDOW), t).filter((x) => !Number.isNaN(x));
  if (window.length < LEAST) return Number.NaN;
  const middle = (list: readonly number[]): number => {
    const sorted = [...list].sort((a, b) => a - b);
    const half = sorted.length >> 1;
    const [low, high] = [sorted[sorted.length % 2 === 0 ? half - 1 : half] ?? 0, sorted[half] ?? 0];
    return (low + high) / 2;
  };
  const center = middle(window);
  const scale = 1.4826 * middle(window.map((x) => Math.abs(x - center)));
  return scale > 0 ? scale : Number.NaN;
}

describe('the usual size', () => {
  it('is 1.4826·MAD of the rows before, whatever is missing', () => {
    const value = fc.oneof(
      { weight: 8, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 0) },
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 300, maxLength: 2600, size: 'max' }), (values) => {
        const fast = usualSize(Float64Array.from(values));
        for (const t of [0, 287, 288, 289, 2015, 2016, 2017, 2500, values.length - 1]) {
          if (t < values.length) expect(fast[t]).toEqual(slow(values, t));
        }
      }),
      { numRuns: 30, seed: 4 },
    );
  });
});
