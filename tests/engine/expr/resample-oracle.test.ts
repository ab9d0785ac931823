import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { bars, barTable, compileAll, FIVE_MINUTES, listsOf, START } from './kit.js';

const N = Number.NaN;
const tables = { self: barTable(['x']) };

function frameOf(x: readonly number[], start: number): Frame {
  return Frame.of({ x: [...x] }).with('ts', { dtype: 'time', values: bars(x.length, start) });
}

describe('resample and a slow one', () => {
  const cell = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -9, max: 9 }) },
    { weight: 2, arbitrary: fc.constant(N) },
  );
  const how = fc.constantFrom('first', 'last', 'highest', 'lowest', 'sum', 'mean', 'std', 'count');
  it('agree, wherever the data start and end', () => {
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 60 }),
        how,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 5 }),
        (x, name, min, late) => {
          const start = START + late * FIVE_MINUTES;
          const { program } = compileAll(
            { out: `asof(resample(x, 20m, ${name}, min=${min}))` },
            tables,
          );
          const found = listsOf(evaluate(program, { self: frameOf(x, start) })).out ?? [];
          found.forEach((v, t) => {
            const expected = slow(x, late, t, name, min);
            if (expected === null) expect(v).toBe(null);
            else expect(v).toBeCloseTo(expected, 9);
          });
        },
      ),
      { numRuns: 60, seed: 41 },
    );
  });
});

/** The bucket of four bars that was over last at the close of bar t, when the first bar is the `late`-th of its day. */
function slow(
  x: readonly number[],
  late: number,
  t: number,
  how: string,
  min: number,
): number | null {
  const end = Math.floor((t + late + 1) / 4) * 4 - late;
  const part = x.slice(Math.max(0, end - 4), Math.max(0, end));
  const known = part.filter((v) => !Number.isNaN(v));
  if (known.length < min) return null;
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  const squares = known.reduce((a, b) => a + (b - mean) * (b - mean), 0);
  const of: Readonly<Record<string, number | undefined>> = {
    first: known[0],
    last: known.at(-1),
    highest: Math.max(...known),
    lowest: Math.min(...known),
    sum: mean * known.length,
    mean,
    std: known.length > 1 ? Math.sqrt(squares / (known.length - 1)) : undefined,
    count: known.length,
  };
  return of[how] ?? null;
}
