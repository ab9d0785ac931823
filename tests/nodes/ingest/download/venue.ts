import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Diagnostic } from '../../../../engine/diag/diagnostic.js';
import download from '../../../../nodes/ingest/download.js';
import { ArchiveServer, fundingCsv, klineCsv, sha256 } from '../../../kit/archive-server.js';
import { runNode } from '../../../kit/node.js';

export const DAY = 86_400_000;
export const day = (text: string) => Date.parse(text);

/** A venue with two whole months, a running one of seven days, and what REST tells. */
export const SPAN = { from: '2024-12-01', to: '2025-02-10' };
export const UNTIL = '2025-02-10';
export const BTC = 'BTCUSDT';

export const zips = /\.zip$/;
export const rest = /^\/fapi/;

export const monthly = (symbol: string, month: string) =>
  `data/futures/um/monthly/klines/${symbol}/5m/${symbol}-5m-${month}.zip`;
export const daily = (symbol: string, date: string) =>
  `data/futures/um/daily/klines/${symbol}/5m/${symbol}-5m-${date}.zip`;
export const byRest = (symbol: string, date: string) =>
  `data/futures/um/rest/klines/${symbol}/5m/${symbol}-5m-${date}.csv`;
export const paid = (symbol: string, month: string) =>
  `data/futures/um/monthly/fundingRate/${symbol}/${symbol}-fundingRate-${month}.zip`;
export const paidByRest = (symbol: string, date: string) =>
  `data/futures/um/rest/fundingRate/${symbol}/${symbol}-fundingRate-${date}.csv`;

export function publishAll(server: ArchiveServer, symbol: string): void {
  for (const [month, next] of [
    ['2024-12', '2025-01'],
    ['2025-01', '2025-02'],
  ] as const) {
    const [from, to] = [day(`${month}-01`), day(`${next}-01`)];
    server.publish(monthly(symbol, month), klineCsv(symbol, from, to));
    server.publish(paid(symbol, month), fundingCsv(symbol, from, to));
  }
  for (let d = 1; d <= 7; d++) publishDay(server, symbol, `2025-02-0${d}`);
}

/** A server for the tests of a file, which before each of them has what the venue published, and no faults. */
export function standing(): ArchiveServer {
  const server = new ArchiveServer();
  const renewed = () => {
    server.calm();
    server.files.clear();
    publishAll(server, BTC);
  };
  beforeAll(async () => {
    await server.start();
    renewed();
  });
  afterAll(() => server.stop());
  beforeEach(renewed);
  return server;
}

/** What lies in a folder after a run that nothing disturbed. */
export async function undisturbed(server: ArchiveServer): Promise<ReturnType<typeof tree>> {
  const params = asked(server.base);
  await fetchAll(params);
  return tree(params.folder);
}

export function publishDay(server: ArchiveServer, symbol: string, date: string): void {
  server.publish(daily(symbol, date), klineCsv(symbol, day(date), day(date) + DAY));
}

/** The `network:` of a market, as a node receives it. */
export function networkOf(base: string, more: Readonly<Record<string, unknown>> = {}) {
  const budget = { host: 'venue', most: 100_000, every: 60_000 };
  const um = 'data/futures/um/{period}';
  return {
    protocol: 'binance',
    archive: 'venue',
    at_once: 4,
    silence: 600,
    largest: 64,
    hosts: { venue: base },
    budgets: { all: { ...budget, told_by: 'X-MBX-USED-WEIGHT-1M' } },
    listings: {
      path: '/fapi/v1/exchangeInfo',
      budget: 'all',
      weight: 1,
      file: 'data/futures/um/rest/exchangeInfo/exchangeInfo-{date}.json',
    },
    datasets: {
      bars: {
        archive: `${um}/klines/{symbol}/{interval}/{symbol}-{interval}-{date}.zip`,
        months: true,
        days: true,
        since: day('2019-09-01'),
        rest: restOf('klines', '/fapi/v1/klines', 500),
      },
      funding: {
        archive: `${um}/fundingRate/{symbol}/{symbol}-fundingRate-{date}.zip`,
        months: true,
        days: false,
        since: day('2019-09-01'),
        rest: restOf('funding', '/fapi/v1/fundingRate', 10),
      },
      open_interest: {
        archive: `${um}/metrics/{symbol}/{symbol}-metrics-{date}.zip`,
        months: false,
        days: true,
        since: day('2020-09-01'),
        rest: {
          ...restOf('open_interest', '/futures/data/openInterestHist', 200),
          columns: {
            count_toptrader_long_short_ratio: '/futures/data/topLongShortAccountRatio',
            sum_taker_long_short_vol_ratio: '/futures/data/takerlongshortRatio',
          },
        },
      },
    },
    ...more,
  };
}

function restOf(form: string, path: string, page: number) {
  return { form, path, budget: 'all', page, weight: 1, columns: {} };
}

export const marketOf = (network: unknown) => ({
  id: 'here',
  spacing: 300_000,
  quote: 'USDT',
  network,
});

export const folder = () => join(mkdtempSync(join(tmpdir(), 'dag-download-')), 'raw');

/** Parameters for one symbol and short pauses; the folder is a new one unless it is named. */
export function asked(base: string, more: Readonly<Record<string, unknown>> = {}) {
  const market = marketOf(networkOf(base));
  const pace = { backoff: 1, recheck: 0, patience: 5_000, attempts: 10 };
  const what = { symbols: ['BTCUSDT'], span: SPAN, until: UNTIL, folder: folder() };
  return { market, ...what, ...pace, ...more };
}

interface Report {
  readonly until: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly files: readonly {
    readonly name: string;
    readonly state: string;
    readonly from: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly rows?: number;
  }[];
}

export async function fetchAll(params: Readonly<Record<string, unknown>>): Promise<{
  readonly files: Report;
  readonly warnings: readonly Diagnostic[];
}> {
  const { outs, warnings } = await runNode(download, {}, params);
  return { files: outs.files as Report, warnings }; // what the port declares
}

/** Digest by name of all files below a folder, but for the journal and what stands in quarantine. */
export function tree(root: string): Readonly<Record<string, string>> {
  if (!existsSync(root)) return {};
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile())
    .filter((name) => name !== '.fetched.jsonl' && !name.startsWith('.quarantine/'));
  return Object.fromEntries(
    names.sort().map((name) => [name, sha256(readFileSync(join(root, name)))]),
  );
}
