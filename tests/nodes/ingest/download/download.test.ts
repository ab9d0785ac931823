import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { klineCsv, sha256 } from '../../../kit/archive-server.js';
import {
  asked,
  BTC,
  byRest,
  DAY,
  daily,
  day,
  fetchAll,
  folder,
  marketOf,
  monthly,
  networkOf,
  paid,
  paidByRest,
  publishDay,
  SPAN,
  standing,
  tree,
  UNTIL,
} from './venue.js';

const FEBRUARY = ['01', '02', '03', '04', '05', '06', '07'].map((d) => `2025-02-${d}`);
const TAIL = ['08', '09', '10'].map((d) => `2025-02-${d}`);

const server = standing();

/** What lies in the folder after an undisturbed run: names, each zip with its checksum. */
const WHOLE = [
  ...['2024-12', '2025-01'].flatMap((m) => [monthly(BTC, m), paid(BTC, m)]),
  ...FEBRUARY.map((d) => daily(BTC, d)),
].flatMap((name) => [name, `${name}.CHECKSUM`]);
const TAILS = [
  ...TAIL.map((d) => byRest(BTC, d)),
  ...[...FEBRUARY, ...TAIL].map((d) => paidByRest(BTC, d)),
];

describe('a first run', () => {
  it('takes months, then days, then REST, each as its source has it', async () => {
    const params = asked(server.base);
    const { files, warnings } = await fetchAll(params);
    expect(warnings).toEqual([]);
    const found = tree(params.folder);
    expect(Object.keys(found)).toEqual([...WHOLE, ...TAILS].sort());
    for (const name of WHOLE) expect(found[name]).toBe(sha256(server.files.get(name) ?? ''));
    expect(files.counts).toMatchObject({ fetched: 24, kept: 0, quarantined: 0 });
    // The running month is not asked for, and the days of REST are those that the archive lacked: three of bars.
    expect(files.counts.absent).toBe(3);
    expect(files.until).toBe('2025-02-10');
    for (const { name, sha256: digest } of files.files) expect(found[name]).toBe(digest);
  });

  it('writes days of REST with the columns and rows that the archive would have', async () => {
    const params = asked(server.base);
    const { files } = await fetchAll(params);
    const text = readFileSync(join(params.folder, byRest(BTC, '2025-02-09')), 'utf8');
    expect(text).toBe(klineCsv(BTC, day('2025-02-09'), day('2025-02-10')));
    const rows = files.files.find(({ name }) => name === byRest(BTC, '2025-02-09'))?.rows;
    expect(rows).toBe(288);
    const funding = readFileSync(join(params.folder, paidByRest(BTC, '2025-02-01')), 'utf8');
    expect(funding.split('\n').map((line) => line.split(',').slice(0, 2))).toEqual([
      ['calc_time', 'funding_interval_hours'],
      [String(day('2025-02-01') + 3), '8'],
      [String(day('2025-02-01') + DAY / 3 + 3), '8'],
      [String(day('2025-02-01') + (2 * DAY) / 3 + 3), '8'],
      [''],
    ]);
  });

  it('asks for no days of months before the first, and for those of a hole between others', async () => {
    for (const month of ['2024-10', '2024-08']) {
      const from = day(`${month}-01`);
      server.publish(monthly(BTC, month), klineCsv(BTC, from, from + DAY));
    }
    publishDay(server, BTC, '2024-09-15');
    const span = { from: '2024-05-01', to: '2024-10-31' };
    const params = asked(server.base, { datasets: ['bars'], span });
    const { files } = await fetchAll(params);
    expect(files.files.map(({ name }) => name)).toEqual([
      daily(BTC, '2024-09-15'),
      monthly(BTC, '2024-08'),
      monthly(BTC, '2024-10'),
    ]);
    // Three months before the first, September, and 29 days of it.
    expect(files.counts.absent).toBe(3 + 1 + 29);
    expect(server.asked.filter((path) => path.includes('daily') && !path.includes('-09-'))).toEqual(
      [],
    );
  });

  it('takes the whole month where the last days of a span lie in one that is over', async () => {
    const span = { from: '2024-12-20', to: '2025-01-15' };
    const params = asked(server.base, { datasets: ['bars'], span });
    const { files } = await fetchAll(params);
    const months = [monthly(BTC, '2024-12'), monthly(BTC, '2025-01')];
    expect(files.files.map(({ name }) => name)).toEqual(months);
    expect(server.asked).toHaveLength(4);
  });

  it('joins open interest and ratios by time; a column without an endpoint stays empty', async () => {
    const params = asked(server.base, { datasets: ['open_interest'], tail: '2d' });
    await fetchAll(params);
    const name = 'data/futures/um/rest/metrics/BTCUSDT/BTCUSDT-metrics-2025-02-10.csv';
    const lines = readFileSync(join(params.folder, name), 'utf8').split('\n');
    expect(lines.slice(0, 2)).toEqual([
      'create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio',
      '2025-02-10 00:00:00,BTCUSDT,1044.5,250000.10000000,1.4342,,,1.0600',
    ]);
    expect(lines).toHaveLength(290);
  });

  it('asks a venue nothing about days that it does not tell any more', async () => {
    const network = networkOf(server.base);
    const { open_interest: told } = network.datasets;
    const datasets = { open_interest: { ...told, rest: { ...told.rest, reach: 30 * DAY } } };
    const market = marketOf({ ...network, datasets });
    const { warnings } = await fetchAll(
      asked(server.base, { market, datasets: ['open_interest'] }),
    );
    expect(server.asked.filter((path) => path.startsWith('/futures/data'))).toEqual([]);
    expect(warnings).toMatchObject([
      {
        code: 'ingest/beyond-reach',
        facts: { dataset: 'open_interest', count: 72, first: SPAN.from, last: UNTIL, reach: 30 },
      },
      { code: 'ingest/nothing-there' },
    ]);
  });

  it('keeps what the venue lists today', async () => {
    const { files } = await fetchAll(asked(server.base, { listings: true, datasets: ['bars'] }));
    const listed = files.files.find(({ name }) => name.includes('exchangeInfo'));
    expect(listed).toMatchObject({ state: 'fetched', from: `${server.base}/fapi/v1/exchangeInfo` });
  });
});

