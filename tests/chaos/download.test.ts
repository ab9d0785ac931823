import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ArchiveServer } from '../kit/archive-server.js';
import type { TestProject } from '../kit/project.js';
import { publishQuarter, venueProject } from '../kit/venue-project.js';
import { tree } from '../nodes/ingest/download/venue.js';
import { mustRun, start } from './kit/command.js';
import { numbers } from './kit/random.js';
import { DOWNLOAD_KILLS, SEED } from './kit/settings.js';

/*
 * kill -9 of a download at random moments, told by the requests that the venue saw and a random wait after that; some are killed
 * several times before they may end. What lies in the folder then is what an undisturbed run brings, byte for byte, with
 * nothing else beside it.
 */

const FETCH = `dag: fetch
doc: Nothing but the download.
params:
  span: { type: span, default: { from: 2024-12-01, to: 2025-02-10 } }
stages:
  download:
    use: ingest.download
    with:
      market: here
      symbols: [BTCUSDT, ETHUSDT]
      datasets: [bars, funding]
      span: $span
      until: 2025-02-10
      folder: lake/raw/binance
      recheck: 7d
      backoff: 5ms
out: { files: download.files }
`;

const server = new ArchiveServer();
let project: TestProject;
let folder: string;
let whole: Readonly<Record<string, string>>;
let requests: number;

beforeAll(async () => {
  const base = await server.start();
  publishQuarter(server);
  project = venueProject(base);
  project.write({ 'dags/fetch.yaml': FETCH });
  folder = project.path('lake/raw/binance');
  await fetch();
  whole = tree(folder);
  requests = server.asked.length;
}, 120_000);
afterAll(async () => {
  await server.stop();
  project.remove();
});
beforeEach(() => {
  server.calm();
  rmSync(folder, { recursive: true, force: true });
});

const fetch = () => mustRun(project.root, ['run', 'dags/fetch.yaml']);

/** Kill a run some milliseconds after its venue was asked so often. @returns false if it had ended before. */
async function killAfter(count: number, wait: number): Promise<boolean> {
  const target = server.asked.length + count;
  const run = start(project.root, ['run', 'dags/fetch.yaml']);
  let over = false;
  void run.ended.then(() => {
    over = true;
  });
  while (!over && server.asked.length < target) await pause(1);
  await pause(wait);
  run.signal('SIGKILL');
  return (await run.ended).signal === 'SIGKILL';
}

describe('a download', () => {
  it(
    `killed at ${DOWNLOAD_KILLS} moments ends with the bytes of an undisturbed one`,
    async () => {
      const random = numbers(SEED, 'download');
      const different: string[] = [];
      for (let killed = 0; killed < DOWNLOAD_KILLS; ) {
        rmSync(folder, { recursive: true, force: true });
        const times = killed % 3 === 2 ? 2 : 1;
        const moments: string[] = [];
        for (let i = 0; i < times; i++) {
          const count = 1 + Math.floor(random() * requests);
          const wait = random() * 20;
          if (!(await killAfter(count, wait))) continue;
          moments.push(`request ${count} + ${wait.toFixed(1)} ms`);
          killed++;
        }
        await fetch();
        if (JSON.stringify(tree(folder)) !== JSON.stringify(whole)) different.push(moments.join());
      }
      expect(different).toEqual([]);
    },
    60_000 + DOWNLOAD_KILLS * 10_000,
  );

  it('killed again and again keeps what is whole, and gets on', async () => {
    // The checksums of months are asked for first, so that some files are whole by the time of the first kill.
    for (const requests of [45, 10, 5]) {
      const before = count();
      await killAfter(requests, 0);
      expect(count()).toBeGreaterThanOrEqual(before);
    }
    expect(count()).toBeGreaterThan(0);
    server.calm();
    await fetch();
    expect(tree(folder)).toEqual(whole);
    // What was whole was not asked for again.
    const zips = new Set(server.asked.filter((path) => path.endsWith('.zip')));
    expect(zips.size).toBeLessThan(
      Object.keys(whole).filter((name) => name.endsWith('.zip')).length,
    );
  }, 120_000);

  it('two at once end well, with the bytes of one', async () => {
    await Promise.all([fetch(), fetch()]);
    expect(tree(folder)).toEqual(whole);
  }, 120_000);

  it('one killed while another runs does not hurt it', async () => {
    const other = fetch();
    await killAfter(Math.floor(requests / 2), 0);
    await other;
    await fetch();
    expect(tree(folder)).toEqual(whole);
  }, 120_000);

  it('interrupted by Ctrl-C stops soon, and leaves no half file', async () => {
    server.faults = (path, times) => (path.endsWith('.zip') && times === 1 ? 'stall' : undefined);
    const run = start(project.root, ['run', 'dags/fetch.yaml']);
    while (server.asked.length < 4) await pause(5);
    run.signal('SIGINT');
    run.signal('SIGINT');
    await run.ended;
    server.calm();
    await fetch();
    expect(tree(folder)).toEqual(whole);
  }, 120_000);
});

/** Files that are whole. */
function count(): number {
  if (!existsSync(folder)) return 0;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(zip|csv)$/.test(name) && statSync(`${folder}/${name}`).isFile())
    .length;
}
