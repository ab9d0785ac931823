import type { Frame } from '../../../engine/sdk/index.js';
import { median } from '../../math/quantile.js';
import { columns, type Origin, paragraph, type Section } from '../page/document.js';
import { fixed, percent, whole } from '../page/numbers.js';
import { numberIn, type Row, tally, textIn } from './read.js';

/** How strongly each level was drawn to the one above it. */
export function strengthSection(
  strengths: Frame | undefined,
  origin: (port: string) => Origin,
): Section {
  const title = 'Shrinkage';
  if (!strengths) return { title, blocks: [paragraph('Nothing was shrunk.')] };
  const rows = [...strengths.rows()];
  const levels = [...new Set(rows.map((row) => textIn(row, 'level')))];
  return {
    title,
    blocks: [
      paragraph(
        'Shrunk expectancies serve economics and order alone: p and q are of what was measured, unshrunk.',
      ),
      {
        kind: 'table',
        title: 'How strongly each level is drawn to the one above it',
        columns: columns(
          ['Level', 'How it was set'],
          ['Parents', 'Least λ', 'Median λ', 'Most λ', 'Median own share'],
        ),
        rows: levels.map((level) =>
          line(
            level,
            rows.filter((row) => row.level === level),
          ),
        ),
        origin: origin('strengths'),
        note: 'λ: how many occurrences the level above is worth; an estimate of n occurrences keeps the share n / (n + λ) for itself.',
      },
    ],
  };
}

function line(level: string, rows: readonly Row[]): readonly string[] {
  const lambda = rows.flatMap((row) => numberIn(row, 'lambda') ?? []);
  const weight = rows.flatMap((row) => numberIn(row, 'weight') ?? []);
  const set = tally(rows.map((row) => ({ [textIn(row, 'status').replaceAll('_', ' ')]: 1 })));
  const of = (values: readonly number[]) => (values.length === 0 ? Number.NaN : median(values));
  return [
    level,
    set.map(([status, count]) => `${status} ${whole(count)}`).join(', '),
    whole(rows.length),
    fixed(Math.min(...lambda), 0),
    fixed(of(lambda), 0),
    fixed(Math.max(...lambda), 0),
    percent(of(weight), 0),
  ];
}
