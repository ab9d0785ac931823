import type { Frame, Gathered, JsonObject } from '../../../engine/sdk/index.js';
import type { EventVerdict } from '../../kinds/verdict.js';
import {
  type Block,
  columns,
  type Origin,
  type Plot,
  paragraph,
  type Section,
  type Table,
} from '../page/document.js';
import { fixed, NOTHING, percent, points, probability, whole } from '../page/numbers.js';
import { type Point, smallPlot } from '../page/small.js';
import { monthlyRates } from './months.js';
import { eventPaths } from './paths.js';
import { numberIn, objectIn, textIn, textsIn } from './read.js';

type OriginOf = (port: string) => Origin;
type Tallies = readonly Gathered<JsonObject>[];

export interface Registry {
  readonly tallies: Tallies;
  readonly events: Frame;
  readonly verdicts: readonly EventVerdict[] | undefined;
  readonly paths: Frame | undefined;
  readonly overlap: Frame | undefined;
}

/** Rows of the table of pairs. */
const PAIRS = 20;

const SEEN = {
  all: 'Descriptive, of all rows from the first bar to the last: test windows and outcomes are in it, and nothing in this report was chosen by it.',
  training:
    'Descriptive: counts are of all rows from the first bar to the last, paths of the training window alone, so that nobody has seen the outcomes of what is kept closed.',
};

/** Every event by family: how often by month, what the price did around it, and what gate E1 says of it. */
/** @param seen  rows that paths are of */
export function registrySection(
  given: Registry,
  origin: OriginOf,
  seen: 'all' | 'training' = 'all',
): Section {
  const verdicts = new Map(given.verdicts?.map((v) => [v.event, v]));
  const paths = eventPaths(given.paths);
  const months = monthlyRates(given.events);
  const families = [...new Set(given.tallies.map(({ value }) => textIn(value, 'family')))].sort();
  return {
    title: 'Registry of events',
    blocks: [
      paragraph(
        `${SEEN[seen]} Left: occurrences a month, all symbols. Right: mean log close around the signal bar in basis points, up is where the event points, with a band of 95% (errors clustered by day), before costs. In every fold gate E1 judges the training window by itself; what it says here is of all rows.`,
      ),
      ...availability(given.tallies),
      ...(given.verdicts ? [failing(given.verdicts, origin)] : []),
      ...families.map((family): Block => {
        const own = given.tallies.filter(({ value }) => textIn(value, 'family') === family);
        const blocks = own.map(({ value }) => card(value, verdicts, paths, months, origin));
        return { kind: 'details', title: `${family} (${own.length})`, blocks };
      }),
      ...(given.overlap ? [pairs(given.overlap, origin)] : []),
    ],
  };
}

/** What is not there, and what something stands in for. */
function availability(tallies: Tallies): readonly Block[] {
  const proxies = tallies.flatMap(({ value }) => {
    return value.proxy === true ? [textIn(value, 'event')] : [];
  });
  const away = tallies.filter(({ value }) => value.available === false);
  const told = away.map(({ value }) => {
    return `${textIn(value, 'event')} (${unavailable(value)})`;
  });
  return [
    paragraph(
      told.length === 0
        ? 'Every event could be looked for.'
        : `Not looked for: ${told.join('; ')}.`,
    ),
    paragraph(
      proxies.length === 0
        ? 'No event runs on a proxy.'
        : `On a declared proxy (proxy: true): ${proxies.join(', ')}.`,
    ),
  ];
}

/** The data sets that are not there, and what of them the rule reads. */
function unavailable(tally: JsonObject): string {
  const read = textsIn(tally, 'needs').join(', ');
  return `unavailable: ${textsIn(tally, 'datasets').join(', ')}${read === '' ? '' : `; reads ${read}`}`;
}

