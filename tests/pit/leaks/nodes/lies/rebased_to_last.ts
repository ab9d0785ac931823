import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, known, signal } from '../kit.js';

export default defineNode({
  type: 'lies.rebased_to_last',
  doc: 'The close in units of itself.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const last = known(close).at(-1) ?? Number.NaN;
    return {
      signal: beside(
        rows,
        'value',
        close.map((x) => x / last),
      ),
    };
  },
});
