import type { Frame } from '../../../engine/sdk/index.js';
import { cardPlot, type Rung } from '../page/card.js';
import {
  type Block,
  columns,
  HYPOTHESIS,
  type Origin,
  type Plot,
  paragraph,
  type Section,
} from '../page/document.js';
import { confidence, percent, points, probability, whole } from '../page/numbers.js';
import { claimOf, halfWidth, meanError } from './claims.js';
import { byEvidence, type Hypothesis, nameOf } from './found.js';
import { numberIn, type Row, textIn } from './read.js';
import { pathTeller, type Told } from './trajectory.js';

/** Most survivors that get a card, and most that get a line after them. */
const [CARDS, LINES] = [24, 200] as const;

/** The rungs of the ladder: costs as a multiple of what is charged, and the column that has the result. */
export const LADDER = [
  ['0.5×', 'ladder_050'],
  ['1×', 'ladder_100'],
  ['1.5×', 'ladder_150'],
  ['2×', 'ladder_200'],
] as const;

/** What came after the gates, by hypothesis. */
export interface Later {
  readonly bridge: ReadonlyMap<string, Row> | undefined;
  readonly promoted: ReadonlyMap<string, Row> | undefined;
}

interface Given extends Later {
  readonly hypotheses: readonly Hypothesis[];
  readonly paths: Frame | undefined;
  /** Paths of what each candidate traded out of sample. */
  readonly traded: Frame | undefined;
  readonly spacing: number;
}

/** A card for each hypothesis that passed every gate, the least q first. */
export function survivorSection(given: Given, origin: (port: string) => Origin): Section {
  const { hypotheses, spacing } = given;
  const title = 'What survived';
  const passed = hypotheses.filter((h) => h.passed).sort(byEvidence);
  if (passed.length === 0) return { title, blocks: [paragraph('Nothing passed every gate.')] };
  const tell = pathTeller(given, origin);
  const more = passed.slice(CARDS);
  return {
    title,
    blocks: [
      paragraph(
        '± is half an interval of 95 %, by days. Left: expectancy out of sample, in basis points, at half, once, one and a half times and twice the costs. Right: mean log close around the bar of the decision in basis points, turned so that up is where the trade earns, with a band of 95 % and before costs; tinted from entry to exit. The path is of the trades of the card itself, out of sample, those of its symbol, state, filter and side; where it says so, it is of all occurrences of the event instead.',
      ),
      ...passed.slice(0, CARDS).map((h) => card(h, tell(h), given, origin)),
      ...(more.length === 0 ? [] : [rest(more, spacing, origin)]),
    ],
  };
}

function card(h: Hypothesis, path: Told, given: Given, origin: (port: string) => Origin): Plot {
  const { bridge, spacing } = given;
  const row = bridge?.get(h.id);
  const judged = given.promoted?.get(h.id);
  const title = nameOf(h, spacing);
  const rungs: readonly Rung[] = LADDER.map(([name, column]) => {
    return { name, value: row ? (numberIn(row, column) ?? Number.NaN) : Number.NaN };
  });
  const unladdered = bridge ? 'no outcome in the bridge' : 'no bridge was run';
  return {
    kind: 'plot',
    title,
    svg: cardPlot(rungs, path.points, {
      title,
      value: (value) => `${points(value)} bp`,
      unladdered,
      pathless: 'no path is known',
      held: [h.entryLag, h.entryLag + h.horizon],
    }),
    says: [
      inSample(h),
      later(row, unladdered),
      ...(judged ? promotion(judged) : []),
      ...path.says,
    ].join(' '),
    origin: origin('candidates'),
    also: [
      ...(row ? [origin('bridge')] : []),
      ...(judged ? [origin('promoted')] : []),
      ...path.origins,
    ],
  };
}

/** What was seen where it was found. */
function inSample(h: Hypothesis): string {
  const half = halfWidth(h, meanError(h));
  const error = Number.isNaN(half) ? '' : ` ± ${points(half)}`;
  const claim = claimOf(h);
  const own = h.weight === null ? '' : ` (own share ${percent(h.weight, 0)})`;
  const parts = [
    `${whole(h.n)} occurrences on ${whole(h.days)} days`,
    `mean ${points(h.mean)}${error} bp after costs`,
    ...(claim ? [claim] : []),
    ...(h.shrunk === null ? [] : [`shrunk to ${points(h.shrunk)} bp${own}`]),
    `p ${probability(h.p)}`,
    `q ${probability(h.q)}`,
    ...(h.posterior === null
      ? []
      : [`more than costs with probability ${confidence(h.posterior)} after shrinkage`]),
    ...(h.quality === null ? [] : [`quality ${percent(h.quality, 0)}`]),
    ...(h.track === null ? [] : [`track ${h.track}`]),
  ];
  return `In sample: ${parts.join('; ')}.`;
}

/** What it did out of sample. */
function later(row: Row | undefined, none: string): string {
  if (!row) return `Out of sample: ${none}.`;
  const rungs = LADDER.map(([name, column]) => `${name} ${points(numberIn(row, column))}`);
  const why = row.tradable === true ? 'held' : `did not hold (${reasonsIn(row)})`;
  return `Out of sample: ${why}; ${whole(numberIn(row, 'trades'))} trades on ${whole(numberIn(row, 'days'))} days, after costs of ${rungs.join(', ')} bp.`;
}

function promotion(row: Row): readonly string[] {
  const parts = [
    ...probabilityIn(row, 'psr', 'PSR'),
    ...probabilityIn(row, 'dsr', 'DSR'),
    ...(textIn(row, 'reasons') ? [`refused: ${reasonsIn(row)}`] : []),
  ];
  return parts.length === 0 ? [] : [`Promotion: ${parts.join('; ')}.`];
}

function probabilityIn(row: Row, column: string, name: string): readonly string[] {
  const value = numberIn(row, column);
  return value === null ? [] : [`${name} ${confidence(value)}`];
}

/** Reasons as a sentence has them. */
export function reasonsIn(row: Row): string {
  return textIn(row, 'reasons').split('+').join(', ') || 'no reason is told';
}

function rest(
  more: readonly Hypothesis[],
  spacing: number,
  origin: (port: string) => Origin,
): Block {
  const shown = more.slice(0, LINES);
  const cut = more.length - shown.length;
  return {
    kind: 'table',
    title: `The ${whole(more.length)} others that passed every gate`,
    columns: [HYPOTHESIS, ...columns([], ['Occurrences', 'Net, bp', 'p', 'q'])],
    rows: shown.map((h) => [
      nameOf(h, spacing),
      whole(h.n),
      points(h.mean),
      probability(h.p),
      probability(h.q),
    ]),
    origin: origin('candidates'),
    note: cut > 0 ? `${whole(cut)} more are in the candidates.` : undefined,
  };
}
