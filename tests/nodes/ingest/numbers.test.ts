import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimalAt } from '../../../nodes/ingest/files/decimal.js';
import { decimalSum, fold } from '../../../nodes/ingest/files/fold.js';
import { unpackLz4 } from '../../../nodes/ingest/files/lz4.js';
import { fromEpoch, fromText } from '../../../nodes/ingest/files/moment.js';
import { fixed } from '../../../nodes/ingest/files/step.js';
import { Tally } from '../../../nodes/ingest/files/tell.js';

const decimal = (text: string) => {
  const bytes = new TextEncoder().encode(`7,${text},7`);
  return decimalAt(bytes, 2, bytes.length - 2);
};

describe('decimals', () => {
  it('are the double that Number gives, to the bit', () => {
    const digits = fc.stringMatching(/^\d{1,20}$/);
    const number = fc.tuple(
      fc.constantFrom('', '-'),
      digits,
      fc.option(digits),
      fc.constantFrom('', 'e5', 'E-7', 'e+3'),
    );
    fc.assert(
      fc.property(number, ([sign, whole, part, power]) => {
        const text = `${sign}${whole}${part === null ? '' : `.${part}`}${power}`;
        expect(Object.is(decimal(text), Number(text))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '',
    '-',
    '.',
    '1.2.3',
    '1,2',
    '0x10',
    'NaN',
    'Infinity',
    '1e999',
    ' 1',
    '1 ',
    '1_000',
    '--1',
    '1e',
    '٣',
    `1.${'0'.repeat(64)}e3`,
    `${'0'.repeat(64)}1`,
  ])('%p is none', (text) => {
    expect(decimal(text)).toBeNaN();
  });
});

describe('sums of decimals', () => {
  it('are the exact sum, rounded once', () => {
    const value = fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), (values) => {
        const numbers = Float64Array.from(values, ([whole, places]) =>
          Number(`${whole}e-${places}`),
        );
        const scaled = values.reduce(
          (sum, [whole, places]) => sum + BigInt(whole) * 10n ** BigInt(8 - places),
          0n,
        );
        const text = scaled.toString().padStart(9, '0');
        const exact = Number(`${text.slice(0, -8)}.${text.slice(-8)}`);
        const found = decimalSum(numbers, 0, numbers.length);
        expect(found).toBe(exact);
      }),
    );
  });

  it('of turnover beyond what whole numbers of doubles hold', () => {
    const turnover = fc.bigInt({ min: 0n, max: 6n * 10n ** 15n }); // 6e7 with eight decimals, as five minutes of BTCUSDT have
    fc.assert(
      fc.property(fc.array(turnover, { minLength: 5, maxLength: 5 }), (scaled) => {
        const text = (n: bigint) => `${n / 10n ** 8n}.${String(n % 10n ** 8n).padStart(8, '0')}`;
        const found = decimalSum(
          Float64Array.from(scaled, (n) => Number(text(n))),
          0,
          5,
        );
        expect(found).toBe(Number(text(scaled.reduce((sum, n) => sum + n, 0n))));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [[1e22, 1e-9, -1e22], 1e-9],
    [[5e-324, 5e-324], 1e-323],
    [[-0.1, 90_071_992_547_409.5, 0.1], 90_071_992_547_409.5],
  ])('%p: whatever their size', (values, sum) => {
    expect(decimalSum(Float64Array.from(values), 0, values.length)).toBe(sum);
  });

  it('are missing where a part is', () => {
    expect(decimalSum(Float64Array.of(1, NaN), 0, 2)).toBeNaN();
  });
});

describe('bars put together', () => {
  it('equal what a slow loop over each bar gives, whole bars only', () => {
    const bar = fc.record({
      keep: fc.boolean(),
      broken: fc.nat(9).map((n) => n === 0),
      price: fc.integer({ min: 1, max: 999 }),
      volume: fc.integer({ min: 0, max: 99 }),
    });
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 40 }), (all) => {
        const bars = all
          .map((b, i) => ({ ...b, ts: i * 60_000 }))
          .filter((b) => b.keep || b.price % 4 > 0);
        const of = (pick: (b: (typeof bars)[number]) => number) => Float64Array.from(bars, pick);
        const columns = new Map([
          ['open', of((b) => b.price)],
          ['high', of((b) => b.price + 1)],
          ['low', of((b) => b.price - 1)],
          ['close', of((b) => b.price)],
          ['volume', of((b) => b.volume / 10)],
        ]);
        const bad = Uint8Array.from(bars, (b) => (b.broken ? 1 : 0));
        const given = { ts: of((b) => b.ts), columns };
        const folded = fold(given, bad, 60_000, fixed(300_000), new Tally());
        const slow = Array.from({ length: 9 }, (_v, i) =>
          bars.filter((b) => Math.floor(b.ts / 300_000) === i),
        ).filter((group) => group.length === 5);
        const rows = slow.map((group) =>
          group.some((b) => b.broken)
            ? [group[0]?.ts, NaN, NaN, NaN, NaN, NaN]
            : [
                group[0]?.ts,
                group[0]?.price,
                Math.max(...group.map((b) => b.price + 1)),
                Math.min(...group.map((b) => b.price - 1)),
                group[4]?.price,
                group.reduce((sum, b) => sum + b.volume, 0) / 10,
              ],
        );
        const found = Array.from(folded.ts, (t, i) => [
          t,
          ...[...folded.columns.values()].map((v) => v[i]),
        ]);
        expect(found).toEqual(rows);
      }),
    );
  });
});

