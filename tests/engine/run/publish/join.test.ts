import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joined, type Rows } from '../../../../engine/run/publish/join.js';
import { Frame, timeColumn } from '../../../../engine/sdk/index.js';

const STEP = 60_000;
const CLOCK: Rows = { clock: 'ts', key: [], sort: ['ts'], regular: true };

/** What a table has at a time: a number, a row without one, or no row. */
type Slot = number | 'empty' | 'absent';
const slots = (tag: number) =>
  fc.array(fc.constantFrom<Slot>(tag, tag, 'empty', 'absent'), { minLength: 12, maxLength: 12 });

function frameOf(of: readonly Slot[]): Frame {
  const rows = of.flatMap((slot, i) => (slot === 'absent' ? [] : [{ slot, at: i * STEP }]));
  const x = rows.map(({ slot }) => (typeof slot === 'number' ? slot : Number.NaN));
  return Frame.of({ ts: timeColumn(rows.map(({ at }) => at)), x: Float64Array.from(x) });
}

const plain = (frame: Frame) =>
  Array.from(frame.time('ts'), (at, i) => [at, frame.column('x')[i] ?? 0]);
const spanOf = (frame: Frame) => {
  const ts = frame.time('ts');
  return { from: ts[0] ?? Number.NaN, to: ts[ts.length - 1] ?? Number.NaN };
};

describe('the rows of a run and of a published table', () => {
  it.each([true, false])('are what is seen slot by slot (regular clock: %s)', (regular) => {
    fc.assert(
      fc.property(slots(1), slots(2), (old, now) => {
        const frame = frameOf(now);
        const span = spanOf(frame);
        const isNew = (i: number) =>
          regular
            ? typeof now[i] === 'number' || (now[i] === 'empty' && typeof old[i] !== 'number')
            : now[i] !== 'absent';
        const expected = old.map((slot, i) => (isNew(i) ? (now[i] ?? 'absent') : slot));
        const kept = old.flatMap((slot, i) => (slot !== 'absent' && !isNew(i) ? [i * STEP] : []));
        const found = joined(frame, frameOf(old), { ...CLOCK, regular }, span);
        expect(plain(found.frame)).toEqual(plain(frameOf(expected)));
        expect(found.kept).toBe(kept.length);
        expect(found.inside).toBe(kept.filter((at) => at >= span.from && at <= span.to).length);
      }),
      { numRuns: 1000 },
    );
  });

  it('are the same however often they are joined, and the run’s own where it lacks nothing', () => {
    fc.assert(
      fc.property(slots(1), slots(2), (old, now) => {
        const frame = frameOf(now);
        const once = joined(frame, frameOf(old), CLOCK, spanOf(frame)).frame;
        expect(plain(joined(frame, once, CLOCK, spanOf(frame)).frame)).toEqual(plain(once));
        expect(joined(once, frameOf(old), CLOCK, spanOf(once))).toEqual({
          frame: once,
          kept: 0,
          inside: 0,
        });
      }),
    );
  });

  const table = (rows: readonly (readonly [number, string | null, number])[]) =>
    Frame.of({
      ts: timeColumn(rows.map(([at]) => at)),
      who: rows.map(([, who]) => who),
      x: Float64Array.from(rows.map(([, , x]) => x)),
    });
  const cells = (frame: Frame) =>
    Array.from(frame.rows(), ({ ts, who, x }) => [ts, who, x] as const);

  it('are told apart by what their contract says is unique', () => {
    const rows = { ...CLOCK, regular: false, key: ['who'], sort: ['ts', 'who'] };
    const now = table([[1, 'b', 20]]);
    const old = table([
      [1, 'a', 1],
      [1, 'b', 2],
      [2, 'c', 3],
    ]);
    expect(cells(joined(now, old, rows, { from: 1, to: 1 }).frame)).toEqual([
      [1, 'a', 1],
      [1, 'b', 20],
      [2, 'c', 3],
    ]);
  });

  it('are gone where the run says by its silence that there was nothing', () => {
    const rows = { ...CLOCK, regular: false, key: ['who'], sort: ['ts', 'who'], silence: 'who' };
    const now = table([[2, 'a', 20]]);
    const old = table([
      [1, 'a', 1],
      [2, 'b', 2],
      [3, 'a', 3],
      [3, 'c', 4],
      [5, 'b', 5],
      [6, 'a', 6],
    ]);
    // From 2 to 5 the run looked at a and b: the others, and what lies before and after, it knows nothing of.
    const span = { from: 2, to: 5, whose: new Set(['a', 'b']) };
    expect(cells(joined(now, old, rows, span).frame)).toEqual([
      [1, 'a', 1],
      [2, 'a', 20],
      [3, 'c', 4],
      [6, 'a', 6],
    ]);
  });

  it('belong together where nothing tells those of one time apart', () => {
    const now = table([[1, 'b', 20]]);
    const old = table([
      [1, 'a', 1],
      [1, 'a', 1],
      [2, 'c', 3],
    ]);
    const rows = { ...CLOCK, regular: false };
    expect(cells(joined(now, old, rows, { from: 1, to: 1 }).frame)).toEqual([
      [1, 'b', 20],
      [2, 'c', 3],
    ]);
  });

  it('are the run’s where it says why there is no number', () => {
    const now = table([
      [1, 'bad print', Number.NaN],
      [2, null, Number.NaN],
    ]);
    const old = table([
      [1, 'a', 1],
      [2, null, 2],
    ]);
    expect(cells(joined(now, old, CLOCK, { from: 1, to: 2 }).frame)).toEqual([
      [1, 'bad print', null],
      [2, null, 2],
    ]);
  });

  it.each<[string, Rows['absent'], readonly (readonly [number, string | null, number])[]]>([
    [
      'a text',
      { column: 'who', is: 'gone' },
      [
        [1, 'a', 1],
        [2, 'bad print', Number.NaN],
        [3, 'b', 3],
      ],
    ],
    [
      'a number',
      { column: 'x', is: 0 },
      [
        [1, 'gone', Number.NaN],
        [2, 'bad print', Number.NaN],
        [3, null, 3],
      ],
    ],
  ])(
    'stay the published ones where those of the run say by %s that they are not there',
    (_what, absent, expected) => {
      const now = table([
        [1, 'gone', Number.NaN],
        [2, 'bad print', Number.NaN],
        [3, absent?.column === 'who' ? 'b' : null, absent?.column === 'who' ? 3 : 0],
      ]);
      const old = table([
        [1, 'a', 1],
        [2, 'a', 2],
        [3, null, absent?.column === 'who' ? Number.NaN : 3],
      ]);
      const found = joined(now, old, { ...CLOCK, absent }, { from: 1, to: 3 });
      const shown = expected.map(([ts, who, x]) => [ts, who, Number.isNaN(x) ? null : x]);
      expect(cells(found.frame)).toEqual(shown);
      expect([found.kept, found.inside]).toEqual([1, 1]);
    },
  );
});
