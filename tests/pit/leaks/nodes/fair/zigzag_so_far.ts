import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, signal } from '../kit.js';

export default defineNode({
  type: 'fair.zigzag_so_far',
  doc: 'Direction of the leg: 1 up, -1 down.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    let [direction, extreme] = [1, at(close, 0)];
    const legs = each(rows, (row) => {
      const x = at(close, row);
      if (direction * (x - extreme) >= 0) extreme = x;
      else if (direction * (extreme - x) > 0.01 * extreme) [direction, extreme] = [-direction, x];
      return direction;
    });
    return { signal: beside(rows, 'value', legs) };
  },
});