describe('a second run', () => {
  it('asks for checksums only, and keeps all', async () => {
    const params = asked(server.base);
    await fetchAll(params);
    const before = tree(params.folder);
    server.calm();
    const { files } = await fetchAll(params);
    expect(tree(params.folder)).toEqual(before);
    expect(files.counts).toMatchObject({ fetched: 0, kept: 24, replaced: 0 });
    expect(server.asked.every((path) => path.endsWith('.CHECKSUM'))).toBe(true);
  });

  it('asks for nothing but recent absences while it believes what it verified', async () => {
    const params = asked(server.base, { recheck: '7d' });
    await fetchAll(params);
    server.calm();
    await fetchAll(params);
    expect(server.asked).toEqual(TAIL.map((d) => `/${daily(BTC, d)}.CHECKSUM`));
  });

  it('asks anew for what it is said to have verified later than now', async () => {
    const params = asked(server.base, { recheck: '7d' });
    await fetchAll(params);
    const before = tree(params.folder);
    const journal = join(params.folder, '.fetched.jsonl');
    const text = readFileSync(journal, 'utf8');
    writeFileSync(journal, text.replaceAll(/"checked":"\d{4}/g, '"checked":"2999'));
    server.calm();
    const { files } = await fetchAll(params);
    const names = WHOLE.filter((name) => name.endsWith('.zip'));
    for (const name of names) expect(server.asked).toContain(`/${name}.CHECKSUM`);
    expect(server.asked.some((path) => path.startsWith('/fapi/v1/klines'))).toBe(true);
    expect(files.counts).toMatchObject({ fetched: 0, kept: 24, replaced: 0 });
    expect(tree(params.folder)).toEqual(before);
  });

  it('replaces what the archive changed, and tells', async () => {
    const params = asked(server.base);
    await fetchAll(params);
    server.publish(monthly(BTC, '2025-01'), klineCsv(BTC, day('2025-01-01'), day('2025-01-31')));
    const { files, warnings } = await fetchAll(params);
    expect(files.counts).toMatchObject({ replaced: 1, kept: 23 });
    expect(warnings[0]).toMatchObject({ code: 'ingest/replaced', facts: { count: 1 } });
    const found = tree(params.folder);
    for (const name of WHOLE) expect(found[name]).toBe(sha256(server.files.get(name) ?? ''));
  });

  it('mends a file that was edited or lost, and takes one over that another tool fetched', async () => {
    const params = asked(server.base, { recheck: '7d' });
    const foreign = join(params.folder, monthly(BTC, '2024-12'));
    mkdirSync(dirname(foreign), { recursive: true });
    writeFileSync(foreign, server.files.get(monthly(BTC, '2024-12')) ?? '');
    const first = await fetchAll(params);
    expect(first.files.counts).toMatchObject({ fetched: 23, kept: 1 });
    const before = tree(params.folder);
    writeFileSync(join(params.folder, monthly(BTC, '2025-01')), 'edited');
    writeFileSync(join(params.folder, byRest(BTC, '2025-02-09')), 'edited');
    rmSync(join(params.folder, daily(BTC, '2025-02-03')));
    await fetchAll(params);
    expect(tree(params.folder)).toEqual(before);
  });

  it('days of the archive replace days of REST, and a month its days', async () => {
    const params = asked(server.base);
    await fetchAll(params);
    for (const d of TAIL.slice(0, 2)) publishDay(server, BTC, d);
    await fetchAll(params);
    const days = Object.keys(tree(params.folder)).filter((name) => name.includes('/klines/'));
    expect(days).not.toContain(byRest(BTC, '2025-02-08'));
    expect(days).toContain(daily(BTC, '2025-02-09'));
    expect(days).toContain(byRest(BTC, '2025-02-10'));
    const [from, to] = [day('2025-02-01'), day('2025-03-01')];
    server.publish(monthly(BTC, '2025-02'), klineCsv(BTC, from, to));
    const later = {
      ...params,
      span: { from: '2024-12-01', to: '2025-02-28' },
      until: '2025-03-01',
    };
    await fetchAll(later);
    const months = ['2024-12', '2025-01', '2025-02'].map((m) => monthly(BTC, m));
    expect(
      Object.keys(tree(params.folder))
        .filter((n) => n.includes('/klines/'))
        .sort(),
    ).toEqual(months.flatMap((name) => [name, `${name}.CHECKSUM`]).sort());
  });

  it('goes on after a torn line, with what a killed run left lying about', async () => {
    const params = asked(server.base);
    await fetchAll(params);
    const before = tree(params.folder);
    const journal = join(params.folder, '.fetched.jsonl');
    const text = readFileSync(journal, 'utf8');
    writeFileSync(journal, `${text.slice(0, text.length - 40)}`);
    // No process has this number: Linux gives at most 4,194,304.
    const part = '.x.zip.99999999-00000000-0000-4000-8000-000000000000.part';
    writeFileSync(join(params.folder, dirname(monthly(BTC, '2025-01')), part), 'half');
    const alive = `.y.zip.${process.ppid}-00000000-0000-4000-8000-000000000000.part`;
    writeFileSync(join(params.folder, dirname(monthly(BTC, '2025-01')), alive), 'half');
    await fetchAll(params);
    const { [`${dirname(monthly(BTC, '2025-01'))}/${alive}`]: kept, ...rest } = tree(params.folder);
    expect(kept).toBe(sha256('half'));
    expect(rest).toEqual(before);
  });
});

describe('two runs at once in one folder', () => {
  it('end with the bytes of one', async () => {
    const alone = asked(server.base);
    await fetchAll(alone);
    const shared = asked(server.base, { folder: folder() });
    await Promise.all([fetchAll(shared), fetchAll(shared), fetchAll(shared)]);
    expect(tree(shared.folder)).toEqual(tree(alone.folder));
  });
});
