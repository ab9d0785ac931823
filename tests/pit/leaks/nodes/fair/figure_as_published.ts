import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, BAR, bars, beside, releases, signal } from '../kit.js';

export default defineNode({
  type: 'fair.figure_as_published',
  doc: 'The newest figure.',
  time: 'trailing',
  in: { bars, releases },
  out: { signal },
  params: {},
  run({ bars: rows, releases }) {
    const published = releases.time('published');
    let next = 0;
    let figure = Number.NaN;
    const newest = rows.time('ts').map((ts) => {
      for (; next < published.length && at(published, next) <= ts + BAR; next += 1)
        figure = at(releases.column('actual'), next);
      return figure;
    });
    return { signal: beside(rows, 'value', newest) };
  },
});