it('a year of minutes folds into a bar', () => {
  const [minute, year] = [60_000, fixed(366 * 1440 * 60_000)];
  const from = year.open(Date.UTC(2024, 0, 1));
  const count = 366 * 1440;
  const column = (of: (i: number) => number) =>
    Float64Array.from({ length: count }, (_, i) => of(i));
  const columns = new Map([
    ['high', column((i) => 1 + (i % 1000))],
    ['low', column((i) => 1 + ((i * 7) % 1000))],
    ['volume', column(() => 1 / 3)],
  ]);
  const ts = column((i) => from + i * minute);
  const folded = fold({ ts, columns }, new Uint8Array(count), minute, year, new Tally());
  expect([...folded.columns.values()].map(([first]) => first)).toEqual([
    1000,
    1,
    expect.closeTo(count / 3, 4),
  ]);
});

describe('times', () => {
  const day = Date.UTC(2025, 0, 31, 8, 5, 9, 120);
  it.each([
    ['2025-01-31', Date.UTC(2025, 0, 31)],
    ['2025-01-31 08:05:09.12', day],
    ['2025-01-31T08:05:09.120Z', day],
    ['2025-01-31 08:05:09.120000+00:00', day],
    ['2025-01-31 08:05', Date.UTC(2025, 0, 31, 8, 5)],
    ['2025-02-30', NaN],
    ['2025-13-01', NaN],
    ['2025-01-31 24:00:00', NaN],
    ['2025-01-31 08:05:09+01:00', NaN],
    ['31.01.2025', NaN],
    ['1969-12-31', NaN],
    ['0085-01-01 00:00:00', NaN],
    ['0000-01-01', NaN],
    ['2100-01-01', NaN],
  ])('%s', (text, ms) => {
    expect(fromText(text)).toBe(ms);
  });

  it('counted in any unit are the same milliseconds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1980, 0, 1) / 1000, max: Date.UTC(2100, 0, 1) / 1000 - 1 }),
        (s) => {
          expect(fromEpoch(s)).toBe(s * 1000);
          expect(fromEpoch(s * 1000)).toBe(s * 1000);
          expect(fromEpoch(s * 1e6)).toBe(s * 1000);
          expect(Math.round(fromEpoch(s * 1e9))).toBe(s * 1000);
        },
      ),
    );
  });

  it.each([0, -1, 20_250_131, 1.5, NaN, Infinity, 1e20])('%p is none', (count) => {
    expect(fromEpoch(count)).toBeNaN();
  });
});

describe('LZ4 frames', () => {
  const frame = (...blocks: readonly (readonly number[])[]) => {
    const size = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >>> 24) & 255];
    return Uint8Array.from([
      0x04,
      0x22,
      0x4d,
      0x18,
      0x60,
      0x40,
      0x82,
      ...blocks.flatMap((b) => [...size(b.length), ...b]),
      0,
      0,
      0,
      0,
    ]);
  };
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const abc = [0x30, 97, 98, 99];

  it('literals, copies that run into themselves, and copies from the block before', () => {
    expect(text(unpackLz4(frame(abc), 100))).toBe('abc');
    expect(text(unpackLz4(frame([0x32, 97, 98, 99, 3, 0, 0x10, 100]), 100))).toBe('abcabcabcd');
    expect(text(unpackLz4(frame(abc, [0x02, 3, 0, 0x10, 100]), 100))).toBe('abcabcabcd');
  });

  it.each([
    ['cut', frame(abc).subarray(0, 12)],
    ['without an end', frame(abc).subarray(0, -4)],
    ['of another kind', Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8])],
    ['with a copy from before its start', frame([0x12, 97, 9, 0, 0x10, 100])],
    ['with literals that are not there', frame([0xf0, 200, 97])],
    ['larger than the limit', frame([0x1f, 97, 1, 0, 255, 255, 255, 0, 0x10, 98])],
  ])('%s is refused', (_what, bytes) => {
    expect(() => unpackLz4(bytes, 100)).toThrow();
  });
});
