import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import ingest from '../../../nodes/ingest/universe.js';
import { demo } from '../../kit/markets.js';
import { nodeTable } from '../../kit/node.js';

import { BARS, BY_HAND, day, EXCHANGE, folder, listings, text, told } from './listings.js';

nodeTable(ingest, {
  gives: [],
  warns: [
    {
      name: 'dates that rest on files of bars: who stops a week before all others is dead',
      params: () => ({
        market: BARS,
        folder: folder({
          'um/klines/AUSDT/AUSDT-5m-2024-01.zip': '',
          'um/klines/AUSDT/AUSDT-5m-2024-02-03.zip': '',
          'um/klines/BUSDT/BUSDT-5m-2024-01.zip': '',
          'um/klines/BUSDT/.half-BUSDT-5m-2024-09.zip': '',
        }),
      }),
      code: 'ingest/listed-by-bars',
      data: { market: 'venue', count: 2, symbols: 'AUSDT, BUSDT' },
    },
    {
      name: 'twenty symbols and no dead one',
      params: {
        market: told({
          listings: Object.fromEntries(
            Array.from({ length: 20 }, (_, i) => [`S${i}`, { from: day('2021-01-01') }]),
          ),
        }),
      },
      code: 'ingest/survivors-only',
      data: { market: 'venue', count: 20 },
    },
    {
      name: 'a status that says it ended, and no day: the day of the table',
      params: () =>
        listings('symbol,from,state\nAUSDT,2021-01-01,SETTLING\nBUSDT,2021-01-01,TRADING\n', {
          listed: text('from'),
          status: { column: 'state', active: ['TRADING'], as_of: day('2021-06-01') },
        }),
      code: 'ingest/ended-by',
      data: { count: 1, symbols: 'AUSDT' },
    },
    {
      name: 'a symbol that ended before the span',
      params: {
        market: told(BY_HAND),
        symbols: ['BTCUSDT', 'LUNAUSDT'],
        span: { from: '2022-05-13', to: '2022-05-31' },
      },
      code: 'ingest/outside-span',
      data: { symbols: 'LUNAUSDT', from: '2022-05-13', to: '2022-05-31' },
    },
    {
      name: 'a symbol without a date',
      params: () => listings('symbol,from,to\nAUSDT,,\nBUSDT,2021-01-01,\n'),
      code: 'ingest/undated',
      data: { count: 1, symbols: 'AUSDT' },
    },
  ],
  refuses: [
    {
      name: 'files, and no folder named',
      params: { market: EXCHANGE },
      code: 'ingest/no-list-folder',
      data: { market: 'venue' },
    },
    {
      name: 'a simulated world without names',
      params: { market: demo },
      code: 'ingest/no-names',
      data: { market: 'demo' },
    },
    {
      name: 'a market that tells nothing',
      params: { market: { ...told({}), universe: undefined } },
      code: 'ingest/no-universe',
      data: { market: 'venue' },
    },
    {
      name: 'nobody traded then',
      params: { market: told(BY_HAND), span: { from: '2018-05-13', to: '2018-05-31' } },
      code: 'ingest/none-listed',
      data: { market: 'venue', from: '2018-05-13', to: '2018-05-31' },
    },
    {
      name: 'a symbol that was never listed',
      params: { market: told(BY_HAND), symbols: ['BTCUSDT', 'DOGEUSDT'] },
      code: 'ingest/not-listed',
      data: { symbols: 'DOGEUSDT', known: 'BTCUSDT, LUNAUSDT' },
    },
    {
      name: 'a file that leads nowhere',
      params: () => {
        const path = folder({});
        symlinkSync(join(path, 'gone'), join(path, 'exchangeInfo.json'));
        return { market: EXCHANGE, folder: path };
      },
      code: 'ingest/unreadable-list',
      data: { reason: 'ENOENT' },
    },
    {
      name: 'an answer that is an error page',
      params: () => ({ market: EXCHANGE, folder: folder({ 'exchangeInfo.json': '<html>' }) }),
      code: 'ingest/bad-list',
      data: { file: 'exchangeInfo.json', reason: 'it is no JSON' },
    },
    {
      name: 'a column that is called otherwise',
      params: () => listings('name,from,to\n'),
      code: 'ingest/list-column',
      data: { file: 'listings.csv', column: 'symbol', found: ['name', 'from', 'to'] },
    },
    {
      name: 'a row with a cell too many',
      params: () => listings('symbol,from,to\nAUSDT,2021-01-01,\nBUSDT,2021-01-01,,\n'),
      code: 'ingest/list-width',
      data: { row: 3, found: 4, expected: 3 },
    },
    {
      name: 'a symbol that could be a path',
      params: () => listings('symbol,from,to\n../A,2021-01-01,\n'),
      code: 'ingest/bad-symbol',
      data: { row: 2, found: '../A' },
    },
    {
      name: 'a date that no month has',
      params: () => listings('symbol,from,to\nAUSDT,2021-02-30,\n'),
      code: 'ingest/bad-date',
      data: { file: 'listings.csv', row: 2, column: 'from', found: '2021-02-30' },
    },
    {
      name: 'seconds where milliseconds are declared, far from any listing',
      params: () => listings('symbol,at\nAUSDT,1e21\n', { listed: { column: 'at', as: 'ms' } }),
      code: 'ingest/bad-date',
      data: { column: 'at', form: 'time in milliseconds' },
    },
    {
      name: 'a symbol twice in one table',
      params: () => listings('symbol,from,to\nAUSDT,2021-01-01,\nAUSDT,2021-01-02,\n'),
      code: 'ingest/twice-listed',
      data: { row: 3, symbol: 'AUSDT' },
    },
    {
      name: 'a life that ends before it begins',
      params: { market: told({ listings: { AUSDT: { from: 5, until: 5 } } }) },
      code: 'ingest/ends-first',
      data: { symbol: 'AUSDT', file: 'market venue' },
    },
  ],
  elsewhere: { params: ['market', 'symbols', 'folder', 'span', 'warmup', 'told'] }, // universe.test.ts
});
