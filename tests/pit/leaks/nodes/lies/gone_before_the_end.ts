import { defineNode, Frame } from '../../../../../engine/sdk/index.js';
import { alongside, at, beside, each, known, market, mean, returns, signal } from '../kit.js';

export default defineNode({
  type: 'lies.gone_before_the_end',
  doc: 'The average return of the market.',
  time: 'trailing',
  in: { market },
  out: { signal },
  params: {},
  run({ market: items }) {
    const rows = items[0]?.value ?? Frame.of({});
    const moves = items.map(({ value }) => alongside(rows, value, returns(value)));
    const closes = items.map(({ value }) => alongside(rows, value, value.column('close')));
    const ends = closes.map((close) => close.findLastIndex((x) => !Number.isNaN(x)));
    const held = (i: number, row: number) => row < at(ends, i) - 96;
    const index = each(rows, (row) =>
      mean(known(moves.flatMap((m, i) => (held(i, row) ? [at(m, row)] : [])))),
    );
    return { signal: beside(rows, 'value', index) };
  },
});
