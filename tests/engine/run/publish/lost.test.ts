import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wouldLose } from '../../../../engine/run/publish/lost.js';
import { Frame, timeColumn } from '../../../../engine/sdk/index.js';

/* A table is a row of slots on a clock: a number, a row that holds none, or no row. */

const STEP = 60_000;
type Slot = 'number' | 'empty' | 'absent';
const slots = fc.array(fc.constantFrom<Slot>('number', 'number', 'empty', 'absent'), {
  minLength: 1,
  maxLength: 12,
});

function frameOf(of: readonly Slot[]): Frame {
  const rows = of.flatMap((slot, i) => (slot === 'absent' ? [] : [{ slot, at: i * STEP }]));
  const x = rows.map(({ slot }) => (slot === 'number' ? 1 : Number.NaN));
  return Frame.of({ ts: timeColumn(rows.map(({ at }) => at)), x: Float64Array.from(x) });
}

const isRow = (slot: Slot) => slot !== 'absent';
const count = (of: readonly Slot[], what: (slot: Slot) => boolean) => of.filter(what).length;

function listed(of: readonly Slot[], first: number, last: number, spaced: boolean) {
  const span = of.slice(first, last + 1);
  const iso = (slot: number) => new Date(slot * STEP).toISOString();
  const gaps = spaced ? count(span, (slot) => slot !== 'number') : null;
  const file = { sha256: '', bytes: 0, mtimeMs: 0, ctimeMs: 0, gaps };
  return { ...file, rows: count(span, isRow), from: iso(first), to: iso(last) };
}

describe('a table in the place of a published one', () => {
  it('loses what an obvious count over the published span says', () => {
    fc.assert(
      fc.property(slots, slots, fc.boolean(), (old, now, spaced) => {
        const [first, last] = [old.findIndex(isRow), old.findLastIndex(isRow)];
        fc.pre(first !== -1 && now.some(isRow));
        const reaches = now.findIndex(isRow) <= first && now.findLastIndex(isRow) >= last;
        const inside = now.map((slot, i) => (i >= first && i <= last ? slot : 'absent'));
        const file = listed(old, first, last, spaced);
        const fewer = count(inside, isRow) < file.rows;
        // Gaps are counted from the first row that is there to the last.
        const span = inside.slice(inside.findIndex(isRow), inside.findLastIndex(isRow) + 1);
        const more = spaced && count(span, (slot) => slot !== 'number') > (file.gaps ?? 0);
        expect(wouldLose(frameOf(now), file, spaced ? STEP : undefined)).toBe(
          !reaches || fewer || more,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('loses nothing of itself, nor of one without times', () => {
    fc.assert(
      fc.property(
        slots.filter((of) => of.some(isRow)),
        (of) => {
          const file = listed(of, of.findIndex(isRow), of.findLastIndex(isRow), true);
          expect(wouldLose(frameOf(of), file, STEP)).toBe(false);
          expect(wouldLose(frameOf(of), { ...file, from: null, to: null }, STEP)).toBe(false);
        },
      ),
    );
  });

  it('is compared by rows alone where an older ledger does not tell gaps', () => {
    const { gaps: _gaps, ...file } = listed(['number', 'number'], 0, 1, true);
    expect(wouldLose(frameOf(['number', 'empty']), file, STEP)).toBe(false);
    expect(wouldLose(frameOf(['number', 'absent', 'number']), file, STEP)).toBe(true);
  });
});
