import { Frame } from '../../../engine/sdk/index.js';
import type { Table } from './csv.js';
import type { Refuse } from './problems.js';
import { clock, stamps } from './times.js';

/** Columns of the archive's monthly funding files, in their order. */
export const ARCHIVE = ['calc_time', 'funding_interval_hours', 'last_funding_rate'] as const;

/** Beyond this a rate is in another scale (percent, basis points), never a rate that was paid. */
const LIMIT = 0.05;

/** Where a table of funding keeps its stamps and rates. */
export interface FundingColumns {
  readonly table: Table;
  readonly time: string;
  readonly rate: string;
}

/**
 * Prints of one symbol with stamps in [from, to), in order of time, as reported.
 * @throws ingest/bad-time, unordered, duplicate-bar, bad-rate: each names file and row.
 */
export function fundingOf(
  sources: readonly FundingColumns[],
  range: { readonly from: number; readonly to: number },
  refuse: Refuse,
): Frame {
  const prints = sources.flatMap((source) => checked(source, refuse)).sort((a, b) => a.ts - b.ts);
  prints.forEach(({ ts, file, row }, i) => {
    const before = prints[i - 1];
    if (before?.ts !== ts) return;
    refuse('ingest/duplicate-bar', { file, row, time: clock(ts), first: before.file });
  });
  const kept = prints.filter(({ ts }) => ts >= range.from && ts < range.to);
  return Frame.of({
    ts: { dtype: 'time', values: Float64Array.from(kept, ({ ts }) => ts) },
    rate: Float64Array.from(kept, ({ rate }) => rate),
  });
}

function checked({ table, time, rate }: FundingColumns, refuse: Refuse) {
  const rates = table.columns.get(rate) ?? new Float64Array(0);
  const times = stamps(table, time, refuse);
  return Array.from(rates, (value, i) => {
    const [ts, before] = [times[i] ?? Number.NaN, times[i - 1]];
    const facts = { file: table.file, row: table.rowOf(i) };
    if (before !== undefined && before > ts) {
      refuse('ingest/unordered', { ...facts, time: clock(ts), before: clock(before) });
    }
    if (!(Math.abs(value) <= LIMIT))
      refuse('ingest/bad-rate', { ...facts, found: value, limit: LIMIT });
    return { ts, rate: value, file: table.file, row: facts.row };
  });
}
