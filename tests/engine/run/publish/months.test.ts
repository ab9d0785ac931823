import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readParquet } from '../../../../engine/store/codecs/parquet-read.js';
import { HOURS, Months, told, warnings } from './kit.js';

let months: Months;
beforeEach(() => {
  months = new Months();
});
afterEach(() => months.remove());

const until = (to: string) => months.run({ 'span.to': to });

describe('a table that is published a file a month', () => {
  it('lies by item, port and month, with what each file holds', async () => {
    await months.run();
    expect(Object.keys(months.files())).toEqual(
      ['AAA', 'BBB'].flatMap((id) => ['01', '02', '03'].map((m) => `${id}/bars/2024-${m}.parquet`)),
    );
    expect(months.listed('BBB/bars/2024-02.parquet')).toMatchObject({
      rows: 29 * 4,
      from: '2024-02-01T00:00:00.000Z',
      to: '2024-02-29T18:00:00.000Z',
    });
    const month = await readParquet(join(months.folder, 'AAA/bars/2024-01.parquet'), [
      { name: 'ts', dtype: 'time' },
      { name: 'x', dtype: 'f64' },
    ]);
    expect(month.length).toBe(22 * 4);
    expect(month.time('ts')[0]).toBe(Date.UTC(2024, 0, 10));
    expect(month.column('x')[1]).toBe(Date.UTC(2024, 0, 10) / HOURS + 1);
  });

  it('is touched in its last month alone when a day is added', async () => {
    await months.run();
    const before = months.files();
    const second = await until('2024-03-16');
    expect(told(second, 'published')).toEqual([
      'AAA/bars/2024-03.parquet',
      'BBB/bars/2024-03.parquet',
    ]);
    const after = months.files();
    const touched = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(touched).toEqual(['AAA/bars/2024-03.parquet', 'BBB/bars/2024-03.parquet']);
    expect(months.listed('AAA/bars/2024-03.parquet')?.rows).toBe(16 * 4);
    expect(warnings(second)).toEqual([]);
    const warm = await until('2024-03-16');
    expect(told(warm, 'published')).toEqual([]);
    expect(months.files()).toEqual(after);
  });

  it('gains a month, and a day before its first', async () => {
    await months.run();
    const before = months.files();
    const second = await months.run({ 'span.from': '2023-12-31', 'span.to': '2024-03-15' });
    expect(told(second, 'published')).toEqual(
      ['AAA', 'BBB'].flatMap((id) => [`${id}/bars/2023-12.parquet`, `${id}/bars/2024-01.parquet`]),
    );
    expect(months.files()['AAA/bars/2024-02.parquet']).toBe(before['AAA/bars/2024-02.parquet']);
  });

  it('has every month replaced when all rows change', async () => {
    await months.run();
    expect(told(await months.run({ times: '2' }), 'published')).toHaveLength(6);
  });

  it('is replaced by a shorter one once its folder is removed', async () => {
    await months.run();
    rmSync(months.folder, { recursive: true });
    expect(warnings(await until('2024-02-10'))).toEqual([]);
    expect(Object.keys(months.files())).toHaveLength(4);
  });

  it('grows by days that have gaps, and is replaced by one with fewer of them', async () => {
    await until('2024-03-04');
    expect(warnings(await months.run({ lacking: '8', blank: '10' }))).toEqual([]);
    const march = 'AAA/bars/2024-03.parquet';
    expect(months.listed(march)).toMatchObject({ rows: 15 * 4 - 7, gaps: 10 });
    expect(warnings(await months.run({ blank: '2' }))).toEqual([]);
    expect(months.listed(march)).toMatchObject({ rows: 15 * 4, gaps: 2 });
  });
});
