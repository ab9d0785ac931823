import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readPublished } from '../../../../engine/run/publish/published.js';
import { defineNode, Frame, port, t, timeColumn } from '../../../../engine/sdk/index.js';
import { readParquet } from '../../../../engine/store/codecs/parquet-read.js';
import { InlineProject, type Ran } from '../../../kit/run.js';

/* Tables that grow day by day, published a file a month as design 3 has it: `lake/cleaned/perp/<id>/<port>/2024-01.parquet`. */

const HOURS = 6 * 3_600_000;
const days = defineNode({
  type: 'toy.days',
  doc: 'Four rows a day.',
  time: 'row',
  in: {},
  out: { bars: port.frame('Rows.'), total: port.scalar('How many.') },
  params: { span: t.span(), times: t.number({ default: 1 }), name: t.text() },
  run(_ins, { span, times }) {
    const ts: number[] = [];
    for (let at = span.from; at < span.to; at += HOURS) ts.push(at);
    const frame = Frame.of({ ts: timeColumn(ts), x: ts.map((at) => times * (at / HOURS)) });
    return { bars: frame, total: ts.length };
  },
});

const PIPELINE = `dag: growing
params:
  names: { type: list text, default: [AAA, BBB] }
  span: { type: span, default: { from: 2024-01-10, to: 2024-03-15 } }
  times: 1
dimensions:
  symbol: $names
stages:
  days:
    foreach: symbol
    use: toy.days
    with: { span: $span, times: $times, name: $symbol }
    publish: { bars: { to: lake/cleaned/perp, split: month } }
`;

let project: InlineProject;
let folder: string;
beforeEach(() => {
  project = new InlineProject([days]);
  project.write({ 'dags/growing.yaml': PIPELINE });
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
      `days: this run would take away or shorten AAA/bars/${month}.parquet, BBB/bars/${month}.parquet, which reach further; lake/cleaned/perp still holds run ${first.run}.`,
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

  it('loses an item that is no longer asked for, as every published folder does', async () => {
    await run();
    const second = await run({ names: 'BBB' });
    expect(told(second, 'unpublished')).toHaveLength(3);
    expect(warnings(second)).toEqual([]);
    expect(Object.keys(files())).toHaveLength(3);
  });
});
