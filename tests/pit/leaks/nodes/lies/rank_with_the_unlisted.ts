import { defineNode, Frame } from '../../../../../engine/sdk/index.js';
import { alongside, at, each, known, market, panel } from '../kit.js';

export default defineNode({
  type: 'lies.rank_with_the_unlisted',
  doc: 'Where the return stands among all.',
  time: 'trailing',
  in: { market },
  out: { panel },
  params: {},
  run({ market: items }) {
    const rows = items[0]?.value ?? Frame.of({});

    const moves = items.map(({ value }) => {
      const close = alongside(rows, value, value.column('close'));
      for (let row = close.length - 2; row >= 0; row -= 1)
        if (Number.isNaN(at(close, row))) close[row] = at(close, row + 1);
      return close.map((x, row) => x / at(close, row - 12) - 1);
    });
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
