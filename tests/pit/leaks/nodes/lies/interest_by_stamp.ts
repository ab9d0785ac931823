import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, interest, signal } from '../kit.js';

export default defineNode({
  type: 'lies.interest_by_stamp',
  doc: 'Open interest.',
  time: 'trailing',
  in: { bars, interest },
  out: { signal },
  params: {},
  run({ bars: rows, interest }) {
    const value = new Map(
      [...interest.time('ts')].map((ts, row) => [ts, at(interest.column('value'), row)]),
    );
    return {
      signal: beside(
        rows,
        'value',
        rows.time('ts').map((ts) => value.get(ts) ?? Number.NaN),
      ),
    };
  },
});
