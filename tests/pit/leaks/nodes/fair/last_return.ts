import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, returns, signal } from '../kit.js';

export default defineNode({
  type: 'fair.last_return',
  doc: 'The return of the bar.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    return { signal: beside(rows, 'value', returns(rows)) };
  },
});
