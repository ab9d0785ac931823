import { asNumbers, input } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { SERIES } from '../../types.js';
import { pure, x } from '../shared.js';

export const cut = defineOp({
  name: 'cut',
  doc: 'The label of the interval x lies in; intervals are closed on the left, and there is one label more than edges. Missing where x is.',
  formula: 'labelⱼ where edgeⱼ₋₁ ≤ x < edgeⱼ',
  example: "cut(rank(rv_96, 2016), [0.33, 0.66], ['low', 'mid', 'high'])",
  args: [x, { name: 'edges', is: 'list' }, { name: 'labels', is: 'list' }],
  gives: 'text',
  unit: pure,
  elementWise: true,
  check(c) {
    const edges = c.numbers('edges');
    const labels = c.texts('labels');
    if (edges.length === 0 || c.isTextList('edges')) return 'edges must be numbers, at least one';
    if (!c.isTextList('labels')) return 'labels must be texts';
    if (edges.some((e, i) => i > 0 && !(e > (edges[i - 1] ?? e)))) return 'edges must rise';
    return labels.length === edges.length + 1
      ? undefined
      : `${edges.length} edges make ${edges.length + 1} intervals, but there are ${labels.length} labels`;
  },
  cases: [
    {
      call: "cut(x, [0, 2], ['low', 'mid', 'high'])",
      rows: { x: [-1, 0, 1, 2, null] },
      gives: ['low', 'mid', 'mid', 'high', null],
    },
  ],
  run(call) {
    const { data, mask } = asNumbers(input(call, 0).series);
    const edges = call.constants.numbers('edges');
    const words = call.constants.texts('labels');
    const out = new Uint32Array(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      const v = data[i & mask] ?? Number.NaN;
      let at = 0;
      while (at < edges.length && v >= (edges[at] ?? Number.NaN)) at += 1;
      out[i] = !Number.isNaN(v) ? at : 0xffff_ffff;
    }
    return { type: 'text', data: out, words, mask: SERIES };
  },
});
