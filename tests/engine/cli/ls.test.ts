import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { datasets } from '../../../engine/cli/shared/datasets.js';
import { periodIn, periodsOf } from '../../../engine/cli/shared/periods.js';
import { gapsIn } from '../../../engine/run/publish/gaps.js';
import { frame } from '../../kit/frame.js';
import type { TestProject } from '../../kit/project.js';
import { printed, printedJson, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

describe('dates in names', () => {
  it.each([
    ['AAA-5m-2024-02.zip', '2024-02', 'AAA-5m-'],
    ['AAA-5m-2024-02-29.zip.CHECKSUM', '2024-02-29', 'AAA-5m-'],
    ['prices_AAA_5m_2024-12.parquet', '2024-12', 'prices_AAA_5m_'],
    ['2024-12.parquet', '2024-12', ''],
    ['AAA-2023-2024.parquet', undefined, undefined],
    ['AAA-2024-13.zip', undefined, undefined],
    ['AAA.parquet', undefined, undefined],
  ])('%s: %s', (name, period, before) => {
    expect(periodIn(name)).toEqual(period === undefined ? undefined : { period, before });
  });

  it.each([
    [
      ['2023-11', '2024-02'],
      ['2023-12', '2024-01'],
    ],
    [
      ['2024-02-28', '2024-03-02'],
      ['2024-02-29', '2024-03-01'],
    ],
    [['2024-01', '2024-02-03', '2024-02-29', '2024-04'], ['2024-03']],
    [['2024-01', '2024-01'], []],
  ])('between %j nothing is of %j', (periods, missing) => {
    expect(periodsOf(periods)?.missing).toEqual(missing);
  });

  it('nothing lies between no dates', () => expect(periodsOf([])).toBeUndefined());
});

describe('gaps of a table on a clock', () => {
  it.each([
    ['whole', { ts: [0, 5, 10], x: [1, 2, 3] }, 0],
    ['rows that are absent', { ts: [0, 20], x: [1, 2] }, 3],
    ['rows without a number', { ts: [0, 5, 10], x: [1, NaN, NaN], y: [NaN, NaN, 1] }, 1],
    ['both', { ts: [0, 5, 20], x: [NaN, 1, 1] }, 3],
    ['no column of numbers', { ts: [0, 10], name: ['a', 'b'] }, 1],
    ['no row', { ts: [], x: [] }, 0],
    ['no clock', { x: [NaN] }, 0],
  ])('%s', (_what, columns, gaps) => {
    expect(gapsIn(frame(columns), 5)).toBe(gaps);
  });
});

describe('a lake of files', () => {
  let lake: string;
  beforeEach(() => {
    lake = mkdtempSync(join(tmpdir(), 'dag-ls-'));
  });
  afterEach(() => rmSync(lake, { recursive: true }));

  function put(...names: readonly string[]): void {
    for (const name of names) {
      mkdirSync(dirname(join(lake, name)), { recursive: true });
      writeFileSync(join(lake, name), '12345');
    }
  }
  const shown = (folder = lake) =>
    datasets(lake, folder).map((d) => ({
      folder: d.folder,
      files: d.files,
      bytes: d.bytes,
      entries: d.entries,
      series: d.series.map(({ name, from, to, missing }) => [name, from, to, ...missing].join(' ')),
    }));

  it('that mirrors an archive: a set for each table, a series for each thing, missing months named', () => {
    const top = 'raw/archive/data/monthly';
    put(
      ...['2024-01', '2024-02', '2024-05'].map((m) => `${top}/prices/AAA/5m/AAA-5m-${m}.zip`),
      `${top}/prices/BBB/5m/BBB-5m-2024-01.zip`,
      `${top}/prices/BBB/5m/BBB-5m-2024-01.zip.CHECKSUM`,
      `${top}/prices/AAA/1h/AAA-1h-2024-01.zip`,
      `${top}/rates/AAA/AAA-rates-2023-12.zip`,
      `${top}/rates/BBB/BBB-rates-2023-12.zip`,
      'raw/archive/data/daily/prices/BBB/5m/BBB-5m-2024-02-01.zip',
      `${top}/prices/AAA/5m/.half-AAA-5m-2024-06.zip`,
    );
    expect(shown()).toEqual([
      {
        folder: 'raw/archive/data/daily/prices/BBB/5m',
        files: 1,
        bytes: 5,
        entries: ['BBB-5m'],
        series: ['BBB-5m 2024-02-01 2024-02-01'],
      },
      {
        folder: `${top}/prices/*/5m`,
        files: 5,
        bytes: 25,
        entries: ['AAA', 'BBB'],
        series: ['AAA 2024-01 2024-05 2024-03 2024-04', 'BBB 2024-01 2024-01'],
      },
      {
        folder: `${top}/prices/AAA/*`,
        files: 1,
        bytes: 5,
        entries: ['1h'],
        series: ['1h 2024-01 2024-01'],
      },
      {
        folder: `${top}/rates/*`,
        files: 2,
        bytes: 10,
        entries: ['AAA', 'BBB'],
        series: ['AAA 2023-12 2023-12', 'BBB 2023-12 2023-12'],
      },
    ]);
    expect(shown(join(lake, `${top}/rates`))).toHaveLength(1);
  });

  it('by year and month in folders, the date again in the name', () => {
    const at = (id: string, m: string) =>
      `raw/perp/${id}/prices/year=2024/month=${m}/prices_${id}_5m_2024-${m}.parquet`;
    put(at('AAA', '01'), at('AAA', '03'), at('BBB', '02'));
    expect(shown()).toMatchObject([
      {
        folder: 'raw/perp/*/prices/year=*/month=*',
        entries: ['AAA', 'BBB'],
        series: ['AAA 2024-01 2024-03 2024-02', 'BBB 2024-02 2024-02'],
      },
    ]);
  });

  it('side by side in one folder, and files without a date by themselves', () => {
    put(
      'raw/flat/AAA-5m-2024-01.csv',
      'raw/flat/BBB-5m-2024-01.csv',
      'raw/flat/list.parquet',
      'raw/plain/x.csv',
    );
    expect(shown()).toEqual([
      {
        folder: 'raw/flat',
        files: 2,
        bytes: 10,
        entries: ['AAA-5m', 'BBB-5m'],
        series: ['AAA-5m 2024-01 2024-01', 'BBB-5m 2024-01 2024-01'],
      },
      { folder: 'raw/flat', files: 1, bytes: 5, entries: ['list.parquet'], series: [] },
      { folder: 'raw/plain', files: 1, bytes: 5, entries: ['x.csv'], series: [] },
    ]);
  });
});

describe('dag ls', () => {
  let project: TestProject;
  const DAYS = `import { defineNode, Frame, port, t, timeColumn } from '../../engine/sdk/index.js';
export default defineNode({
  type: 'toy.days', doc: 'A row an hour.', time: 'row',
  in: {}, out: { days: port.frame('Rows.', { contract: 'days' }) },
  params: { span: t.span(), name: t.text() },
  run(_ins, { span }) {
    const ts = [];
    for (let at = span.from; at < span.to; at += 3600000) if (at % 36000000 > 0) ts.push(at);
    return { days: Frame.of({ ts: timeColumn(ts), x: ts.map((at) => (at % 86400000 === 0 ? Number.NaN : 1)) }) };
  },
});
`;
  beforeAll(() => {
    project = toyProject({
      'nodes/toy/days.ts': DAYS,
      'spec/contracts/days.yaml': `contract: days
columns: { ts: { type: time }, x: { type: f64, nullable: true } }
sort: [ts]
unique: [ts]
spacing: 1h
available: { column: ts, plus: 1h }
`,
      'dags/days.yaml': `dag: days
dimensions: { symbol: [AAA, BBB] }
stages:
  days:
    foreach: symbol
    use: toy.days
    with: { span: { from: 2024-01-30, to: 2024-03-02 }, name: $symbol }
    publish: { days: { to: lake/cleaned/perp, split: month } }
`,
      'lake/raw/x/AAA-2024-01.csv': '1',
      'lake/raw/x/AAA-2024-03.csv': '1',
    });
  });
  afterAll(() => project.remove());

  it('tells rows, span and gaps of published months from what publishing noted', async () => {
    await printed(project, 'run', 'days');
    // 33 days are 792 hours, of which every tenth since 1970 is absent, and of the others 27 midnights hold no number.
    const start = Date.UTC(2024, 0, 30) / 3_600_000;
    const hours = Array.from({ length: 33 * 24 }, (_, i) => start + i);
    const there = hours.filter((h) => h % 10 > 0);
    const empty = there.filter((h) => h % 24 === 0).length;
    const months = there.map((h) => new Date(h * 3_600_000).toISOString().slice(0, 7));
    // What is absent at the edge of a file is known to be absent only between files.
    const edges = [...new Set(months)].reduce((sum, m) => {
      const own = there.filter((_, i) => months[i] === m);
      return sum + ((own.at(-1) ?? 0) - (own[0] ?? 0) + 1 - own.length);
    }, 0);
    const listed = await printedJson(project, 'ls', 'cleaned');
    expect(listed).toMatchObject([
      {
        folder: 'cleaned/perp',
        files: 6,
        ports: [
          {
            rows: 2 * there.length,
            gaps: 2 * (edges + empty),
            from: '2024-01-30T00:00:00.000Z',
            tables: [
              { name: 'AAA/days', rows: there.length, gaps: edges + empty, files: 3, missing: [] },
              { name: 'BBB/days', files: 3 },
            ],
          },
        ],
      },
    ]);
    const brief = (await printed(project, 'ls')).trimEnd().split('\n');
    expect(brief).toHaveLength(4);
    expect(brief[2]).toMatch(/^cleaned\/perp +days +[\d ,]+ +2024-01-30 – 2024-03-02 +\d+ +…/);
    expect(brief[3]).toMatch(/^raw\/x +2024-01 – 2024-03 +1 month +2 +2 B/);
    const whole = await printed(project, 'ls', '--items');
    expect(whole).toMatch(/\n {2}BBB\/days +\d+ +2024-01-30 – 2024-03-02 +\d+ +3 /);
    expect(whole).toMatch(/\n {2}AAA +2024-01 – 2024-03 +1 month +2 +2 B +2024-02\n/);
  });
});
