import { defineNode, Frame } from '../../../../../engine/sdk/index.js';
import { alongside, at, beside, each, known, market, mean, returns, signal } from '../kit.js';

export default defineNode({
  type: 'fair.listed_at_the_time',
  doc: 'The average return of the market.',
  time: 'trailing',
  in: { market },
  out: { signal },
  params: {},
  run({ market: items }) {
    const rows = items[0]?.value ?? Frame.of({});
    const moves = items.map(({ value }) => alongside(rows, value, returns(value)));
    const index = each(rows, (row) => mean(known(moves.map((m) => at(m, row)))));
    return { signal: beside(rows, 'value', index) };
  },
});
