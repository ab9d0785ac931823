import { defineOp } from '../../op.js';
import { any, sameUnit } from '../shared.js';
import { knownAt, NONE, pickFrom } from './pick.js';

export const coalesce = defineOp({
  name: 'coalesce',
  doc: 'The first known argument; missing if none is known. The only way to fill, and it shows in the formula.',
  formula: 'first known of a, b, …',
  example: 'coalesce(high - lag(close, 1), 0)',
  args: [any('a'), any('more', 1)],
  gives: (types) => (types.every((t) => t === types[0]) ? types[0] : undefined),
  unit: sameUnit,
  elementWise: true,
  fills: true,
  cases: [
    {
      call: 'coalesce(a, b)',
      rows: { a: [1, null, null], b: [5, 6, null] },
      gives: [1, 6, null],
    },
    { call: 'coalesce(c, false)', rows: { c: [true, null, false] }, gives: [true, false, false] },
  ],
  run(call) {
    const all = call.inputs.map((i) => i.series);
    const pick = new Uint8Array(call.rows).fill(NONE);
    all.forEach((series, index) => {
      for (let i = 0; i < call.rows; i += 1)
        if (pick[i] === NONE && knownAt(series, i)) pick[i] = index;
    });
    return pickFrom(call, all, pick);
  },
});
