import type { Frame, Gathered } from '../../../engine/sdk/index.js';
import { median } from '../../math/quantile.js';
import { columns, type Origin, type Table } from '../page/document.js';
import { lasting, points, probability, whole } from '../page/numbers.js';
import { numberIn, oncePerFold, type Row, textIn } from './read.js';

const SHOWN = 15;

/** What was seen of one hypothesis in all folds that tested it. */
interface Seen {
  readonly id: string;
  readonly name: string;
  readonly bars: number;
  readonly n: number[];
  readonly mean: number[];
  readonly p: number[];
  readonly q: number[];
  passed: number;
}

/** The hypotheses with the least p in any fold, with what they showed over all of them. */
export function nearest(
  candidates: readonly Gathered<Frame>[],
  spacing: number,
  origin: (port: string) => Origin,
): Table {
  const tested = seenIn(candidates).filter(({ p }) => p.length > 0);
  tested.sort((a, b) => least(a.p) - least(b.p) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return {
    kind: 'table',
    title: `The ${Math.min(SHOWN, tested.length)} hypotheses with the least p-value in any fold, of ${tested.length} tested in any`,
    columns: columns(
      ['Event · template'],
      [
        'Held',
        'Folds tested',
        'Found in',
        'Occurrences a fold',
        'Median net, bp',
        'Least p',
        'Least q',
      ],
    ),
    rows: tested
      .slice(0, SHOWN)
      .map((entry) => [
        entry.name,
        lasting(entry.bars * spacing),
        whole(entry.p.length),
        whole(entry.passed),
        whole(median(entry.n)),
        points(median(entry.mean)),
        probability(least(entry.p)),
        probability(least(entry.q)),
      ]),
    origin: origin('candidates'),
    note: 'Net of a round trip of costs, without funding, in basis points an occurrence. The least of many p-values is small by chance alone: only q and later folds count.',
  };
}

function seenIn(candidates: readonly Gathered<Frame>[]): Seen[] {
  const found = new Map<string, Seen>();
  for (const { value } of oncePerFold(candidates)) for (const row of value.rows()) note(row, found);
  return [...found.values()];
}

function note(row: Row, found: Map<string, Seen>): void {
  const id = textIn(row, 'id');
  const name = `${textIn(row, 'event')} · ${textIn(row, 'template')}`;
  const bars = numberIn(row, 'horizon') ?? NaN;
  const entry = found.get(id) ?? { id, name, bars, n: [], mean: [], p: [], q: [], passed: 0 };
  found.set(id, entry);
  const p = numberIn(row, 'p');
  if (p === null) return;
  entry.p.push(p);
  entry.q.push(numberIn(row, 'q') ?? NaN);
  entry.n.push(numberIn(row, 'n') ?? NaN);
  entry.mean.push(numberIn(row, 'mean') ?? NaN);
  entry.passed += row.passed === true ? 1 : 0;
}

function least(values: readonly number[]): number {
  return values.reduce((m, v) => Math.min(m, v), 1);
}
