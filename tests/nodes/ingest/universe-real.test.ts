import { expect, it } from '@jest/globals';
import ingest from '../../../nodes/ingest/universe.js';
import members from '../../../nodes/universe/members.js';
import { runNode } from '../../kit/node.js';
import { DATA, describeReal, frameAt } from '../../kit/real.js';

/* Counts are those of the READMEs of the data sets, or counted with pandas 2 where these do not say (marked). */

const TABLES = { listings: {}, tables: [], exchange_info: undefined, bars: undefined };
const of = (id: string, universe: object) => ({
  id,
  source: 'files',
  spacing: 300_000,
  universe: { ...TABLES, ...universe },
});
const PERPETUALS = of('um', {
  tables: [
    {
      names: ['symbols.parquet'],
      symbol: 'symbol',
      listed: { column: 'onboard_time', as: 'time' },
      category: 'binance_subtype',
      status: { column: 'status', active: ['TRADING'], as_of: Date.UTC(2026, 7, 6) },
      where: {},
    },
  ],
});
const told = (warnings: readonly { readonly code: string; readonly facts: object }[]) =>
  Object.fromEntries(warnings.map(({ code, facts }) => [code, facts]));

describeReal('universes of real data', () => {
  it('the table of perpetuals: 357 contracts, 21 in settlement, one without a date (pandas)', async () => {
    const folder = `${DATA}/binance-um-daily-universe`;
    const { outs, warnings } = await runNode(ingest, {}, { market: PERPETUALS, folder });
    const universe = frameAt(outs, 'universe');
    expect(universe.length).toBe(356);
    expect(told(warnings)).toMatchObject({
      'ingest/undated': { count: 1, symbols: 'AERGOUSDT' },
      'ingest/ended-by': { count: 21 },
    });
    const listed = universe.time('listed');
    expect(Math.min(...listed)).toBe(Date.parse('2019-09-08T17:55Z'));
    expect(Math.max(...listed)).toBe(Date.parse('2026-03-02T05:00Z'));
    // Eight have no category; the one without a date is one of them.
    expect(universe.texts('category').filter((c) => c === null)).toHaveLength(7);
    const { outs: by } = await runNode(members, { universe });
    const months = frameAt(by, 'members');
    const first = [...months.time('month')].filter((m) => m === Date.UTC(2019, 8, 1));
    expect(first).toHaveLength(1);
  });

  it('its daily bars alone: survivors only, which is told', async () => {
    const bars = {
      names: ['klines_1d.parquet'],
      symbol: 'symbol',
      opens: { column: 'open_time', as: 'ms' },
      spacing: 86_400_000,
      active: 7 * 86_400_000,
    };
    const params = { market: of('um', { bars }), folder: `${DATA}/binance-um-daily-universe` };
    const { outs, warnings } = await runNode(ingest, {}, params);
    const universe = frameAt(outs, 'universe');
    expect(universe.length).toBe(341);
    expect(told(warnings)).toMatchObject({
      'ingest/listed-by-bars': { count: 341 },
      'ingest/survivors-only': { count: 341 },
    });
    expect(new Set(universe.time('until'))).toEqual(new Set([Date.UTC(2026, 0, 1)]));
  });

  it('daily prices of shares: seven end more than a week before the last day (pandas)', async () => {
    const bars = {
      names: ['prices_1d.parquet'],
      symbol: 'symbol',
      opens: { column: 'date', as: 'time' },
      spacing: 86_400_000,
      active: 7 * 86_400_000,
    };
    const params = { market: of('us', { bars }), folder: `${DATA}/us-equities-daily` };
    const { outs, warnings } = await runNode(ingest, {}, params);
    const universe = frameAt(outs, 'universe');
    expect(universe.length).toBe(478);
    expect(universe.texts('status').filter((s) => s === 'inactive')).toHaveLength(7);
    const row = universe.texts('symbol').indexOf('AET');
    expect(universe.column('delisted')[row]).toBe(Date.UTC(2018, 10, 30));
    expect(told(warnings)['ingest/survivors-only']).toBeUndefined();
  });

  it('records of listings, of one venue: 528 symbols, five delisted (pandas)', async () => {
    const table = {
      names: ['listings.csv'],
      symbol: 'symbol',
      listed: { column: 'first_seen_at', as: 'text' },
      delisted: { column: 'delisted_at', as: 'text' },
      where: { exchange: 'binance' },
    };
    const params = { market: of('spot', { tables: [table] }), folder: `${DATA}/market-structure` };
    const { outs, warnings } = await runNode(ingest, {}, params);
    const universe = frameAt(outs, 'universe');
    expect(universe.length).toBe(528);
    expect(universe.texts('status').filter((s) => s === 'inactive')).toHaveLength(5);
    expect(warnings).toEqual([]);
  });
});
