import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { timeColumn } from '../../../engine/frame/build.js';
import { Frame } from '../../../engine/frame/frame.js';
import { textColumn } from '../../../engine/frame/text.js';

export const day = (text: string) => Date.parse(text);
export const TABLES = { listings: {}, tables: [], exchange_info: undefined, bars: undefined };

/** A market whose symbols are told so. */
export const told = (universe: object) => ({
  id: 'venue',
  source: 'files',
  spacing: 300_000,
  universe: { ...TABLES, ...universe },
});
export const csv = (columns: object, where = {}) => ({
  tables: [{ names: ['listings.csv'], symbol: 'symbol', where, ...columns }],
});
export const text = (column: string) => ({ column, as: 'text' });
export const DATES = { listed: text('from'), delisted: text('to') };

export function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'dag-listings-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}
export const listings = (lines: string, columns: object = DATES, where = {}) => ({
  market: told(csv(columns, where)),
  folder: folder({ 'listings.csv': lines }),
});

export interface Row {
  readonly symbol: string;
  readonly listed: string;
  readonly delisted?: string;
  readonly until: string;
  readonly category?: string;
  readonly evidence: string;
}
/** The table that these rows are. */
export function universe(...rows: readonly Row[]): Frame {
  return Frame.of(
    {
      symbol: textColumn(rows.map((r) => r.symbol)),
      listed: timeColumn(rows.map((r) => day(r.listed))),
      delisted: rows.map((r) => (r.delisted === undefined ? Number.NaN : day(r.delisted))),
      until: timeColumn(rows.map((r) => day(r.until))),
      status: textColumn(rows.map((r) => (r.delisted === undefined ? 'active' : 'inactive'))),
      category: textColumn(rows.map((r) => r.category ?? null)),
      evidence: textColumn(rows.map((r) => r.evidence)),
    },
    { delisted: 'ms' },
  );
}

export const BY_HAND = {
  listings: {
    LUNAUSDT: { from: day('2020-08-21'), until: day('2022-05-13'), category: 'Layer-1' },
    BTCUSDT: { from: day('2019-09-08') },
  },
};
export const LUNA = {
  symbol: 'LUNAUSDT',
  listed: '2020-08-21',
  delisted: '2022-05-13',
  until: '2022-05-13',
  category: 'Layer-1',
  evidence: 'declared',
};

/** What an exchange says of itself; a symbol is its fields. */
export const info = (serverTime: string, ...symbols: readonly object[]) =>
  JSON.stringify({ serverTime: day(serverTime), symbols });
export const perpetual = (symbol: string, onboard: string, more = {}) => ({
  symbol,
  contractType: 'PERPETUAL',
  status: 'TRADING',
  onboardDate: day(onboard),
  deliveryDate: day('2100-12-25'),
  underlyingSubType: ['DeFi', 'Top'],
  ...more,
});
export const EXCHANGE = told({
  exchange_info: { names: ['**/exchangeInfo*.json'], where: { contractType: 'PERPETUAL' } },
});
export const BARS = told({
  bars: { names: ['**/*.zip'], spacing: 300_000, active: 7 * 86_400_000 },
});
