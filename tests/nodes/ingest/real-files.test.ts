import { beforeAll, expect, it } from '@jest/globals';
import { inPlainNode } from '../../kit/plain.js';
import { type ReadmeRow, readmeOf } from '../../kit/readme.js';
import { describeReal } from '../../kit/real.js';

/** What the script prints of one import. */
interface Counted {
  readonly rows: number;
  readonly first: string;
  readonly last: string;
  readonly gaps: number;
  readonly missing: number;
  readonly doubled: number;
  readonly still: number;
  readonly warnings: readonly { readonly code: string; readonly facts: Record<string, unknown> }[];
}

/** Sets with one symbol a file: how their files are declared, and the length of their bars. */
const SETS: Readonly<Record<string, { readonly layout: string; readonly spacing: string }>> = {
  'binance-um-klines-5m': { layout: 'binance_klines', spacing: '5m' },
  'binance-um-klines-1m': { layout: 'binance_klines', spacing: '1m' },
  'binance-um-ohlcv-5m': { layout: 'ohlcv', spacing: '5m' },
  'binance-spot-klines-5m': { layout: 'binance_klines_live', spacing: '5m' },
  'binance-spot-ohlcv-5m': { layout: 'ohlcv', spacing: '5m' },
};

const FIVE = 300_000;
/** Layouts of the archive, whose bars are over. */
const WHOLE = ['binance_klines'];

/**
 * Does the last bar of a file fall out? It does where nothing tells that it was over: all captures of half a year are among these,
 * which the README says ended in a bar that was still forming.
 */
const unsure = (set: string, row: ReadmeRow) =>
  !WHOLE.includes(SETS[set]?.layout ?? '') && !row['last (UTC)']?.endsWith('T23:55');
const before = (clock: string) =>
  new Date(Date.parse(`${clock}Z`) - FIVE).toISOString().slice(0, 16);

describeReal('real files, each through a market of its own', () => {
  const rows = Object.keys(SETS).flatMap((set) =>
    readmeOf(set).map((row) => [set, row.file ?? '', row] as const),
  );
  const found: Record<string, Counted> = {};
  beforeAll(async () => {
    const imports = rows.map(([set, file]) => {
      const { layout, spacing } = SETS[set] ?? { layout: '', spacing: '' };
      const files = [`{ data: bars, names: ["${set}/${file}"], layout: ${layout} }`];
      const symbol = file.split(/[-.]/)[0];
      return { id: `${set}/${file}`, symbol, spacing, files, table: 'raw' };
    });
    Object.assign(found, await inPlainNode('imports-script', [JSON.stringify(imports)]));
  }, 300_000);

  it('are all that the sets have', () => {
    expect(rows.length).toBe(48);
  });

  it.each(rows)('%s/%s has the rows, span and gaps of its README', (set, file, row) => {
    const cut = unsure(set, row) ? 1 : 0;
    const wanted = {
      rows: Number(row.rows) - cut,
      first: row['first (UTC)'],
      last: cut === 1 ? before(row['last (UTC)'] ?? '') : row['last (UTC)'],
      gaps: Number(row.gaps),
      missing: Number(row['missing bars']),
      doubled: Number(row.duplicates),
      still: Number(row['volume-0 bars']),
    };
    const { warnings, ...rest } = found[`${set}/${file}`] ?? { warnings: [] };
    expect(rest).toMatchObject(wanted);
    const codes = warnings.map(({ code }) => code).filter((code) => code === 'ingest/unsure-bar');
    expect(codes.length).toBe(cut);
  });

  it('every capture that the README says to be half-formed at its end is cut', () => {
    const captures = rows.filter(([, , row]) => /GENETIC-TRADER/.test(row.source ?? ''));
    expect(captures.length).toBe(24);
    expect(captures.filter(([set, , row]) => !unsure(set, row))).toEqual([]);
  });
});

/** Sets with rows of many symbols in a file, and bars of other markets. */
const BARS =
  '{ data: bars, names: ["binance-um-klines-5m/BTCUSDT.parquet"], layout: binance_klines }';
