import { defineNode, Frame } from '../../../../../engine/sdk/index.js';
import { alongside, at, beside, DAY, each, known, market, mean, returns, signal } from '../kit.js';

export default defineNode({
  type: 'fair.index_of_the_day',
  doc: 'The average return of the largest.',
  time: 'trailing',
  in: { market },
  out: { signal },
  params: {},
  run({ market: items }) {
    const rows = items[0]?.value ?? Frame.of({});
    const moves = items.map(({ value }) => alongside(rows, value, returns(value)));
    const traded = items.map(({ value }) => alongside(rows, value, value.column('quote_volume')));
    let sizes = items.map(() => Number.NaN);
    const index = each(rows, (row) => {
      if (at(rows.time('ts'), row) % DAY === 0)
        sizes = traded.map((v) => mean(known(v, row - 1, 288)));
      const least = known(sizes).sort((a, b) => b - a)[1] ?? Number.NaN;
      return mean(known(moves.flatMap((m, i) => (at(sizes, i) >= least ? [at(m, row)] : []))));
    });
    return { signal: beside(rows, 'value', index) };
  },
});
