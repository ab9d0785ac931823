import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, signal } from '../kit.js';

const kept = new WeakMap<object, Float64Array>();

export default defineNode({
  type: 'fair.kept_by_content',
  doc: 'The drawdown from the peak.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const known_ = kept.get(close) ?? drawdown(close);
    kept.set(close, known_);
    return { signal: beside(rows, 'value', known_) };
  },
});

function drawdown(close: Readonly<Float64Array>): Float64Array {
  let peak = Number.NEGATIVE_INFINITY;
  return Float64Array.from(close, (x) => {
    if (x > peak) peak = x;
    return x / peak - 1;
  });
}
