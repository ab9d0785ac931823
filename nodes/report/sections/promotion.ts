import type { Frame } from '../../../engine/sdk/index.js';
import { columns, HYPOTHESIS, type Origin, paragraph, type Section } from '../page/document.js';
import { confidence, fixed, percent, points, whole } from '../page/numbers.js';
import { type Hypothesis, nameOf } from './found.js';
import { numberIn, type Row, textIn } from './read.js';
import { reasonsIn } from './survivors.js';

/** Columns that the tables tell, as they are written: the verdict's own first, so that no screen is too narrow for them. */
const TOLD: readonly (readonly [
  column: string,
  name: string,
  tell: (x: number | null) => string,
])[] = [
  ['dsr', 'DSR', confidence],
  ['psr', 'PSR', confidence],
  ['sharpe', 'Sharpe a day', (x) => fixed(x, 3)],
  ['score', 'Checks met', (x) => percent(x ?? Number.NaN, 0)],
  ['stressed', 'Stressed, bp', points],
  ['consistency', 'Consistency', (x) => fixed(x, 2)],
  ['stability', 'Stability', (x) => fixed(x, 3)],
  ['survival', 'Cost survival', (x) => fixed(x, 2)],
];

interface Given {
  readonly promoted: Frame | undefined;
  readonly hypotheses: readonly Hypothesis[];
  readonly spacing: number;
}

/** What became a blueprint, and what did not and why. */
export function promotionSection(
  { promoted, hypotheses, spacing }: Given,
  origin: (port: string) => Origin,
): Section {
  const title = 'Promotion';
  if (!promoted) return { title, blocks: [paragraph('Nothing was to be promoted in this run.')] };
  const names = new Map(hypotheses.map((h) => [h.id, nameOf(h, spacing)]));
  const table = (rows: readonly Row[], what: string, why: boolean) => {
    const line = (row: Row) => [
      names.get(String(row.id)) ?? String(row.id),
      ...(why ? [whyNot(row, names)] : []),
      ...TOLD.map(([column, , tell]) => tell(numberIn(row, column))),
    ];
    return {
      kind: 'table' as const,
      title: `${what}: ${whole(rows.length)}`,
      columns: [
        HYPOTHESIS,
        ...(why ? [{ name: 'Why', prose: true }] : []),
        ...columns(
          [],
          TOLD.map(([, name]) => name),
        ),
      ],
      rows: rows.map(line),
      origin: origin('promoted'),
      note: 'PSR: probability that the Sharpe ratio out of sample is above 0; DSR: that it is above what the best of all trials would show without skill.',
    };
  };
  const rows = [...promoted.rows()];
  const held = rows.filter((row) => row.passed === true);
  const fell = rows.filter((row) => row.passed !== true);
  return {
    title,
    blocks: [
      held.length === 0
        ? paragraph('Nothing was promoted.')
        : table(held, 'Promoted to blueprints', false),
      ...(fell.length > 0 ? [table(fell, 'Not promoted', true)] : []),
    ],
  };
}

function whyNot(row: Row, names: ReadonlyMap<string, string>): string {
  const twin = textIn(row, 'alike_to');
  return twin ? `${reasonsIn(row)}: ${names.get(twin) ?? twin}` : reasonsIn(row);
}
