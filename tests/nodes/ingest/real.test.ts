import { beforeAll, expect, it } from '@jest/globals';
import ingest from '../../../nodes/ingest/market.js';
import { runNode } from '../../kit/node.js';
import { inPlainNode } from '../../kit/plain.js';
import { DATA, describeReal } from '../../kit/real.js';
import { reading } from './archives.js';

describeReal('sources that tell of the same', () => {
  let found: Readonly<Record<string, unknown>> = {};
  beforeAll(async () => {
    found = Object(await inPlainNode('crossings-script', []));
  }, 300_000);

  // Rows in common, and how many of them differ by column; the sets' READMEs say so under "Cross-checks" unless said otherwise.
  it.each([
    ['btc_csv', 'the archive CSV and the Parquet of its month', 8064, {}],
    ['sol_csv', 'the same where the precision of volumes changes within the month', 8640, {}],
    ['near_minutes', 'minutes put together and the exchange’s own bars, every column', 16_704, {}], // all that the two files share; the README's 42,624 count months that the set does not have
    ['fil_minutes', 'the same for FIL', 17_568, {}],
    ['fil_csv', 'minutes of an archive CSV and the Parquet', 8064, {}],
    ['feather', 'a feather file of freqtrade and the Parquet', 25_920, {}],
    ['api', 'a CSV of the REST interface and the Parquet, missing cells included', 9117, {}],
    ['eth_hours', 'five minutes put together to hours and hours', 2619, {}],
    ['link_hours', 'the same for LINK', 2619, {}],
    ['btc_venues', 'the same for BTC and another collection', 5005, {}],
    [
      'btc_days',
      'five minutes and days: the archive is short on 14 and 29 January',
      273,
      { quote_volume: 2, trade_count: 2 },
    ],
    // The README counts 3 closes that differ in 12,465: the last bars, half-formed in one of the two, which are left out.
    ['eth_venues', 'hours of two collections', 4154, {}],
    ['doge_venues', 'the same for DOGE', 4155, {}],
    ['hype_venues', 'the same for HYPE', 4153, {}],
  ] as const)('%s: %s', (key, _what, common, differing) => {
    expect(found[key]).toEqual({ common, differing });
  });

  // Prints at the same minute, of all symbols that both have.
  it.each([
    ['funding_feather', 2155], // no README tells; the counts agree with a join of the two files by DuckDB
    ['funding_venues', 3422],
    ['funding_quarter', 4200],
  ] as const)('%s: every print has the same rate', (key, common) => {
    expect(found[key]).toEqual({ common, differing: 0 });
  });
});

describeReal('bars of another length than declared', () => {
  it('are refused by name', async () => {
    const five = reading('- { data: bars, names: ["{symbol}-*.csv"], layout: binance_klines }');
    const span = { from: '2023-02-01', to: '2023-02-28' };
    const params = { market: five, symbol: 'FILUSDT', span, folder: `${DATA}/raw-binance` };
    await expect(runNode(ingest, {}, params)).rejects.toThrow(
      'FILUSDT-1m-2023-02.csv, row 3: the bar at 2023-02-01T00:01:00.000Z does not open on the 5m grid',
    );
  });
});
