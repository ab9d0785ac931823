import { defineNode, Frame } from '../../../../../engine/sdk/index.js';
import { alongside, at, each, known, market, panel, returns } from '../kit.js';

export default defineNode({
  type: 'fair.rank_of_the_listed',
  doc: 'Where the return stands among all.',
  time: 'trailing',
  in: { market },
  out: { panel },
  params: {},
  run({ market: items }) {
    const rows = items[0]?.value ?? Frame.of({});

    const moves = items.map(({ value }) => alongside(rows, value, returns(value, 12)));
    const share = (i: number, row: number) => {
      const own = at(moves[i] ?? [], row);
      const others = known(moves.map((m) => at(m, row)));
      return Number.isNaN(own) ? own : others.filter((m) => m <= own).length / others.length;
    };
    const ranks = items.map((_item, i) => [...each(rows, (row) => share(i, row))]);
    const names = items.flatMap(({ at: place }) =>
      Array.from({ length: rows.length }, () => place.symbol ?? ''),
    );
    const stamps = Float64Array.from(items.flatMap(() => [...rows.time('ts')]));
    return {
      panel: Frame.of({
        symbol: names,
        ts: { dtype: 'time', values: stamps },
        value: ranks.flat(),
      }),
    };
  },
});
