import type { Frame } from '../../../engine/sdk/index.js';
import { barPlot } from '../page/bars.js';
import { type Block, columns, type Origin } from '../page/document.js';
import { day, decimalsOf, percent, whole } from '../page/numbers.js';
import { numberIn, shortName, textIn } from './read.js';

interface Fold {
  readonly id: number;
  readonly from: number;
  readonly days: number;
  /** Return by row. */
  readonly net: Map<string, number>;
}

/**
 * What each fold of one rhythm brought, as bars and as numbers.
 * @param names  rows, the best first, the benchmark last
 * @param after  what is taken off, in a few words
 */
export function foldBlocks(
  rhythm: string,
  names: readonly string[],
  results: Frame,
  after: string,
  origin: (port: string) => Origin,
): readonly Block[] {
  const folds = foldsOf(names, results);
  const [best = '', benchmark = ''] = [names[0], names[names.length - 1]];
  const own = folds.map((fold) => fold.net.get(best) ?? NaN);
  const [up, down] = [own.filter((v) => v > 0).length, own.filter((v) => v < 0).length];
  const title = `Return of each fold, rhythm ${rhythm}`;
  return [
    {
      kind: 'plot',
      title: `${title}: ${shortName(best)} beside ${shortName(benchmark)}`,
      svg: barPlot(
        [{ name: shortName(best) }, { name: shortName(benchmark), reference: true }],
        folds.map(({ id, from, net }) => ({
          labels: [`fold ${id}`, day(from)],
          values: [net.get(best) ?? NaN, net.get(benchmark) ?? NaN],
        })),
        { title, tick: (value, step) => percent(value, decimalsOf(step * 100)) },
      ),
      says: `${shortName(best)} won in ${up} of ${own.length} folds, lost in ${down} and earned nothing in ${own.length - up - down}.`,
      origin: origin('results'),
    },
    {
      kind: 'table',
      title: `${title}, in numbers`,
      columns: columns(
        [],
        [
          'Fold',
          'First day',
          'Days',
          ...names.map((name) => shortName(name).replaceAll('/', ' / ')),
        ],
      ),
      rows: folds.map(({ id, from, days, net }) => [
        String(id),
        day(from),
        whole(days),
        ...names.map((name) => percent(net.get(name) ?? null, 2)),
      ]),
      origin: origin('results'),
      note: `Returns ${after}; not annualised.`,
    },
  ];
}

function foldsOf(names: readonly string[], results: Frame): readonly Fold[] {
  const found = new Map<number, Fold>();
  for (const row of results.rows()) {
    const name = textIn(row, 'row');
    if (!names.includes(name)) continue;
    const id = numberIn(row, 'fold') ?? NaN;
    const from = numberIn(row, 'from') ?? NaN;
    const fold = found.get(id) ?? { id, from, days: numberIn(row, 'days') ?? NaN, net: new Map() };
    found.set(id, fold);
    fold.net.set(name, numberIn(row, 'net') ?? NaN);
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}
