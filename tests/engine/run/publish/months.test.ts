import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readPublished } from '../../../../engine/run/publish/published.js';
import { defineNode, Frame, optional, port, t, timeColumn } from '../../../../engine/sdk/index.js';
import { readParquet } from '../../../../engine/store/codecs/parquet-read.js';
import { InlineProject, type Ran } from '../../../kit/run.js';

/* Tables that grow day by day, published a file a month as design 3 has it: `lake/cleaned/perp/<id>/<port>/2024-01.parquet`. */

const HOURS = 6 * 3_600_000;
const CONTRACT = `contract: rows
doc: Rows of a clock.
columns: { ts: time, x: { type: f64, nullable: true } }
sort: ts
available: { column: ts, plus: 6h }
spacing: 6h
`;
const days = defineNode({
  type: 'toy.days',
  doc: 'Four rows a day, and as many payments; from the fifth of March some rows may be lacking, or hold nothing.',
  time: 'row',
  in: {},
  out: {
    bars: port.frame('Rows of a clock.', { contract: 'rows' }),
    paid: optional(port.frame('Rows without a clock, unless nobody pays.')),
    total: port.scalar('How many.'),
  },
  params: {
    span: t.span(),
    times: t.number({ default: 1 }),
    name: t.text(),
    pays: t.boolean({ default: true }),
    lacking: t.number({ default: 0 }),
    blank: t.number({ default: 0 }),
    unpaid: t.number({ default: 0 }),
  },
  run(_ins, { span, times, pays, lacking, blank, unpaid }) {
    const fifth = Date.UTC(2024, 2, 5);
    const isAmong = (at: number, rows: number) => at >= fifth && at < fifth + rows * HOURS;
    const all: number[] = [];
    for (let at = span.from; at < span.to; at += HOURS) all.push(at);
    const frameOf = (ts: readonly number[]) => {
      const x = ts.map((at) => (isAmong(at, blank) ? Number.NaN : times * (at / HOURS)));
      return Frame.of({ ts: timeColumn(ts), x: Float64Array.from(x) });
    };
    const bars = frameOf(all.filter((at) => at === fifth || !isAmong(at, lacking)));
    const paid = frameOf(all.filter((at) => at === fifth || !isAmong(at, unpaid)));
    return { bars, ...(pays && { paid }), total: all.length };
  },
});

const PIPELINE = `dag: growing
params:
  names: { type: list text, default: [AAA, BBB] }
  span: { type: span, default: { from: 2024-01-10, to: 2024-03-15 } }
  times: 1
  pays: true
  lacking: 0
  blank: 0
  unpaid: 0
dimensions:
  symbol: $names
stages:
  days:
    foreach: symbol
    use: toy.days
    with: { span: $span, times: $times, name: $symbol, pays: $pays, lacking: $lacking, blank: $blank, unpaid: $unpaid }
    publish: { bars: { to: lake/cleaned/perp, split: month } }
`;
/** Two tables by month, and what is said of them, in one folder. */
const TOGETHER = PIPELINE.replace(
  '{ bars: { to: lake/cleaned/perp, split: month } }',
  '{ bars: { to: lake/cleaned/perp, split: month }, paid: { to: lake/cleaned/perp, split: month }, total: lake/cleaned/perp }',
);

let project: InlineProject;
let folder: string;
beforeEach(() => {
  project = new InlineProject([days]);
  project.write({ 'dags/growing.yaml': PIPELINE, 'spec/contracts/rows.yaml': CONTRACT });
  folder = join(project.root, 'lake/cleaned/perp');
});
afterEach(() => project.remove());

function run(sets: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const list = Object.entries(sets).map(([path, text]) => ({ path, text }));
  return project.run('dags/growing.yaml', { sets: list });
}
const until = (to: string) => run({ 'span.to': to });
/** Files by name, each with what changes when it is written. */
const files = () =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.parquet'))
      .sort()
      .map((name) => {
        const { ino, mtimeMs, ctimeMs } = statSync(join(folder, name));
        return [name, `${ino} ${mtimeMs} ${ctimeMs}`];
      }),
  );
const warnings = ({ events }: Ran) =>
  events.flatMap((e) => (e.event === 'warning' ? [e.problem.code] : []));
