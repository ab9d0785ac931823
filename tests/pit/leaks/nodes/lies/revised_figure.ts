import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, BAR, bars, beside, releases, signal } from '../kit.js';

export default defineNode({
  type: 'lies.revised_figure',
  doc: 'The newest figure.',
  time: 'trailing',
  in: { bars, releases },
  out: { signal },
  params: {},
  run({ bars: rows, releases }) {
    const [period, published] = [releases.time('ts'), releases.time('published')];
    const today = new Map([...period].map((p, row) => [p, at(releases.column('actual'), row)]));
    let next = 0;
    let figure = Number.NaN;
    const newest = rows.time('ts').map((ts) => {
      for (; next < published.length && at(published, next) <= ts + BAR; next += 1)
        figure = today.get(at(period, next)) ?? Number.NaN;
      return figure;
    });
    return { signal: beside(rows, 'value', newest) };
  },
});
