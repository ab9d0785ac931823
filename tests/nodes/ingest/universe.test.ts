import ingest from '../../../nodes/ingest/universe.js';
import { demo } from '../../kit/markets.js';
import { nodeTable } from '../../kit/node.js';

import {
  BY_HAND,
  DATES,
  day,
  EXCHANGE,
  folder,
  info,
  LUNA,
  listings,
  perpetual,
  told,
  universe,
} from './listings.js';

nodeTable(ingest, {
  gives: [
    {
      name: 'listings by hand, dead symbols among them, in order of name',
      params: { market: told(BY_HAND) },
      out: {
        universe: universe(
          { symbol: 'BTCUSDT', listed: '2019-09-08', until: '2022-05-13', evidence: 'declared' },
          LUNA,
        ),
      },
    },
    {
      name: 'only the symbols that are wanted, whatever became of them',
      params: { market: told(BY_HAND), symbols: ['LUNAUSDT'] },
      out: { universe: universe(LUNA) },
    },
    {
      name: 'a span: whose life touches it, as it was known at its end',
      params: {
        market: told({
          listings: {
            ...BY_HAND.listings,
            EARLYUSDT: { from: day('2019-01-01'), until: day('2020-09-01') },
            LATEUSDT: { from: day('2020-10-01') },
            NEWUSDT: { from: day('2020-09-30T12:00Z') },
          },
        }),
        span: { from: '2020-09-02', to: '2020-09-30' },
        warmup: '1d',
      },
      out: {
        universe: universe(
          { symbol: 'BTCUSDT', listed: '2019-09-08', until: '2020-10-01', evidence: 'declared' },
          {
            symbol: 'LUNAUSDT',
            listed: '2020-08-21',
            until: '2020-10-01',
            category: 'Layer-1',
            evidence: 'declared',
          },
          {
            symbol: 'NEWUSDT',
            listed: '2020-09-30T12:00Z',
            until: '2020-10-01',
            evidence: 'declared',
          },
        ),
      },
    },
    {
      name: 'a simulated world with listings of its own',
      params: {
        market: {
          ...demo,
          simulator: {
            ...demo.simulator,
            listings: {
              DEAD: { until: day('2024-02-01') },
              LATE: { from: day('2024-01-15') },
              NEXT: { until: day('2025-01-01') },
            },
          },
        },
        symbols: ['DEAD', 'LATE', 'NEXT'],
        span: { from: '2024-01-01', to: '2024-03-31' },
      },
      out: {
        universe: universe(
          {
            symbol: 'DEAD',
            listed: '2023-01-01',
            delisted: '2024-02-01',
            until: '2024-02-01',
            evidence: 'simulated',
          },
          { symbol: 'LATE', listed: '2024-01-15', until: '2024-04-01', evidence: 'simulated' },
          { symbol: 'NEXT', listed: '2023-01-01', until: '2024-04-01', evidence: 'simulated' },
        ),
      },
    },
    {
      name: 'a simulated market: the names that are asked for, from the first day of its world',
      params: { market: demo, symbols: ['ETHUSDT', 'BTCUSDT'] },
      out: {
        universe: universe(
          { symbol: 'BTCUSDT', listed: '2023-01-01', until: '2023-01-01', evidence: 'simulated' },
          { symbol: 'ETHUSDT', listed: '2023-01-01', until: '2023-01-01', evidence: 'simulated' },
        ),
      },
    },
    {
      name: 'a CSV table: quoted cells, an empty date, rows of other venues left alone',
      params: () =>
        listings(
          'venue,symbol,from,to,kind\nbinance,BUSDT,2021-03-04T05:06:07.890Z,,"Pay, ""B"""\nokx,BUSDT,2020-01-01,,x\nbinance,AUSDT,2021-01-01 00:00,2021-06-01,\n',
          { ...DATES, category: 'kind' },
          { venue: 'binance' },
        ),
      out: {
        universe: universe(
          {
            symbol: 'AUSDT',
            listed: '2021-01-01',
            delisted: '2021-06-01',
            until: '2021-06-01',
            evidence: 'table',
          },
          {
            symbol: 'BUSDT',
            listed: '2021-03-04T05:06:07.890Z',
            until: '2021-06-01',
            category: 'Pay, "B"',
            evidence: 'table',
          },
        ),
      },
    },
    {
      name: 'times in milliseconds, if the column is declared so',
      params: () =>
        listings(`symbol,at\nAUSDT,${day('2021-01-01')}\n`, { listed: { column: 'at', as: 'ms' } }),
      out: {
        universe: universe({
          symbol: 'AUSDT',
          listed: '2021-01-01',
          until: '2021-01-01',
          evidence: 'table',
        }),
      },
    },
    {
      name: 'what an exchange says: settled ones end with their delivery, other contracts are left out',
      params: () => ({
        market: EXCHANGE,
        folder: folder({
          'data/exchangeInfo.json': info(
            '2024-05-01',
            perpetual('BTCUSDT', '2019-09-08'),
            perpetual('FTTUSDT', '2022-03-01', {
              status: 'SETTLING',
              deliveryDate: day('2022-11-15'),
            }),
            perpetual('BTCUSDT_240628', '2024-01-01', { contractType: 'CURRENT_QUARTER' }),
          ),
        }),
      }),
      out: {
        universe: universe(
          {
            symbol: 'BTCUSDT',
            listed: '2019-09-08',
            until: '2024-05-01',
            category: 'DeFi',
            evidence: 'exchange',
          },
          {
            symbol: 'FTTUSDT',
            listed: '2022-03-01',
            delisted: '2022-11-15',
            until: '2022-11-15',
            category: 'DeFi',
            evidence: 'exchange',
          },
        ),
      },
    },
    {
      name: 'an exchange at two times: who is gone from the later one had ended by then, who came later is new',
      params: () => ({
        market: EXCHANGE,
        folder: folder({
          'exchangeInfo-2.json': info('2024-05-01', perpetual('NEWUSDT', '2024-02-01')),
          'exchangeInfo-1.json': info('2024-01-01', perpetual('OLDUSDT', '2023-01-01')),
        }),
      }),
      out: {
        universe: universe(
          {
            symbol: 'NEWUSDT',
            listed: '2024-02-01',
            until: '2024-05-01',
            category: 'DeFi',
            evidence: 'exchange',
          },
          {
            symbol: 'OLDUSDT',
            listed: '2023-01-01',
            delisted: '2024-05-01',
            until: '2024-05-01',
            category: 'DeFi',
            evidence: 'exchange',
          },
        ),
      },
    },
    {
      name: 'what stands first is believed, and only a category comes from what stands later',
      params: () => ({
        market: {
          ...told(BY_HAND),
          universe: { ...told(BY_HAND).universe, exchange_info: EXCHANGE.universe.exchange_info },
        },
        folder: folder({
          'exchangeInfo.json': info(
            '2024-05-01',
            perpetual('BTCUSDT', '2017-01-01'),
            perpetual('LUNAUSDT', '2022-09-10'),
          ),
        }),
      }),
      out: {
        universe: universe(
          {
            symbol: 'BTCUSDT',
            listed: '2019-09-08',
            until: '2024-05-01',
            category: 'DeFi',
            evidence: 'declared',
          },
          LUNA,
        ),
      },
    },
  ],
  elsewhere: {
    params: ['told'], // universe-lists.test.ts
    codes: [
      'ingest/bad-date',
      'ingest/bad-list',
      'ingest/bad-symbol',
      'ingest/ended-by',
      'ingest/ends-first',
      'ingest/list-column',
      'ingest/list-width',
      'ingest/listed-by-bars',
      'ingest/no-list-folder',
      'ingest/no-names',
      'ingest/no-universe',
      'ingest/none-listed',
      'ingest/not-listed',
      'ingest/outside-span',
      'ingest/survivors-only',
      'ingest/twice-listed',
      'ingest/undated',
      'ingest/unreadable-list',
    ],
  }, // universe-told.test.ts
});
