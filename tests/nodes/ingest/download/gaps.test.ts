import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Faults, klineCsv } from '../../../kit/archive-server.js';
import {
  asked,
  BTC,
  byRest,
  DAY,
  daily,
  day,
  fetchAll,
  monthly,
  paidByRest,
  publishDay,
  standing,
  tree,
} from './venue.js';

// What a venue keeps back, and what lies in the folder that nobody vouches for.

const METRICS = 'data/futures/um/rest/metrics/BTCUSDT/BTCUSDT-metrics-2025-02-10.csv';
const KLINES = '/fapi/v1/klines';
const server = standing();

const SETS = { datasets: ['bars', 'funding', 'open_interest'], tail: '9d' };
const plain = (warnings: Awaited<ReturnType<typeof fetchAll>>['warnings']) =>
  warnings.map(({ code, facts }) => ({ code, ...facts }));

/** The first rows of an answer alone. */
const short = async (path: string, rows: number) => {
  const answer: unknown = await (await fetch(`${server.base}${path}`)).json();
  return JSON.stringify(Array.isArray(answer) ? answer.slice(0, rows) : answer);
};

describe('an endpoint that says it has no more', () => {
  it.each([
    [KLINES, 1],
    [KLINES, 2],
    ['/fapi/v1/fundingRate', 1],
    ['/fapi/v1/fundingRate', 2],
    ['/futures/data/openInterestHist', 1],
    ['/futures/data/openInterestHist', 3],
    ['/futures/data/takerlongshortRatio', 2],
  ])('%s, answer %d: the bytes are those of an undisturbed run', async (endpoint, nth) => {
    const undisturbed = asked(server.base, SETS);
    await fetchAll(undisturbed);
    const whole = tree(undisturbed.folder);
    server.calm();
    server.faults = (path, count) =>
      path === endpoint && count === nth ? { body: '[]' } : undefined;
    const params = asked(server.base, SETS);
    const { warnings } = await fetchAll(params);
    expect(warnings).toEqual([]);
    expect(tree(params.folder)).toEqual(whole);
  });

  it.each([
    [`${KLINES}?symbol=BTCUSDT&interval=5m`, KLINES, byRest(BTC, '2025-02-08'), 212],
    [
      '/fapi/v1/fundingRate?symbol=BTCUSDT',
      '/fapi/v1/fundingRate',
      paidByRest(BTC, '2025-02-08'),
      5,
    ],
    [
      '/futures/data/openInterestHist?symbol=BTCUSDT&period=5m',
      '/futures/data/openInterestHist',
      METRICS,
      90,
    ],
  ])('a page of %s that is short is gone on from', async (question, endpoint, name, rows) => {
    const undisturbed = asked(server.base, { ...SETS, tail: '3d' });
    await fetchAll(undisturbed);
    const whole = tree(undisturbed.folder);
    expect(Object.keys(whole)).toContain(name);
    const first = server.asked.find((path) => path.startsWith(endpoint)) ?? question;
    const body = await short(first, rows);
    server.calm();
    server.faults = (path, count) => (path === endpoint && count === 1 ? { body } : undefined);
    const params = asked(server.base, { ...SETS, tail: '3d' });
    const { warnings } = await fetchAll(params);
    expect(warnings).toEqual([]);
    expect(tree(params.folder)).toEqual(whole);
  });

  it('is asked three times, told, and asked again by the next run', async () => {
    const withheld: Faults = (path, count) =>
      path === KLINES && count > 1 ? { body: '[]' } : undefined;
    server.faults = withheld;
    const params = asked(server.base, { datasets: ['bars'] });
    const { files, warnings } = await fetchAll(params);
    expect(plain(warnings)).toEqual([
      {
        code: 'ingest/breaks-off',
        symbol: BTC,
        dataset: 'bars',
        count: 2,
        first: '2025-02-09',
      },
    ]);
    expect(server.asked.filter((path) => path.startsWith(KLINES))).toHaveLength(4);
    const rows = (told: typeof files) =>
      told.files.filter(({ name }) => name.includes('/rest/')).map(({ rows }) => rows);
    expect(rows(files)).toEqual([288, 212]);
    server.calm();
    const next = await fetchAll(params);
    expect(next.warnings.map(({ code }) => code)).toEqual(['ingest/replaced']);
    const text = readFileSync(join(params.folder, byRest(BTC, '2025-02-09')), 'utf8');
    expect(text).toBe(klineCsv(BTC, day('2025-02-09'), day('2025-02-10')));
    const undisturbed = asked(server.base, { datasets: ['bars'] });
    await fetchAll(undisturbed);
    expect(tree(params.folder)).toEqual(tree(undisturbed.folder));
  });

  it('a symbol that ended has its last rows, and every run tells', async () => {
    const params = asked(server.base, SETS);
    const ended = day('2025-02-09') + DAY / 2;
    for (const state of ['fetched', 'kept']) {
      server.calm();
      server.ended = ended;
      const { files, warnings } = await fetchAll(params);
      expect(plain(warnings)).toEqual(
        SETS.datasets.map((dataset) => ({
          code: 'ingest/breaks-off',
          symbol: BTC,
          dataset,
          count: 2,
          first: '2025-02-09',
        })),
      );
      const last = files.files.find(({ name }) => name === byRest(BTC, '2025-02-09'));
      expect(last).toMatchObject({ state, rows: 144 });
      const text = readFileSync(join(params.folder, byRest(BTC, '2025-02-09')), 'utf8');
      expect(text).toBe(klineCsv(BTC, day('2025-02-09'), ended));
    }
  });

  it.each([
    ['in the middle of a day', '2025-02-08T12:00Z', '2025-02-08'],
    ['at the start of a day', '2025-02-09T00:00Z', '2025-02-09'],
    ['at the start of the first day', '2025-02-08T00:00Z', '2025-02-08'],
  ])('a hole %s is told, and the next run asks for the day again', async (_where, at, first) => {
    const hole = day(at);
    server.without = (time) => time >= hole && time < hole + 1_800_000;
    const params = asked(server.base, { datasets: ['bars'] });
    for (let run = 0; run < 2; run++) {
      const { warnings } = await fetchAll(params);
      const what = { symbol: BTC, dataset: 'bars', count: 1, first };
      expect(plain(warnings)).toEqual([{ code: 'ingest/breaks-off', ...what }]);
    }
    server.calm();
    expect((await fetchAll(params)).warnings.map(({ code }) => code)).toEqual(['ingest/replaced']);
    server.calm();
    expect((await fetchAll(params)).warnings).toEqual([]);
    expect(server.asked.filter((path) => path.startsWith(KLINES))).toEqual([]);
    const text = readFileSync(join(params.folder, byRest(BTC, first)), 'utf8');
    expect(text).toBe(klineCsv(BTC, day(first), day(first) + DAY));
  });

  it('days before the first of a symbol are no gap', async () => {
    server.files.clear();
    const begun = day('2025-02-05');
    server.faults = (path, count) =>
      path === KLINES && count === 1
        ? { body: JSON.stringify([[begun, 1, 1, 1, 1, 1, begun + 299_999, 1, 1, 1, 1, 0]]) }
        : undefined;
    const { warnings } = await fetchAll(asked(server.base, { datasets: ['bars'], tail: '9d' }));
    expect(warnings).toEqual([]);
  });
});

