import type { Market, Source } from './find.js';
import { meant } from './nearest.js';
import { stepOf } from './step.js';
import { hasBars, TABLE_OF } from './tables.js';
import { type FILE_ERRORS, intervalOf } from './tell.js';

/** What every bar of the calendar is made of. */
const DAY = 86_400_000;

/** A problem of a market's entries that no file could make right. */
export interface Problem {
  readonly code: keyof typeof FILE_ERRORS;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Roles without which rows of a table are nothing; of contracts, either form will do. */
const NEEDED = {
  bars: ['ts', 'open', 'high', 'low', 'close'],
  marks: ['ts', 'open', 'high', 'low', 'close'],
  funding: ['ts', 'rate'],
  open_interest: ['ts'],
  liquidations: ['ts', 'sell', 'price'],
  quotes: ['ts', 'bid_price', 'ask_price'],
  trades: ['ts', 'price', 'base'],
} as const;

/** What is wrong with the entries of a market that reads files. */
export function marketProblems(market: Market): readonly Problem[] {
  const { id, period, source, network } = market;
  const made = source === 'simulator' ? 'the simulator' : network && 'the network';
  const facts = { market: id, period, made };
  return [
    ...(period && made ? [{ code: 'ingest/calendar-bars', facts } as const] : []),
    ...market.files.flatMap((entry) => [
      ...layoutProblems(entry, market),
      ...intervalProblems(entry, market),
    ]),
  ];
}

/**
 * What is wrong with the names of data sets that a person asks for: those that the market neither reads nor fetches. Bars are
 * always read, and may be named; funding is a table of any market.
 */
export function datasetProblems(market: Market, datasets: readonly string[]): readonly Problem[] {
  const read = market.files.map(({ data }) => data);
  const fetched = Object.keys(market.network?.datasets ?? {});
  const known = [...new Set(['bars', 'funding', ...read, ...fetched])];
  return datasets
    .filter((name) => !known.includes(name))
    .map((found) => {
      const facts = { market: market.id, found, hint: meant(found, known), known };
      return { code: 'ingest/no-dataset', facts };
    });
}

function layoutProblems({ data, layout, only }: Source, market: Market): readonly Problem[] {
  const expected = TABLE_OF[data];
  if (layout.table !== expected) {
    const facts = { data, market: market.id, layout: layout.id, table: layout.table, expected };
    return [{ code: 'ingest/wrong-layout', facts }];
  }
  const roles = layout.columns.flatMap(({ as }) => (as === undefined ? [] : [as]));
  const names = layout.columns.map(({ name }) => name);
  const lacking = NEEDED[expected].filter((role) => !roles.includes(role));
  const twice = roles.filter((role, i) => roles.indexOf(role) !== i);
  const unknown = Object.keys(only).filter((name) => !names.includes(name));
  const contracts = roles.includes('contracts') && layout.contract_value === undefined;
  const problems = [
    ...lacking.map((role) => `no column gives ${role}`),
    ...twice.map((role) => `two columns give ${role}`),
    ...unknown.map((name) => `it has no column ${name}, which \`only\` names`),
    ...(contracts ? ['it counts contracts and has no `contract_value`'] : []),
  ];
  return problems.map((problem) => ({
    code: 'ingest/bad-layout',
    facts: { layout: layout.id, problem },
  }));
}

function intervalProblems({ data, interval }: Source, market: Market): readonly Problem[] {
  if (interval === undefined || !hasBars(TABLE_OF[data])) return [];
  const { longest, text: spacing } = stepOf(market);
  if (interval > 0 && (market.period ? DAY : longest) % interval === 0) return [];
  const given = intervalOf(interval);
  return [{ code: 'ingest/bad-interval', facts: { interval: given, spacing, market: market.id } }];
}
