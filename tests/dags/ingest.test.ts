import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readParquet } from '../../engine/sdk/index.js';
import { ArchiveServer, klineCells } from '../kit/archive-server.js';
import type { TestProject } from '../kit/project.js';
import { INGEST, publishQuarter, venueProject } from '../kit/venue-project.js';

/* The shipped pipeline on a venue of this machine: from an empty lake to published months, and again. */

const server = new ArchiveServer();
let project: TestProject;
beforeAll(async () => {
  const base = await server.start();
  publishQuarter(server);
  project = venueProject(base);
}, 60_000);
afterAll(async () => {
  await server.stop();
  project.remove();
});

async function run(...more: readonly string[]): Promise<string> {
  const { code, out, err } = await project.dag('run', ...INGEST, ...more);
  if (code !== 0) throw new Error(`It ended with ${code}\n${out}${err}`);
  return out + err;
}

function published(): readonly string[] {
  const root = project.path('lake/cleaned');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile() && name.endsWith('.parquet'))
    .sort();
}

const MONTHS = ['2024-12', '2025-01', '2025-02'];

describe('dags/ingest.yaml', () => {
  it('goes from an empty lake to clean tables, a file a month, in one run', async () => {
    await run();
    const symbols = ['BTCUSDT', 'ETHUSDT'];
    const tables = ['bars', 'funding'].flatMap((port) => MONTHS.map((m) => `${port}/${m}.parquet`));
    // Open interest comes by REST alone: what the archive had lies before the tail.
    const all = [
      ...tables,
      'open_interest/2024-12.parquet',
      ...MONTHS.slice(1).map((m) => `open_interest/${m}.parquet`),
    ];
    expect(published()).toEqual(
      [
        ...symbols.flatMap((s) => all.map((name) => `perp/${s}/${name}`)),
        'universe/universe.parquet',
      ].sort(),
    );
  }, 120_000);

  it('publishes a report with coverage of every table', () => {
    for (const name of ['text.md', 'page.html']) {
      const text = project.read(`lake/reports/ingest/${name}`);
      for (const word of ['ETHUSDT', 'open interest', 'Coverage of the data', 'Files by folder'])
        expect(text).toContain(word);
    }
  });

  it('has the bars of the archive and of REST, none twice, none missing', async () => {
    const path = project.path('lake/cleaned/perp/ETHUSDT/bars/2025-02.parquet');
    const bars = await readParquet(path, [
      { name: 'ts', dtype: 'time' },
      { name: 'close', dtype: 'f64' },
    ]);
    const from = Date.parse('2025-02-01');
    const wanted = Array.from({ length: 10 * 288 }, (_, i) => from + i * 300_000);
    expect([...bars.column('ts')]).toEqual(wanted);
    expect([...bars.column('close')]).toEqual(
      wanted.map((time) => Number(klineCells('ETHUSDT', time)[4])),
    );
  });

  it('asks again on the next run, and does nothing more where nothing changed', async () => {
    server.calm();
    const told = await run();
    expect(server.asked.length).toBeGreaterThan(0);
    expect(server.asked.filter((path) => path.endsWith('.zip'))).toEqual([]);
    expect(told).toMatch(/2 done/); // the download, and the report that tells what was kept
    expect(told).not.toContain('published lake/cleaned/perp');
  }, 120_000);

  it('without open interest, keeps what was published of it until it is pruned', async () => {
    const before = published();
    const without = ['--set', 'datasets=bars,funding'];
    expect(await run(...without)).not.toContain('publish/');
    expect(published()).toEqual(before);
    expect(await run(...without, '--prune')).toContain('removed lake/cleaned/perp/BTCUSDT/open_i');
    expect(published()).toEqual(before.filter((name) => !name.includes('open_interest')));
  }, 120_000);

  it('without funding, gives none, though its files lie there', async () => {
    expect(server.asked.some((path) => path.includes('fundingRate'))).toBe(true);
    rmSync(project.path('lake/cleaned'), { recursive: true });
    await run('--set', 'datasets=bars');
    expect(published().filter((name) => name.includes('/funding/'))).toEqual([]);
    expect(published().filter((name) => name.includes('BTCUSDT/bars/'))).toHaveLength(3);
    expect(project.read('lake/reports/ingest/text.md')).not.toContain('funding');
  }, 120_000);
});