describe('a checksum beside a good file', () => {
  it.each([
    ['damaged', '0d', 'nonsense'],
    ['of another file', '7d', `${'0'.repeat(64)}  x.zip\n`],
    ['empty', '7d', ''],
  ])('is written anew if it is %s (recheck %s)', async (_how, recheck, text) => {
    const params = asked(server.base, { recheck: recheck === '0d' ? 0 : recheck });
    await fetchAll(params);
    const before = tree(params.folder);
    writeFileSync(join(params.folder, `${monthly(BTC, '2025-01')}.CHECKSUM`), text);
    const { files } = await fetchAll(params);
    expect(tree(params.folder)).toEqual(before);
    expect(files.counts).toMatchObject({ kept: 24, fetched: 0, replaced: 0 });
  });
});

describe('a spoilt month that is older than the tail', () => {
  const span = { from: '2024-08-01', to: '2024-10-31' };
  it.each(['2024-08', '2024-09', '2024-10'])('%s is made of its days', async (bad) => {
    for (const month of ['2024-08', '2024-09', '2024-10']) {
      const from = day(`${month}-01`);
      server.publish(monthly(BTC, month), klineCsv(BTC, from, from + DAY));
    }
    publishDay(server, BTC, `${bad}-15`);
    server.publishBytes(monthly(BTC, bad), Buffer.from('PK'), '1'.repeat(64));
    const params = asked(server.base, { datasets: ['bars'], span });
    const { warnings } = await fetchAll(params);
    expect(warnings.map(({ code }) => code)).toEqual(['ingest/quarantined']);
    const found = Object.keys(tree(params.folder));
    expect(found).toContain(daily(BTC, `${bad}-15`));
    expect(found).not.toContain(monthly(BTC, bad));
  });
});

describe('a month that the archive withdrew', () => {
  const name = monthly(BTC, '2025-01');
  const aDay = daily(BTC, '2025-01-15');

  it('and that is spoilt here stands for nothing, and is told', async () => {
    const params = asked(server.base, { datasets: ['bars'] });
    await fetchAll(params);
    writeFileSync(join(params.folder, name), 'ten bytes.');
    server.withdraw(name);
    publishDay(server, BTC, '2025-01-15');
    for (let run = 0; run < 2; run++) {
      const { files, warnings } = await fetchAll(params);
      expect(plain(warnings)).toEqual([{ code: 'ingest/unverified', count: 1, name }]);
      expect(files.files.map((file) => file.name)).not.toContain(name);
      expect(Object.keys(tree(params.folder))).toContain(aDay);
    }
  });

  it('stays if it is as it was verified, whatever its time of change', async () => {
    const params = asked(server.base, { datasets: ['bars'] });
    await fetchAll(params);
    const before = tree(params.folder);
    utimesSync(join(params.folder, name), 1_700_000_000, 1_700_000_000);
    rmSync(join(params.folder, '.fetched.jsonl'));
    server.withdraw(name);
    publishDay(server, BTC, '2025-01-15');
    const { warnings } = await fetchAll(params);
    expect(warnings).toEqual([]);
    expect(tree(params.folder)).toEqual(before);
  });

  it('a body that is quarantined does not vouch for a file that was spoilt here', async () => {
    const params = asked(server.base, { datasets: ['bars'] });
    await fetchAll(params);
    writeFileSync(join(params.folder, name), 'ten bytes.');
    server.publishBytes(name, Buffer.from('PK'), '1'.repeat(64));
    publishDay(server, BTC, '2025-01-15');
    const { warnings } = await fetchAll(params);
    expect(warnings.map(({ code }) => code)).toEqual(['ingest/quarantined', 'ingest/unverified']);
    expect(Object.keys(tree(params.folder))).toContain(aDay);
  });
});
