import { asFlags, asNumbers, flagSeries, input, numberSeries } from '../../kernels/read.js';
import { type Call, defineOp } from '../../op.js';
import type { FlagSeries, NumberSeries } from '../../types.js';
import { any, condition, sameUnit } from '../shared.js';
import { NONE, pickFrom } from './pick.js';

/** Choice between two values: `if` is a keyword here. */
export const choose = defineOp({
  name: 'if',
  doc: 'a where c holds, else b. Missing where c is; the branch not taken may be missing.',
  formula: 'a if c, else b',
  example: 'if(ret_1 > 0, 1, if(ret_1 < 0, -1, 0))',
  args: [condition, any('a'), any('b')],
  gives: ([, a, b]) => (a === b ? a : undefined),
  unit: ([, a, b]) => sameUnit([a, b].filter((u) => u !== undefined)),
  elementWise: true,
  cases: [
    {
      call: 'if(c, a, b)',
      rows: { c: [true, false, true, null], a: [1, null, null, 1], b: [null, 2, 2, 2] },
      gives: [1, 2, null, null],
    },
    { call: "if(c, 'up', 'down')", rows: { c: [true, false, null] }, gives: ['up', 'down', null] },
  ],
  run(call) {
    const c = asFlags(input(call, 0).series);
    const [a, b] = [input(call, 1).series, input(call, 2).series];
    if (a.type === 'number') return chosenNumbers(call, c, a, asNumbers(b));
    if (a.type === 'boolean') return chosenFlags(call, c, a, asFlags(b));
    const pick = new Uint8Array(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      const v = c.data[i & c.mask];
      pick[i] = v === 1 ? 0 : v === 0 ? 1 : NONE;
    }
    return pickFrom(call, [a, b], pick);
  },
});

function chosenNumbers(
  { memory, rows }: Call,
  { data: c, mask }: FlagSeries,
  { data: a, mask: left }: NumberSeries,
  { data: b, mask: right }: NumberSeries,
): NumberSeries {
  const out = memory.numbers(rows);
  for (let i = 0; i < out.length; i += 1) {
    const v = c[i & mask];
    const cell = v === 1 ? a[i & left] : v === 0 ? b[i & right] : Number.NaN;
    out[i] = cell ?? Number.NaN;
  }
  return numberSeries(out);
}

function chosenFlags(
  { memory, rows }: Call,
  { data: c, mask }: FlagSeries,
  { data: a, mask: left }: FlagSeries,
  { data: b, mask: right }: FlagSeries,
): FlagSeries {
  const out = memory.flags(rows);
  for (let i = 0; i < out.length; i += 1) {
    const v = c[i & mask];
    const cell = v === 1 ? a[i & left] : v === 0 ? b[i & right] : 255;
    out[i] = cell ?? 255;
  }
  return flagSeries(out);
}
