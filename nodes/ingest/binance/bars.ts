import type { Frame } from '../../../engine/sdk/index.js';
import { type Bar, RawBars } from '../tables/raw-bars.js';
import type { Table } from './csv.js';
import { intervalOf } from './names.js';
import type { Refuse } from './problems.js';
import { broken } from './rules.js';
import { clock, stamps } from './times.js';

/** Columns of the archive's klines, in their order. */
export const KLINES = [
  'open_time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'close_time',
  'quote_volume',
  'count',
  'taker_buy_volume',
  'taker_buy_quote_volume',
  'ignore',
] as const;

/** The columns that are read. */
export const READ = KLINES.filter((name) => name !== 'taker_buy_quote_volume' && name !== 'ignore');

interface Row {
  readonly bar: Bar;
  readonly table: Table;
  readonly index: number;
}

/**
 * Bars of one symbol from one or several files, checked row by row and put in order of time.
 * @throws ingest/bad-time, off-grid, wrong-interval, unordered, bad-bar, duplicate-bar: each names file, row and rule.
 */
export function barsOf(
  tables: readonly Table[],
  range: { readonly from: number; readonly to: number },
  spacing: number,
  refuse: Refuse,
): Frame {
  const rows = tables.flatMap((table) => checked(table, spacing, refuse));
  const sorted = tables.length === 1 ? rows : rows.sort((a, b) => a.bar.ts - b.bar.ts);
  const out = new RawBars();
  let before: Row | undefined;
  for (const row of sorted) {
    if (before?.bar.ts === row.bar.ts) {
      const { table, index, bar } = row;
      const facts = { file: table.file, row: table.rowOf(index), time: clock(bar.ts) };
      refuse('ingest/duplicate-bar', { ...facts, first: before.table.file });
    }
    before = row;
    if (row.bar.ts >= range.from && row.bar.ts < range.to) out.push(row.bar);
  }
  return out.frame();
}

function checked(table: Table, spacing: number, refuse: Refuse): Row[] {
  const { file, rowOf } = table;
  const interval = intervalOf(spacing);
  const opens = stamps(table, 'open_time', refuse, 0);
  const closes = stamps(table, 'close_time', refuse, 999);
  const rows: Row[] = [];
  for (let index = 0; index < table.length; index++) {
    const bar = barAt(table, index, opens[index] ?? Number.NaN);
    const facts = { file, row: rowOf(index), time: clock(bar.ts) };
    if (bar.ts % spacing !== 0) refuse('ingest/off-grid', { ...facts, interval });
    if (closes[index] !== bar.ts + spacing - 1)
      refuse('ingest/wrong-interval', { ...facts, interval });
    const before = opens[index - 1];
    if (before !== undefined && before > bar.ts) {
      refuse('ingest/unordered', { ...facts, before: clock(before) });
    }
    const rule = broken(bar);
    if (rule !== undefined) refuse('ingest/bad-bar', { ...facts, rule, found: shown(bar) });
    rows.push({ bar, table, index });
  }
  return rows;
}

function barAt({ columns }: Table, index: number, ts: number): Bar {
  const value = (name: (typeof KLINES)[number]) => columns.get(name)?.[index] ?? Number.NaN;
  return {
    ts,
    open: value('open'),
    high: value('high'),
    low: value('low'),
    close: value('close'),
    volume: value('volume'),
    quote_volume: value('quote_volume'),
    trade_count: value('count'),
    taker_base_volume: value('taker_buy_volume'),
  };
}

function shown({ ts: _ts, ...values }: Bar): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
