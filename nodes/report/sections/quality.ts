import type { Gathered, JsonObject } from '../../../engine/sdk/index.js';
import { type Block, columns, type Origin, type Table } from '../page/document.js';
import { day, lasting, NOTHING, percent, whole } from '../page/numbers.js';
import { numberIn, objectIn, objectsIn, tally, textIn } from './read.js';
import { warmupCounts } from './warmup.js';

type Many = readonly Gathered<JsonObject>[];
type OriginOf = (port: string) => Origin;

/** Data sets by the name `clean.market` tells them under, as a reader knows them; in this order. */
const DATASETS = {
  bars: 'bars',
  funding: 'funding',
  spot: 'spot bars',
  open_interest: 'open interest',
  liquidations: 'liquidations',
  tob: 'top of book',
  mark: 'mark price',
  premium: 'premium',
} as const;
/** Rows of tables that show the worst only. */
const WORST = 10;

/** One data set of one symbol. */
interface Told {
  readonly symbol: string;
  /** As `clean.market` names it, and as a reader knows it. */
  readonly data: string;
  readonly dataset: string;
  readonly coverage: JsonObject;
}

/** A number that a page tells of a data set of a symbol beside its coverage. */
export interface Beside {
  readonly name: string;
  readonly of: (symbol: string, data: string) => string;
  /** What a reader must know of it. */
  readonly note: string;
}

/** How complete and how clean the data are: coverage, the worst months, what was done to rows, and what is odd about bars. */
export function qualityBlocks(quality: Many, warmup: number, origin: OriginOf): readonly Block[] {
  return [
    coverageTable(quality, `${warmupCounts(warmup)} `, origin),
    ...qualityDetails(quality, origin),
  ];
}

/** What stands behind the coverage: the worst months, what was done to rows, and what is odd about bars. */
export function qualityDetails(quality: Many, origin: OriginOf): readonly Block[] {
  const told = toldIn(quality);
  const from = origin('quality');
  return [...worstMonths(told, from), ...reasonTable(told, from), oddTable(quality, from)];
}

function toldIn(quality: Many): readonly Told[] {
  return quality.flatMap(({ at, value }) =>
    Object.entries(DATASETS).flatMap(([data, dataset]): Told[] => {
      const coverage = objectIn(value, data);
      return 'rows' in coverage ? [{ symbol: at.symbol ?? '', data, dataset, coverage }] : [];
    }),
  );
}

/** Every data set of every symbol, a row each. @param before  What else a reader must know, a sentence. */
export function coverageTable(
  quality: Many,
  before: string,
  origin: OriginOf,
  beside: readonly Beside[] = [],
): Table {
  const numbers = [
    'Rows',
    'Missing',
    'Share missing',
    'Gaps',
    'Longest gap',
    'Rejected',
    'Left out',
  ];
  return {
    kind: 'table',
    title: 'Coverage of the data',
    columns: columns(['Symbol', 'Data', 'From', 'To'], [...numbers, ...beside.map((b) => b.name)]),
    rows: toldIn(quality).map(({ symbol, data, dataset, coverage }) => {
      const number = (name: string) => numberIn(coverage, name);
      return [
        symbol,
        dataset,
        dayOf(number('first')),
        dayOf(number('last')),
        whole(number('rows')),
        whole(number('missing')),
        percent((number('missing') ?? NaN) / (number('expected') ?? NaN), 3),
        whole(number('gap_count')),
        (number('longest_gap_ms') ?? 0) > 0 ? lasting(number('longest_gap_ms') ?? NaN) : NOTHING,
        whole(total(objectIn(coverage, 'faults'))),
        whole(total(objectIn(coverage, 'dropped'))),
        ...beside.map(({ of }) => of(symbol, data)),
      ];
    }),
    origin: origin('quality'),
    note: `${before}Rows with a value, and those missing between the first and the last row of the source. Rejected: there is a row, and it is broken. Left out: rows that say nothing new or nothing that can be used; what reading left out before, such as repeats and the half-formed last bar of a file, stands in its warnings (dag show --warnings). What is missing stays missing: nothing is filled in, nothing carried forward.${beside.map(({ note }) => ` ${note}`).join('')}`,
  };
}

