import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textColumn, timeColumn } from '../../../engine/sdk/index.js';
import annotated from '../../../nodes/events/annotated.js';
import { frame, plainFrame } from '../../kit/frame.js';
import { nodeTable } from '../../kit/node.js';
import {
  columnOf,
  END,
  features,
  log,
  PARTS,
  ROWS,
  ramp,
  run,
  type Seen,
  splits,
} from './annotated-kit.js';
import { jump, ts } from './toy-events.js';

/** Training occurrences of one event with these severities, a bar apart, and one at row 70. */
const trained = (severities: readonly number[], last: number): readonly Seen[] => [
  ...severities.map((severity, i) => ({ row: 2 + i, severity })),
  { row: 70, severity: last },
];
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('the part of the span', () => {
  it('is that of the open of the bar, first instants inside and last outside', async () => {
    const rows = [0, 1, 2, 49, 50, 54, 55, 59, 60, 79, 80, 81, 82, 84, 85, 94, 95, 99];
    expect(
      await columnOf(
        'split',
        rows.map((row) => ({ row })),
      ),
    ).toEqual([
      ...[null, null, 'train', 'train', 'purged', 'purged', 'embargo', 'embargo'],
      ...['validation', 'validation', 'purged', 'purged', 'embargo', 'embargo', 'test', 'test'],
      ...[null, null],
    ]);
  });
});

describe('the bucket of severity', () => {
  it.each([
    // Of 1 … 21 the quantiles are 17, 19 and 20.
    ['below all cuts', upTo(21), 3, 'base'],
    ['what equals a cut lies below it', upTo(21), 17, 'base'],
    ['just above it', upTo(21), 17.01, 'top_20pct'],
    ['at the next', upTo(21), 19, 'top_20pct'],
    ['above the next', upTo(21), 19.5, 'top_10pct'],
    ['above all', upTo(21), 21, 'extreme_5pct'],
    ['missing', upTo(21), Number.NaN, null],
    ['ties beyond every cut', [...new Array(20).fill(1), 2], 1.5, 'extreme_5pct'],
    ['a constant says nothing of what is usual', new Array(21).fill(1), 5, null],
    ['nor do 19 occurrences', upTo(19), 5, null],
    ['nor do 20 of which one has no severity', [...upTo(19), Number.NaN], 5, null],
    ['20 do', upTo(20), 5, 'base'],
  ])('%s', async (_name, severities, last, bucket) => {
    const found = await columnOf('severity_bucket', trained(severities, last));
    expect(found.at(-1)).toBe(bucket);
  });

  it('later occurrences have no say in it', async () => {
    const later = [50, 57, 62, 81, 90].map((row) => ({ row, severity: 1e6 }));
    const [without, all] = [
      await run(trained(upTo(21), 18)),
      await run([...trained(upTo(21), 18), ...later]),
    ];
    expect(plainFrame(all.cuts)).toEqual(plainFrame(without.cuts));
    expect(all.table.texts('severity_bucket').filter((b) => b === 'extreme_5pct')).toHaveLength(6);
  });

  it('pools symbols, and counts each event for itself', async () => {
    const seen = upTo(12).flatMap((n) => [
      { row: n + 1, severity: n },
      { row: n + 1, severity: n + 12, symbol: 'BBB' },
      { row: n + 1, severity: 1000, event: 'EVERY' },
    ]);
    const { cuts } = await run(seen);
    const found = [...cuts.rows()].map((row) =>
      Object.values(row).map((x) => (typeof x === 'number' ? +x.toFixed(9) : x)),
    );
    expect(found).toEqual([
      ['CROWDED', 0, null, null, null],
      ['EVERY', 12, null, null, null],
      ['JUMP', 24, 19.4, 21.7, 22.85],
      ['PAID', 0, null, null, null],
      ['RANKED', 0, null, null, null],
    ]);
  });
});

