import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, signal } from '../kit.js';

export default defineNode({
  type: 'lies.three_bar_pattern',
  doc: '1 at a morning star.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const [open, close] = [rows.column('open'), rows.column('close')];
    const body = (row: number) => at(close, row) - at(open, row);
    const star = (row: number) =>
      body(row) < 0 && Math.abs(body(row + 1)) < Math.abs(body(row)) && body(row + 2) > 0;
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => (star(row) ? 1 : 0)),
      ),
    };
  },
});
