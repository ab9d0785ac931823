import type { Frame } from '../../../engine/sdk/index.js';
import { columns, type Origin, paragraph, type Section } from '../page/document.js';
import { confidence, fixed, whole } from '../page/numbers.js';
import { type Hypothesis, nameOf } from './found.js';
import { numberIn, type Row } from './read.js';
import { reasonsIn } from './survivors.js';

/** Columns that the tables may tell, as they are written. */
const TOLD: readonly (readonly [
  column: string,
  name: string,
  tell: (x: number | null) => string,
])[] = [
  ['score', 'Score', (x) => fixed(x, 2)],
  ['trades', 'Trades', whole],
  ['days', 'Days', whole],
  ['sharpe', 'Sharpe', (x) => fixed(x, 3)],
  ['psr', 'PSR', confidence],
  ['dsr', 'DSR', confidence],
  ['correlation', 'Most correlated', (x) => fixed(x, 2)],
];

interface Given {
  readonly promoted: Frame | undefined;
  readonly rejected: Frame | undefined;
  readonly hypotheses: readonly Hypothesis[];
  readonly spacing: number;
}

/** What became a blueprint, and what did not and why. */
export function promotionSection(
  { promoted, rejected, hypotheses, spacing }: Given,
  origin: (port: string) => Origin,
): Section {
  const title = 'Promotion';
  if (!promoted) return { title, blocks: [paragraph('Nothing was to be promoted in this run.')] };
  const names = new Map(hypotheses.map((h) => [h.id, nameOf(h, spacing)]));
  const table = (frame: Frame, what: string, port: string) => {
    const told = TOLD.filter(([column]) => frame.has(column));
    const why = frame.has('reasons');
    const line = (row: Row) => [
      names.get(String(row.id)) ?? String(row.id),
      ...told.map(([column, , tell]) => tell(numberIn(row, column))),
      ...(why ? [row.reasons === null ? '' : reasonsIn(row)] : []),
    ];
    return {
      kind: 'table' as const,
      title: `${what}: ${whole(frame.length)}`,
      columns: [
        ...columns(
          ['Hypothesis'],
          told.map(([, name]) => name),
        ),
        ...(why ? [{ name: 'Why', prose: true }] : []),
      ],
      rows: [...frame.rows()].map(line),
      origin: origin(port),
      note: 'PSR: probability that the Sharpe ratio out of sample is above 0; DSR: that it is above what the best of all trials would show without skill.',
    };
  };
  return {
    title,
    blocks: [
      promoted.length === 0
        ? paragraph('Nothing became a blueprint.')
        : table(promoted, 'Became blueprints', 'promoted'),
      ...(rejected && rejected.length > 0
        ? [table(rejected, 'Did not become blueprints', 'rejected')]
        : []),
    ],
  };
}