const LAYOUTS = {
  equities: `table: bars
last: whole
columns:
  - { name: symbol, as: symbol }
  - { name: date, as: ts, time: stamp }
  - { name: open, as: open }
  - { name: high, as: high }
  - { name: low, as: low }
  - { name: close, as: close }
  - { name: volume, as: volume, empty: true }`,
  pandas: `table: bars
last: whole
header: required
columns:
  - { name: "", as: ts, time: text }
  - { name: Open, as: open }
  - { name: High, as: high }
  - { name: Low, as: low }
  - { name: Close, as: close }
  - { name: Volume, as: volume }`,
};

describeReal('real files of other forms', () => {
  // Rows: of the README where a file has one symbol, else of `select count(*) … where symbol = …` by DuckDB.
  const made = (name: string) => `spec/layouts/made/${name}.yaml`;
  const cases = [
    [
      'open interest, 4 h',
      'BTCUSDT',
      '5m',
      'open_interest',
      [
        BARS,
        '{ data: open_interest, names: ["binance-um-open-interest/oi_4h.parquet"], layout: open_interest_table }',
      ],
      168,
    ],
    [
      'open interest with a hole',
      'IOTAUSDT',
      '5m',
      'open_interest',
      [
        '{ data: bars, names: ["binance-um-klines-5m/BTCUSDT.parquet"], layout: binance_klines }',
        '{ data: open_interest, names: ["binance-um-open-interest/oi_4h.parquet"], layout: open_interest_table }',
      ],
      166,
    ],
    [
      'funding of all symbols',
      'BTCUSDT',
      '5m',
      'funding',
      [
        BARS,
        '{ data: funding, names: ["binance-um-funding/funding_rate.parquet"], layout: funding_rates }',
      ],
      6638,
    ],
    [
      'mark price',
      'BTCUSDT',
      '1h',
      'mark',
      [
        '{ data: bars, names: ["binance-um-klines-5m/BTCUSDT.parquet"], layout: binance_klines, interval: 5m }',
        '{ data: mark, names: ["binance-um-mark-1h/{symbol}.parquet"], layout: plain_marks }',
      ],
      16_056,
    ],
    [
      'days of the universe',
      '1000PEPEUSDT',
      '1d',
      'raw',
      [
        '{ data: bars, names: ["binance-um-daily-universe/klines_1d.parquet"], layout: klines_table }',
      ],
      722,
    ],
    [
      'equities',
      'AAPL',
      '1d',
      'raw',
      [
        `{ data: bars, names: ["us-equities-daily/prices_1d.parquet"], layout: ${made('equities')} }`,
      ],
      1000,
    ],
    [
      'equities with a low above its close',
      'DXC',
      '1d',
      'raw',
      [
        `{ data: bars, names: ["us-equities-daily/prices_1d.parquet"], layout: ${made('equities')}, faulty: keep }`,
      ],
      1000,
    ],
    [
      'days with the index of a data frame',
      'GOOG',
      '1d',
      'raw',
      [`{ data: bars, names: ["classic/backtestingpy_{symbol}.csv"], layout: ${made('pandas')} }`],
      2148,
    ],
    [
      'hours with times in words',
      'EURUSD',
      '1h',
      'raw',
      [`{ data: bars, names: ["classic/backtestingpy_{symbol}.csv"], layout: ${made('pandas')} }`],
      5000,
    ],
  ] as const;
  const found: Record<string, Counted> = {};
  beforeAll(async () => {
    const imports = cases.map(([id, symbol, spacing, table, files]) => {
      const used = Object.entries(LAYOUTS).filter(([name]) => files.join().includes(made(name)));
      return { id, symbol, spacing, table, files, layouts: Object.fromEntries(used) };
    });
    Object.assign(found, await inPlainNode('imports-script', [JSON.stringify(imports)]));
  }, 300_000);

  it.each(cases)('%s of %s', (id, _symbol, _spacing, _table, _files, rows) => {
    expect(found[id]?.rows).toBe(rows);
  });

  it('a bar that breaks a rule is kept where the market says so, and told', () => {
    const warnings = found['equities with a low above its close']?.warnings ?? [];
    const faulty = warnings.find(({ code }) => code === 'ingest/faulty-bars');
    expect(faulty?.facts).toMatchObject({ count: 1, rule: 'low <= close <= high' });
  });
});
