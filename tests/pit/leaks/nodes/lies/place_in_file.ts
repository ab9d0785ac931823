import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, each, signal } from '../kit.js';

export default defineNode({
  type: 'lies.place_in_file',
  doc: 'A time trend from 0 to 1.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => row / rows.length),
      ),
    };
  },
});
