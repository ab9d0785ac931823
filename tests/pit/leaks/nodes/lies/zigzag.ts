import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, signal } from '../kit.js';

export default defineNode({
  type: 'lies.zigzag',
  doc: 'Direction of the leg: 1 up, -1 down.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const legs = new Float64Array(rows.length);
    let [direction, extreme, since] = [1, at(close, 0), 0];
    for (let row = 0; row < rows.length; row += 1) {
      const x = at(close, row);
      if (direction * (x - extreme) >= 0) [extreme, since] = [x, row];
      if (direction * (extreme - x) > 0.01 * extreme) {
        direction = -direction;
        legs.fill(direction, since + 1, row + 1);
        [extreme, since] = [x, row];
      }
      legs[row] = direction;
    }
    return { signal: beside(rows, 'value', legs) };
  },
});
