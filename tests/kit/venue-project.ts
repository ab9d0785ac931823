import { type ArchiveServer, fundingCsv, klineCsv } from './archive-server.js';
import { TestProject } from './project.js';

const DAY = 86_400_000;
const at = (text: string) => Date.parse(text);

/** Arguments of a run of `dags/ingest.yaml` on the days that `publishQuarter` has. */
export const INGEST = [
  'dags/ingest.yaml',
  '--set',
  'market=here',
  '--set',
  'span.from=2024-12-01',
  '--set',
  'span.to=2025-02-10',
  '--set',
  'until=2025-02-10',
  '--set',
  'recheck=0d',
  '--set',
  'datasets=bars,funding,open_interest',
] as const;

/** A project whose market `here` is Binance's perpetuals, with every host the one at this address. */
export function venueProject(base: string): TestProject {
  const project = new TestProject(['nodes', 'spec', 'dags']);
  const text = project
    .read('spec/markets/binance_perp.yaml')
    .replace('market: binance_perp', 'market: here')
    .replace(/https:\/\/(data|fapi|data-api)\.binance\.(vision|com)/g, base)
    .replace('reach: 29d', 'reach: 20000d')
    .replace('protocol: binance', 'protocol: binance\n  silence: 2s');
  project.write({ 'spec/markets/here.yaml': text });
  // Short pauses: the venue is on this machine.
  project.edit('dags/ingest.yaml', 'folder: $raw', 'folder: $raw\n      backoff: 5ms');
  project.build();
  return project;
}

/** Two months and the first seven days of the third, of each symbol; what is missing until the tenth comes by REST. */
export function publishQuarter(server: ArchiveServer): void {
  const um = 'data/futures/um';
  for (const symbol of server.symbols) {
    const bars = (period: string, date: string) =>
      `${um}/${period}/klines/${symbol}/5m/${symbol}-5m-${date}.zip`;
    for (const [month, next] of [
      ['2024-12', '2025-01'],
      ['2025-01', '2025-02'],
    ] as const) {
      const [from, to] = [at(`${month}-01`), at(`${next}-01`)];
      server.publish(bars('monthly', month), klineCsv(symbol, from, to));
      const paid = `${um}/monthly/fundingRate/${symbol}/${symbol}-fundingRate-${month}.zip`;
      server.publish(paid, fundingCsv(symbol, from, to));
    }
    for (let d = 1; d <= 7; d++) {
      const date = `2025-02-0${d}`;
      server.publish(bars('daily', date), klineCsv(symbol, at(date), at(date) + DAY));
    }
  }
}