function failing(verdicts: readonly EventVerdict[], origin: OriginOf): Table {
  const judged = verdicts.filter(({ e1_pass }) => e1_pass !== null);
  const failed = judged.filter(({ e1_pass }) => e1_pass === false);
  return {
    kind: 'table',
    title: `Gate E1: ${failed.length} of ${judged.length} events that occurred are outside its bounds`,
    columns: [...columns(['Event'], ['Occurrences', 'Elasticity']), { name: 'Why', prose: true }],
    rows: failed.map((v) => [
      v.event,
      whole(v.count),
      fixed(v.elasticity, 2),
      v.reasons.join('; '),
    ]),
    origin: origin('verdicts'),
    note: 'They keep their rows. Elasticity: change of the count over change of the main threshold when the detector is run again with it a tenth lower and higher, the larger of the two; of a rank, of its distance from the nearer end. A threshold in units far in a tail is elastic by nature: of normal values 2.5 deviations out it is about 7. Clustered: share of the distances from one occurrence to the next in its symbol that are hardly longer than the cooldown.',
  };
}

function card(
  tally: JsonObject,
  verdicts: ReadonlyMap<string, EventVerdict>,
  paths: ReadonlyMap<string, readonly Point[]>,
  months: ReturnType<typeof monthlyRates>,
  origin: OriginOf,
): Block {
  const event = textIn(tally, 'event');
  const count = numberIn(tally, 'count') ?? 0;
  if (tally.available === false) return paragraph(`${event} · ${unavailable(tally)}.`);
  if (count === 0) return paragraph(`${event} · never occurred.`);
  const by = objectIn(tally, 'by_symbol');
  const symbols = Object.keys(by)
    .sort()
    .map((symbol) => `${symbol} ${whole(numberIn(by, symbol))}`);
  return {
    kind: 'plot',
    title: `${event} · ${whole(count)} occurrences, ${fixed((count / (numberIn(tally, 'bars') ?? NaN)) * 10_000, 1)} per 10 000 bars`,
    svg: smallPlot(months(event), paths.get(event) ?? [], {
      title: event,
      rate: whole,
      value: (value) => `${points(value, 0)} bp`,
    }),
    says: [...verdictText(verdicts.get(event)), `${symbols.join(', ')}.`].join(' '),
    origin: origin('events'),
  } satisfies Plot;
}

function verdictText(verdict: EventVerdict | undefined): readonly string[] {
  if (!verdict) return [];
  const { e1_pass, reasons, main, elasticity, clustered, joined, near_gaps, up, down } = verdict;
  const stands = e1_pass === false ? `E1 fails: ${reasons.join('; ')}.` : 'E1 passes.';
  const elastic =
    main === null ? 'No threshold to move' : `Elasticity to ${main} ${fixed(elasticity, 2)}`;
  const alone = Object.entries(verdict.symbols).map(([s, why]) => `${s}: ${why.join('; ')}`);
  const years =
    verdict.dispersion === null
      ? NOTHING
      : `${fixed(verdict.dispersion, 1)} (p ${probability(verdict.dispersion_p)})`;
  return [
    stands,
    `${elastic}; clustered ${percent(clustered)}, joined ${percent(joined, 2)}, near gaps ${percent(near_gaps)}; up ${percent(up, 0)}, down ${percent(down, 0)}; dispersion of years ${years}.`,
    ...(alone.length === 0 ? [] : [`Outside by themselves: ${alone.join(' | ')}.`]),
  ];
}

function pairs(overlap: Frame, origin: OriginOf): Table {
  const rows = [...overlap.rows()];
  const share = (row: (typeof rows)[number]) => numberIn(row, 'share') ?? 0;
  const most = [...rows].sort((a, b) => share(b) - share(a)).slice(0, PAIRS);
  return {
    kind: 'table',
    title: `The ${most.length} pairs of events that overlap most`,
    columns: columns(['Of the occurrences of', 'near one of'], ['Count', 'Near', 'Share']),
    rows: most.map((row) => [
      textIn(row, 'event'),
      textIn(row, 'other'),
      whole(numberIn(row, 'count')),
      whole(numberIn(row, 'near')),
      percent(share(row)),
    ]),
    origin: origin('overlap'),
    note: 'Near: in the same symbol, no more than a few bars apart. The share has a direction: a rare event inside a common one is told by that alone. Common events are near each other by chance, too.',
  };
}
