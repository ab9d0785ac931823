import { beforeAll, expect, it } from '@jest/globals';
import ingest from '../../../nodes/ingest/market.js';
import { runNode } from '../../kit/node.js';
import { inPlainNode } from '../../kit/plain.js';
import { DATA, describeReal } from '../../kit/real.js';

describeReal('real archives', () => {
  let found: Readonly<Record<string, unknown>> = {};
  beforeAll(async () => {
    found = (await inPlainNode('archives-script', [])) as typeof found; // as the script prints it
  });

  // Rows, gaps and missing bars as the README of the data set states them.
  it.each([
    ['SOLUSDT', { rows: 78_624, missing: 0, still: 5, hours: [8] }],
    ['ALGOUSDT', { rows: 24_480, missing: 194_112, still: 0, hours: [8] }],
    ['LINKUSDT', { rows: 8064, missing: 0, still: 0, hours: [8] }],
    ['NEARUSDT', { rows: 61 * 288, missing: 31 * 288, still: 2, hours: [] }], // two files, a month between them
  ])('%s', (symbol, { rows, missing, still, hours }) => {
    const faults = missing === 0 ? {} : { absent: missing };
    const quality = { missing, bars: rows + missing, duplicates: 0, off_grid: 0, faults };
    expect(found[symbol]).toMatchObject({ rows, still, quality, hours });
  });

  it.each([
    ['btc', 8064],
    ['sol', 8640],
  ])('%s: the archive CSV equals the Parquet on every row of its month', (key, rows) => {
    expect(found[key]).toEqual({ rows: [rows, rows], columns: [] });
  });

  it('bars of one minute are read as such and refused as bars of five', async () => {
    expect(found.minutes).toBe(40_320);
    const market = { id: 'x', source: 'binance_klines', spacing: 300_000 };
    const span = { from: '2023-02-01', to: '2023-02-28' };
    const params = { market, symbol: 'FILUSDT', span, folder: `${DATA}/raw-binance` };
    await expect(runNode(ingest, {}, params)).rejects.toThrow('FILUSDT-1m-2023-02.csv');
  });
});
