import { joinAhead, joinFacts, shiftAhead, unsettled } from '../../facts.js';
import { input } from '../../kernels/read.js';
import { shift } from '../../kernels/take.js';
import { defineOp } from '../../op.js';
import { anyX, firstUnit } from '../shared.js';

/** The one operator that looks ahead. */
export const ahead = defineOp({
  name: 'ahead',
  doc: 'The value k rows later; missing in the last k rows. It exists in targets only.',
  formula: 'x[t + k]',
  example: 'log(ahead(close, 13) / ahead(close, 1))',
  args: [anyX, { name: 'k', is: 'rows', least: 1 }],
  gives: ([type]) => type,
  unit: firstUnit,
  reach: () => 0,
  facts(joined, { constants, args }) {
    const k = constants.number('k');
    const read = joinFacts(args);
    // What remembers its past reads rows from who knows how far before the entry.
    const from = unsettled(read.kind) ? Number.NEGATIVE_INFINITY : k - read.reach;
    const own = {
      instantFrom: read.instant ? from : Number.POSITIVE_INFINITY,
      spanFrom: read.instant ? Number.POSITIVE_INFINITY : from,
      to: k,
    };
    return {
      ...joined,
      lookahead: read.lookahead + k,
      taint: 'outcome',
      holes: true,
      ahead: joinAhead([own, shiftAhead(read.ahead, k)]),
    };
  },
  cases: [
    {
      call: 'ahead(close, 2)',
      rows: { close: [1, 2, null, 4, 5] },
      gives: [null, 4, 5, null, null],
    },
  ],
  run: (call) => shift(input(call, 0).series, -call.constants.number('k'), call.rows, call.memory),
});
