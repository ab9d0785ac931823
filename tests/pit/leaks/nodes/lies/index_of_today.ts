import { defineNode, Frame } from '../../../../../engine/sdk/index.js';
import { alongside, at, beside, each, known, market, mean, returns, signal } from '../kit.js';

export default defineNode({
  type: 'lies.index_of_today',
  doc: 'The average return of the largest.',
  time: 'trailing',
  in: { market },
  out: { signal },
  params: {},
  run({ market: items }) {
    const rows = items[0]?.value ?? Frame.of({});
    const moves = items.map(({ value }) => alongside(rows, value, returns(value)));
    const turnover = items.map(({ value }) => mean(known(value.column('quote_volume'))));
    const least = [...turnover].sort((a, b) => b - a)[1] ?? Number.NaN;
    const index = each(rows, (row) =>
      mean(known(moves.flatMap((m, i) => (at(turnover, i) >= least ? [at(m, row)] : [])))),
    );
    return { signal: beside(rows, 'value', index) };
  },
});
