import { expect, it } from '@jest/globals';
import { rollingSorted, type SortedRequest } from '../../../../engine/expr/kernels/sorted.js';

/** Sums that follow a sorted window are rebuilt at anchors, also where too few rows are known for a value there. */
it.each<SortedRequest>([
  { what: 'meanAbsDev', min: 40 },
  { what: 'tailMean', q: 0.2, min: 40 },
])('$what has the same bits wherever the data start, past an anchor inside a gap', (request) => {
  const x = Float64Array.from({ length: 300 }, (_, i) =>
    i === 98 ? Number.NaN : Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1,
  );
  const whole = rolled(x, 0, request);
  const later = rolled(x, 7, request);
  expect(later.slice(140)).toEqual(whole.slice(147));
});

function rolled(x: Float64Array, from: number, request: SortedRequest): number[] {
  const part = x.slice(from);
  const anchors = Uint8Array.from(part, (_, i) => (i === 0 || i + from === 100 ? 1 : 0));
  const out = new Float64Array(part.length);
  rollingSorted(part, 40, anchors, [request], [out]);
  return [...out];
}
