import { meanCorrelations, type Panel } from '../../kernels/mean-corr.js';
import { numberSeries } from '../../kernels/read.js';
import { type AcrossCall, defineOp } from '../../op.js';
import { leastKnown, rolling, windowArgs } from '../rolling/window.js';
import { pure, x } from '../shared.js';
import { membersOf, wordAt } from './members.js';
import { across, atLeast, by, others } from './section.js';

const { reach, warmup, kind, check } = rolling(2);

export const xs_mean_corr = defineOp({
  ...across,
  reach,
  warmup,
  kind,
  check,
  costly: true,
  name: 'xs_mean_corr',
  doc: 'Mean over all pairs of symbols that have a known value at that time of their correlation over a window, in rows where both are known; pairs without one are left out, and without any it is missing. others=true leaves out the pairs that hold the symbol itself, by= stays within a group.',
  formula: 'Σᵢ﹤ⱼ corr(xᵢ, xⱼ) / #{i < j : corr known} over members i, j',
  source:
    'Elton & Gruber (1973), Estimating the dependence structure of share prices, Journal of Finance 28(5)',
  example: 'xs_mean_corr(logret_1, 288, min=144)',
  args: [x, ...windowArgs(2), by, others, atLeast],
  unit: pure,
  cases: [
    // Of the three pairs one goes together and two go apart.
    {
      call: 'xs_mean_corr(x, 3)',
      rows: { x: [1, 2, 3, 4, null] },
      others: { BBB: { x: [2, 4, 6, 8, 10] }, CCC: { x: [3, 2, 1, 1, 2] } },
      gives: [null, null, -1 / 3, (1 - Math.sqrt(3)) / 3, Math.sqrt(3) / 2],
      within: 1e-9,
    },
    {
      call: 'xs_mean_corr(x, 3, min=2, others=true)',
      rows: { x: [1, 2, 3, 4, null] },
      others: { BBB: { x: [2, 4, 6, 8, 10] }, CCC: { x: [3, 2, 1, 1, 2] } },
      gives: [null, -1, -1, -Math.sqrt(3) / 2, Math.sqrt(3) / 2],
      within: 1e-9,
    },
  ],
  across(call) {
    const c = call.constants;
    const min = leastKnown(c, 2);
    const found = meanCorrelations(
      panelOf(call),
      c.number('window'),
      min,
      c.flag('others'),
      c.number('at_least'),
    );
    return call.gridOf.map((grid, s) =>
      numberSeries(Float64Array.from(grid, (row) => found[s]?.[row] ?? Number.NaN)),
    );
  },
});

/** All symbols on the common grid. */
function panelOf({ gridRows: rows, gridOf, inputs, anchors }: AcrossCall): Panel {
  const values = gridOf.map((grid, s) => {
    const at = membersOf(inputs[s]?.[0]?.series);
    const out = new Float64Array(rows).fill(Number.NaN);
    grid.forEach((place, row) => {
      out[place] = at(row);
    });
    return out;
  });
  return { rows, values, groups: groupsOf(rows, gridOf, inputs), anchors };
}

/** Groups by number, in the order in which they are met; undefined where none are asked for. */
function groupsOf(
  rows: number,
  gridOf: AcrossCall['gridOf'],
  inputs: AcrossCall['inputs'],
): readonly Int32Array[] | undefined {
  const series = inputs.map((of) => of.find((i) => i.slot === 'by')?.series);
  if (series.every((of) => of === undefined)) return undefined;
  const numbers = new Map<string, number>();
  return gridOf.map((grid, s) => {
    const out = new Int32Array(rows).fill(-1);
    grid.forEach((place, row) => {
      const word = wordAt(series[s], row);
      if (word === undefined) return;
      const known = numbers.get(word) ?? numbers.size;
      numbers.set(word, known);
      out[place] = known;
    });
    return out;
  });
}
