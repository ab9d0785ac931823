import type { Frame } from '../../../engine/sdk/index.js';
import { columns, HYPOTHESIS, type Origin, paragraph, type Section } from '../page/document.js';
import { fixed, points, whole } from '../page/numbers.js';
import { type Hypothesis, nameOf } from './found.js';
import { numberIn, type Row, textIn } from './read.js';
import { LADDER } from './survivors.js';

/** Rungs that get a column: at once the costs it is what is left after them. */
const RUNGS = LADDER.filter(([, column]) => column !== 'ladder_100');
/** Most rows of the table. */
const LINES = 200;

/** What survivors did on rows in which they were not found. */
export function bridgeSection(
  bridge: Frame | undefined,
  hypotheses: readonly Hypothesis[],
  spacing: number,
  origin: (port: string) => Origin,
): Section {
  const title = 'Bridge: out of sample';
  if (!bridge) {
    return {
      title,
      blocks: [
        paragraph(
          'No bridge was run: nothing here was looked at on rows in which it was not found.',
        ),
      ],
    };
  }
  if (bridge.length === 0)
    return { title, blocks: [paragraph('Nothing survived that could be carried over.')] };
  const rows = [...bridge.rows()].sort((a, b) => stressed(b) - stressed(a));
  const names = new Map(hypotheses.map((h) => [h.id, nameOf(h, spacing)]));
  const named = (id: string) => names.get(id) ?? id;
  return {
    title,
    blocks: [
      {
        kind: 'table',
        title: `${whole(rows.filter((row) => row.tradable === true).length)} of ${whole(rows.length)} are tradable`,
        columns: [
          HYPOTHESIS,
          { name: 'Tradable, or why not', prose: true },
          ...columns(
            [],
            [
              'Trades',
              'Days',
              'Gross',
              'Costs',
              'After',
              'Stressed',
              'Gross over costs',
              ...RUNGS.map(([name]) => name),
            ],
          ),
        ],
        rows: rows.slice(0, LINES).map((row) => cells(row, named)),
        origin: origin('bridge'),
        note: `Basis points a trade, recomputed from the outcomes of the window for validation alone. After: after costs as charged; 0.5× to 2×: were they so many times that.${rows.length > LINES ? ` ${whole(rows.length - LINES)} more are in the bridge.` : ''}`,
      },
    ],
  };
}

function stressed(row: Row): number {
  return numberIn(row, 'stressed') ?? Number.NEGATIVE_INFINITY;
}

function cells(row: Row, named: (id: string) => string): readonly string[] {
  const bps = (name: string) => points(numberIn(row, name));
  const twin = textIn(row, 'duplicate_of');
  const reasons = textIn(row, 'reasons').split('+').filter(Boolean);
  const why = [...reasons, ...(twin ? [`the same as ${named(twin)}`] : [])];
  return [
    named(textIn(row, 'id')),
    row.tradable === true ? 'yes' : `no: ${why.join(', ') || 'no reason is told'}`,
    whole(numberIn(row, 'trades')),
    whole(numberIn(row, 'days')),
    ...['gross', 'cost', 'after', 'stressed'].map(bps),
    fixed(numberIn(row, 'edge_cost'), 2),
    ...RUNGS.map(([, column]) => bps(column)),
  ];
}