const messages = ({ events }: Ran) =>
  events.flatMap((e) => (e.event === 'warning' ? [e.problem.message] : []));
const told = ({ events }: Ran, kind: 'published' | 'unpublished') =>
  events.flatMap((e) => (e.event === kind ? [e.path.replace('lake/cleaned/perp/', '')] : []));
const rowsOf = (name: string) => {
  const ports = readPublished(folder);
  if (ports === undefined || ports === 'damaged') throw new Error('nothing is published');
  return ports.ports.bars?.items[`${name.slice(0, 3)}/bars`]?.files[name];
};

describe('a table that is published a file a month', () => {
  it('lies by item, port and month, with what each file holds', async () => {
    await run();
    expect(Object.keys(files())).toEqual(
      ['AAA', 'BBB'].flatMap((id) => ['01', '02', '03'].map((m) => `${id}/bars/2024-${m}.parquet`)),
    );
    expect(rowsOf('BBB/bars/2024-02.parquet')).toMatchObject({
      rows: 29 * 4,
      from: '2024-02-01T00:00:00.000Z',
      to: '2024-02-29T18:00:00.000Z',
    });
    const month = await readParquet(join(folder, 'AAA/bars/2024-01.parquet'), [
      { name: 'ts', dtype: 'time' },
      { name: 'x', dtype: 'f64' },
    ]);
    expect(month.length).toBe(22 * 4);
    expect(month.time('ts')[0]).toBe(Date.UTC(2024, 0, 10));
    expect(month.column('x')[1]).toBe(Date.UTC(2024, 0, 10) / HOURS + 1);
  });

  it('is touched in its last month alone when a day is added', async () => {
    await run();
    const before = files();
    const second = await until('2024-03-16');
    expect(told(second, 'published')).toEqual([
      'AAA/bars/2024-03.parquet',
      'BBB/bars/2024-03.parquet',
    ]);
    const after = files();
    const touched = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(touched).toEqual(['AAA/bars/2024-03.parquet', 'BBB/bars/2024-03.parquet']);
    expect(rowsOf('AAA/bars/2024-03.parquet')?.rows).toBe(16 * 4);
    expect(warnings(second)).toEqual([]);
    const warm = await until('2024-03-16');
    expect(told(warm, 'published')).toEqual([]);
    expect(files()).toEqual(after);
  });

  it('gains a month, and a day before its first', async () => {
    await run();
    const before = files();
    const second = await run({ 'span.from': '2023-12-31', 'span.to': '2024-03-15' });
    expect(told(second, 'published')).toEqual(
      ['AAA', 'BBB'].flatMap((id) => [`${id}/bars/2023-12.parquet`, `${id}/bars/2024-01.parquet`]),
    );
    expect(files()['AAA/bars/2024-02.parquet']).toBe(before['AAA/bars/2024-02.parquet']);
  });

  it.each([
    ['ends earlier', { 'span.to': '2024-03-10' }, '2024-03'],
    ['begins later', { 'span.from': '2024-01-11' }, '2024-01'],
    ['lacks a month', { 'span.to': '2024-02-29' }, '2024-03'],
  ])('is not replaced by one that %s, and says so', async (_what, sets, month) => {
    const first = await run();
    const before = files();
    const second = await run(sets);
    expect(warnings(second)).toEqual(['publish/shorter']);
    const [problem] = second.events.flatMap((e) => (e.event === 'warning' ? [e.problem] : []));
    expect(problem?.message).toBe(
      `days: this run lacks rows, or all, of AAA/bars/${month}.parquet, BBB/bars/${month}.parquet; nothing in lake/cleaned/perp changes, which still holds run ${first.run}.`,
    );
    expect(problem?.hint).toContain('remove lake/cleaned/perp');
    expect(files()).toEqual(before);
    expect(readdirSync(join(folder, 'AAA/bars')).filter((n) => !n.endsWith('.parquet'))).toEqual(
      [],
    );
  });

  it('is replaced by a shorter one once its folder is removed', async () => {
    await run();
    rmSync(folder, { recursive: true });
    expect(warnings(await until('2024-02-10'))).toEqual([]);
    expect(Object.keys(files())).toHaveLength(4);
  });

  it('has every month replaced when all rows change', async () => {
    await run();
    expect(told(await run({ times: '2' }), 'published')).toHaveLength(6);
  });

  it('keeps an item that is no longer asked for, until somebody removes it', async () => {
    const first = await run();
    const before = files();
    const second = await run({ names: 'BBB', 'span.to': '2024-04-10' });
    expect(messages(second)).toEqual([
      `days: this run lacks rows, or all, of AAA/bars; nothing in lake/cleaned/perp changes, which still holds run ${first.run}.`,
    ]);
    expect(told(second, 'unpublished')).toEqual([]);
    expect(files()).toEqual(before);
    rmSync(join(folder, 'AAA'), { recursive: true });
    expect(warnings(await run({ names: 'BBB' }))).toEqual([]);
    expect(Object.keys(files())).toHaveLength(3);
    expect(rowsOf('AAA/bars/2024-01.parquet')).toBeUndefined();
  });

  it.each([
    ['lacks rows in its middle', { lacking: '8' }],
    ['holds nothing where it held numbers', { blank: '3' }],
    ['lacks rows and goes on for longer', { lacking: '8', 'span.to': '2024-04-10' }],
  ])('is not replaced by one that %s, unless that month is removed', async (_what, sets) => {
    await run();
    const before = files();
    const second = await run(sets);
    expect(messages(second)).toEqual([
      expect.stringContaining('of AAA/bars/2024-03.parquet, BBB/bars/2024-03.parquet; nothing'),
    ]);
    expect(files()).toEqual(before);
    for (const name of ['AAA', 'BBB']) rmSync(join(folder, name, 'bars/2024-03.parquet'));
    expect(warnings(await run(sets))).toEqual([]);
    expect(Object.keys(files()).length).toBeGreaterThanOrEqual(6);
    expect(files()['AAA/bars/2024-02.parquet']).toBe(before['AAA/bars/2024-02.parquet']);
  });

  it('grows by days that have gaps, and is replaced by one with fewer of them', async () => {
    await run({ 'span.to': '2024-03-04' });
    expect(warnings(await run({ lacking: '8', blank: '10' }))).toEqual([]);
    expect(rowsOf('AAA/bars/2024-03.parquet')).toMatchObject({ rows: 15 * 4 - 7, gaps: 10 });
    expect(warnings(await run({ blank: '2' }))).toEqual([]);
    expect(rowsOf('AAA/bars/2024-03.parquet')).toMatchObject({ rows: 15 * 4, gaps: 2 });
  });
});

