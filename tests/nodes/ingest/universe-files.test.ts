import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ingest from '../../../nodes/ingest/universe.js';
import { market as marketKind } from '../../../nodes/kinds/market.js';
import { expectFrame } from '../../kit/frame.js';
import { filled, runNode, testContext } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { specsOf } from '../../kit/specs.js';

import { BARS, csv, DATES, folder, info, perpetual, told, universe } from './listings.js';

it('files of bars tell a life from the first day of the first file to the last day of the last', async () => {
  const files = {
    'AUSDT-5m-2024-01.zip': '',
    'AUSDT-5m-2024-02-03.zip': '',
    'BUSDT-5m-2023-12.zip': '',
    'CUSDT-5m-2024-01-31.zip': '',
  };
  const { outs } = await runNode(ingest, {}, { market: BARS, folder: folder(files) });
  expectFrame(frameAt(outs, 'universe')).toEqual(
    universe(
      { symbol: 'AUSDT', listed: '2024-01-01', until: '2024-02-04', evidence: 'bars' },
      {
        symbol: 'BUSDT',
        listed: '2023-12-01',
        delisted: '2024-01-01',
        until: '2024-01-01',
        evidence: 'bars',
      },
      { symbol: 'CUSDT', listed: '2024-01-31', until: '2024-02-04', evidence: 'bars' },
    ),
  );
});

it('the shipped market of perpetuals reads what the downloader keeps, and finds the dead in its files', async () => {
  const [market] = specsOf(marketKind, 'binance_perp');
  const um = 'data/futures/um';
  const files = {
    [`${um}/rest/exchangeInfo/exchangeInfo-2024-05-01.json`]: info(
      '2024-05-01T10:00Z',
      perpetual('BTCUSDT', '2019-09-08'),
    ),
    [`${um}/monthly/klines/BTCUSDT/5m/BTCUSDT-5m-2024-03.zip`]: '',
    [`${um}/rest/klines/BTCUSDT/5m/BTCUSDT-5m-2024-04-30.csv`]: '',
    [`${um}/monthly/klines/FTTUSDT/5m/FTTUSDT-5m-2022-10.zip`]: '',
    [`${um}/daily/klines/FTTUSDT/5m/FTTUSDT-5m-2022-11-14.zip`]: '',
    [`${um}/daily/klines/FTTUSDT/5m/FTTUSDT-5m-2022-11-14.zip.CHECKSUM`]: '',
  };
  const { outs } = await runNode(ingest, {}, { market, folder: folder(files) });
  expectFrame(frameAt(outs, 'universe')).toEqual(
    universe(
      {
        symbol: 'BTCUSDT',
        listed: '2019-09-08',
        until: '2024-05-01T10:00Z',
        category: 'DeFi',
        evidence: 'exchange',
      },
      {
        symbol: 'FTTUSDT',
        listed: '2022-10-01',
        delisted: '2022-11-15',
        until: '2022-11-15',
        evidence: 'bars',
      },
    ),
  );
});

describe('files that a run will read', () => {
  it('are those that the market names, each once', () => {
    const asked: string[] = [];
    const list = (_folder: string, pattern: string) => {
      asked.push(pattern);
      return [`/raw/${pattern}`, '/raw/both'];
    };
    const market = {
      ...told(csv(DATES)),
      universe: { ...told(csv(DATES)).universe, bars: BARS.universe.bars },
    };
    const files = ingest.files?.(
      { market, folder: '/raw' },
      { list, trials: () => [], published: () => [] },
    );
    expect(asked).toEqual(['listings.csv', '**/*.zip']);
    expect(files).toEqual(['/raw/listings.csv', '/raw/both', '/raw/**/*.zip']);
  });

  it('are all that it reads: what has come into the folder since is for the next run', async () => {
    const before = { 'AUSDT-5m-2024-01.zip': '' };
    const path = folder({ ...before, 'BUSDT-5m-2024-01.zip': '' });
    const params = filled(ingest, { market: BARS, folder: path });
    const files = Object.keys(before).map((name) => join(path, name));
    const outs = await ingest.run({}, params, testContext(ingest, 0, [], [], files));
    expect(frameAt(outs, 'universe').texts('symbol')).toEqual(['AUSDT']);
  });
});
