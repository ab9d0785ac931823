import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, known, signal } from '../kit.js';

export default defineNode({
  type: 'fair.rebased_to_first',
  doc: 'The close in units of itself.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const first = known(close).at(0) ?? Number.NaN;
    return {
      signal: beside(
        rows,
        'value',
        close.map((x) => x / first),
      ),
    };
  },
});
