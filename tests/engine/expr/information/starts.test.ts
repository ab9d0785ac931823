import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../../engine/expr/program.js';
import { Frame } from '../../../../engine/frame/frame.js';
import { bars, barTable, compileAll, FIVE_MINUTES, listsOf, START } from '../kit.js';
import { patchy } from './series.js';

/** A call, and the rows after its window in which digits may still tell where the data start. */
const CALLS: Readonly<Record<string, string>> = {
  entropy: 'permutation_entropy(x, 120, order=4, min=20)',
  hurst: 'hurst(x, 100)',
  haar: 'haar_energy(x, 32)',
  kendall: 'kendall(x, y, 150, min=20)',
  box: 'ljung_box_p(x, 4, 300)',
  memory: 'memory(x, at_most=8, window=300)',
  adf: 'adf_p(x, 250, lags=1)',
  coint: 'coint_p(y, x, 250)',
};
const ROWS = 1800;
const LATER = 333;
/** Sums are rebuilt once in so many rows. */
const BLOCK = 1024;

const x = patchy(5, ROWS, 1e5, 20);
const y = patchy(6, ROWS, 0, 20).map((v, i) => v + (x[i] ?? NaN) / 3);

/** The calls over the rows from `start` until before `end`. */
function over(start: number, end: number) {
  const { program, problems } = compileAll(CALLS, { self: barTable(['x', 'y']) });
  expect(problems).toEqual([]);
  const ts = bars(end - start, START + start * FIVE_MINUTES);
  const frame = Frame.of({ x: x.slice(start, end), y: y.slice(start, end) });
  return listsOf(evaluate(program, { self: frame.with('ts', { dtype: 'time', values: ts }) }));
}

const whole = over(0, ROWS);

describe('where the data start', () => {
  const later = over(LATER, ROWS);
  for (const [id, call] of Object.entries(CALLS))
    it(`${call} does not tell, to its last bit, once its sums were rebuilt in a full window`, () => {
      const settled = LATER + 300 + BLOCK;
      expect(later[id]?.slice(settled - LATER)).toEqual(whole[id]?.slice(settled));
      const window = LATER + 300;
      const [all, some] = [whole[id]?.slice(window) ?? [], later[id]?.slice(window - LATER) ?? []];
      const apart = all.filter((value, i) =>
        typeof value === 'number' ? Math.abs(value - Number(some[i])) > 1e-9 : some[i] !== value,
      );
      expect(apart).toEqual([]);
      expect(all.filter((v) => v !== null).length).toBeGreaterThan(700);
    });
  it('counts need no rebuilding', () => {
    for (const id of ['entropy', 'hurst', 'haar', 'kendall'])
      expect(later[id]?.slice(300)).toEqual(whole[id]?.slice(300 + LATER));
  });
});

describe('where the data end', () => {
  for (const end of [700, 1025])
    it(`rows before ${end} know nothing of those after`, () => {
      const cut = over(0, end);
      for (const id of Object.keys(CALLS)) expect(cut[id]).toEqual(whole[id]?.slice(0, end));
    });
});