describe('tables by month that lie beside others', () => {
  beforeEach(() => project.write({ 'dags/growing.yaml': TOGETHER }));
  const all = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [path, readFileSync(path, 'base64')]);

  it.each([
    [
      'a shorter span',
      { 'span.to': '2024-03-10' },
      'of AAA/bars/2024-03.parquet, BBB/bars/2024-03.parquet, AAA/paid/2024-03.parquet, BBB',
    ],
    ['one table less', { pays: 'false' }, 'AAA/paid, BBB/paid;'],
    ['rows missing from one that has no clock', { unpaid: '8' }, 'AAA/paid/2024-03.parquet, BBB'],
    [
      'one item less, and less of the other',
      { names: 'BBB', lacking: '8' },
      'AAA/bars, BBB/bars/2024-03.parquet, AAA/paid;',
    ],
  ])('stay as they are with all the others after a run with %s', async (_what, sets, lost) => {
    const first = await run();
    const before = all();
    const second = await run(sets);
    expect(second.exit).toBe(0);
    expect(warnings(second)).toEqual(['publish/shorter']);
    expect(messages(second)[0]).toContain(lost);
    expect(messages(second)[0]).toContain(`still holds run ${first.run}.`);
    expect(all()).toEqual(before);
    expect(warnings(await run())).toEqual([]);
    expect(all()).toEqual(before);
  });

  it('gain an item that others do not lose by', async () => {
    await run({ names: 'AAA' });
    expect(warnings(await run())).toEqual([]);
    expect(readdirSync(join(folder, 'BBB')).sort()).toEqual(['bars', 'paid', 'total.json']);
  });

  it('lose a table that the pipeline no longer publishes', async () => {
    await run();
    project.write({ 'dags/growing.yaml': PIPELINE });
    expect(warnings(await run())).toEqual([]);
    expect(readdirSync(join(folder, 'AAA'))).toEqual(['bars']);
  });
});