/** Row by row, with objects: slow and plain. */
function expected(seen: readonly Seen[]) {
  const rows = [...log(seen).rows()];
  const partOf = (row: number) => {
    const at = PARTS.findLast(([, from]) => Number(from) <= row);
    return at && row < END ? at[0] : null;
  };
  const rowOf = (row: Readonly<Record<string, unknown>>) => (Number(row.ts) - ts(0)) / 300_000;
  const bucketOf = (row: Readonly<Record<string, unknown>>) => {
    const sample = rows
      .filter((o) => o.event === row.event && partOf(rowOf(o)) === 'train' && o.severity !== null)
      .map((o) => Number(o.severity))
      .sort((a, b) => a - b);
    if (sample.length < 20 || new Set(sample).size === 1 || row.severity === null) return null;
    const quantile = (q: number) => {
      const place = (sample.length - 1) * q;
      const [low = NaN, high = low] = sample.slice(Math.floor(place));
      return low + (high - low) * (place - Math.floor(place));
    };
    const beyond = [0.8, 0.9, 0.95].filter((q) => Number(row.severity) > quantile(q));
    return ['base', 'top_20pct', 'top_10pct', 'extreme_5pct'][beyond.length];
  };
  const inputsOf = (row: Readonly<Record<string, unknown>>) => {
    const x = (ramp[rowOf(row)] ?? NaN) * (row.symbol === 'AAA' ? 1 : -1);
    return JSON.stringify(row.event === 'JUMP' ? { x } : { x, y: -x });
  };
  return rows.map((row) => ({
    ...row,
    signal_column: row.event === 'JUMP' ? 'jump_event' : 'every_event',
    split: partOf(rowOf(row)),
    severity_bucket: bucketOf(row),
    features_at_event: inputsOf(row),
  }));
}

describe('whatever occurs', () => {
  const one = fc.record({
    row: fc.integer({ min: 0, max: ROWS - 1 }),
    event: fc.constantFrom('JUMP', 'EVERY'),
    symbol: fc.constantFrom('AAA', 'BBB'),
    severity: fc.oneof(
      fc.constant(NaN),
      fc.integer({ min: 0, max: 5 }),
      fc.double({ min: 0, max: 9, noNaN: true }),
    ),
  });
  const seen = fc.uniqueArray(one, {
    maxLength: 160,
    selector: ({ row, event, symbol }) => `${row} ${event} ${symbol}`,
  });

  it('is as a slow loop over rows has it, and the same again', async () => {
    await fc.assert(
      fc.asyncProperty(seen, async (rows) => {
        const { table, cuts } = await run(rows);
        expect([...table.rows()]).toEqual(expected(rows));
        const again = await run(rows, {}, { features: [...features].reverse() });
        expect(plainFrame(again.table)).toEqual(plainFrame(table));
        expect(plainFrame(again.cuts)).toEqual(plainFrame(cuts));
      }),
    );
  });
});

const given = (seen: readonly Seen[], own: readonly unknown[] = features) => ({
  events: log(seen),
  splits,
  features: own,
});
const between = {
  ...given([]),
  events: log([{ row: 5 }]).with('ts', timeColumn([ts(5) + 150_000])),
};
nodeTable(annotated, {
  gives: [
    {
      name: 'no occurrences, and a row of cuts for every event all the same',
      in: given([]),
      params: { specs: [jump] },
      out: {
        events: log([])
          .with('signal_column', textColumn([]))
          .with('split', textColumn([]))
          .with('severity_bucket', textColumn([]))
          .with('features_at_event', textColumn([])),
        cuts: frame({
          event: ['JUMP'],
          count: [0],
          top_20pct: [NaN],
          top_10pct: [NaN],
          extreme_5pct: [NaN],
        }),
      },
    },
    {
      name: 'more occurrences may be asked for',
      in: given(upTo(24).map((n) => ({ row: 1 + n, severity: n }))),
      params: { specs: [jump], least: 25, spacing: '5m' },
      out: {
        cuts: frame({
          event: ['JUMP'],
          count: [24],
          top_20pct: [NaN],
          top_10pct: [NaN],
          extreme_5pct: [NaN],
        }),
      },
    },
  ],
  refuses: [
    {
      name: 'an event without a spec',
      in: given([{ row: 5, event: 'EVERY' }]),
      params: { specs: [jump] },
      code: 'events/unknown-event',
      data: { event: 'EVERY' },
    },
    {
      name: 'a symbol without features',
      in: given([{ row: 5, symbol: 'CCC' }]),
      params: { specs: [jump] },
      code: 'events/no-features',
      data: { event: 'JUMP', symbol: 'CCC' },
    },
    {
      name: 'a time between two bars',
      in: between,
      params: { specs: [jump] },
      code: 'events/off-clock',
      data: { event: 'JUMP', symbol: 'AAA', ts: '2024-01-01T00:27:30.000Z' },
    },
  ],
});
