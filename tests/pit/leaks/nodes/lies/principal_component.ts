import { defineNode, Frame } from '../../../../../engine/sdk/index.js';
import { alongside, at, beside, each, market, returns, signal } from '../kit.js';

export default defineNode({
  type: 'lies.principal_component',
  doc: 'The common factor of the market.',
  time: 'trailing',
  in: { market },
  out: { signal },
  params: {},
  run({ market: items }) {
    const rows = items[0]?.value ?? Frame.of({});
    const moves = items.map(({ value }) => alongside(rows, value, returns(value)));
    const weight = (to: number) => {
      let axis = moves.map(() => 1);
      for (let round = 0; round < 6; round += 1) {
        const scores = each(rows, (row) =>
          row < to ? axis.reduce((s, a, i) => s + a * (at(moves[i] ?? [], row) || 0), 0) : 0,
        );
        const next = moves.map((m) => m.reduce((s, r, row) => s + (r || 0) * at(scores, row), 0));
        const length = Math.sqrt(next.reduce((s, a) => s + a * a, 0));
        axis = length > 0 ? next.map((a) => a / length) : next;
      }
      return axis;
    };
    const axis = weight(rows.length);
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => axis.reduce((s, a, i) => s + a * (at(moves[i] ?? [], row) || 0), 0)),
      ),
    };
  },
});