function worstMonths(told: readonly Told[], origin: Origin): readonly Table[] {
  const months = told.flatMap(({ symbol, dataset, coverage }) =>
    objectsIn(coverage, 'months').map((month) => {
      const [missing, expected] = [
        numberIn(month, 'missing') ?? 0,
        numberIn(month, 'expected') ?? 0,
      ];
      return { symbol, dataset, name: textIn(month, 'month'), missing, expected };
    }),
  );
  const holed = months.filter(({ missing }) => missing > 0);
  if (holed.length === 0) return [];
  const share = ({ missing, expected }: (typeof holed)[number]) => missing / expected;
  // A sort keeps what is equal in its order.
  const worst = [...holed].sort((a, b) => share(b) - share(a)).slice(0, WORST);
  return [
    {
      kind: 'table',
      title: 'Months with the most missing',
      columns: columns(['Symbol', 'Data', 'Month'], ['Missing', 'Of', 'Share']),
      rows: worst.map((month) => [
        month.symbol,
        month.dataset,
        month.name,
        whole(month.missing),
        whole(month.expected),
        percent(share(month), 2),
      ]),
      origin,
      note: `${whole(holed.length)} of ${whole(months.length)} months, over all symbols and data sets, have something missing.`,
    },
  ];
}

/** Why rows were rejected or left out; nothing where none was. */
function reasonTable(told: readonly Told[], origin: Origin): readonly Table[] {
  const rows = Object.values(DATASETS).flatMap((dataset) =>
    (['faults', 'dropped'] as const).flatMap((part) => {
      const parts = told
        .filter((one) => one.dataset === dataset)
        .map(({ symbol, coverage }) => ({ symbol, counts: countsOf(objectIn(coverage, part)) }));
      return tally(parts.map(({ counts }) => counts)).map(([reason, count]) => [
        dataset,
        part === 'faults' ? 'rejected' : 'left out',
        reason.replaceAll('_', ' '),
        whole(count),
        parts.flatMap(({ symbol, counts }) => (counts[reason] ? [symbol] : [])).join(', '),
      ]);
    }),
  );
  if (rows.length === 0) return [];
  const [data, done, reason] = [{ name: 'Data' }, { name: 'What was done' }, { name: 'Reason' }];
  const [count, symbols] = [
    { name: 'Rows', right: true },
    { name: 'Symbols', prose: true },
  ];
  return [
    {
      kind: 'table',
      title: 'Rows that were rejected or left out',
      columns: [data, done, reason, count, symbols],
      rows,
      origin,
    },
  ];
}

function oddTable(quality: Many, origin: Origin): Table {
  return {
    kind: 'table',
    title: 'Odd bars',
    columns: columns(['Symbol'], ['Flat, no trade', 'Stale', 'Moved, no trade', 'Suspect', 'Wick']),
    rows: quality.map(({ at, value }) => {
      const odd = objectIn(value, 'odd');
      const names = ['flat', 'stale', 'moved', 'suspect', 'wick'];
      return [at.symbol ?? '', ...names.map((name) => whole(numberIn(odd, name)))];
    }),
    origin,
    note: 'They are there, are used as they are and no price of them is changed. Flat: one price and no volume, how venues write an outage; stale from the twelfth in a row on. Suspect: far beyond the usual, on little volume, taken back by the next bar. Wick: high or low far beyond open and close.',
  };
}

function dayOf(time: number | null): string {
  return time === null ? NOTHING : day(time);
}

/** The counts in plain data that are not 0. */
function countsOf(counts: JsonObject): Readonly<Record<string, number>> {
  const present = Object.entries(counts).flatMap(([reason, count]) =>
    typeof count === 'number' && count > 0 ? [[reason, count] as const] : [],
  );
  return Object.fromEntries(present);
}

function total(counts: JsonObject): number {
  return Object.values(countsOf(counts)).reduce((sum, count) => sum + count, 0);
}
