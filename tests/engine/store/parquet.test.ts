import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Frame } from '../../../engine/frame/frame.js';
import { withDuckdb } from '../../../engine/store/codecs/duckdb.js';
import { writeParquet } from '../../../engine/store/codecs/parquet.js';
import {
  type ParquetColumn,
  parquetTypes,
  readParquet,
} from '../../../engine/store/codecs/parquet-read.js';
import { clock, expectFrame, frame, plainFrame } from '../../kit/frame.js';
import { anyColumn } from '../frame/kit/columns.js';
import { refusalLater } from '../frame/kit/refusal.js';
import { temporaryFolder } from './kit/folder.js';

const path = () => join(temporaryFolder(), 'a.parquet');

/** The columns that read a frame back. */
function declared(value: Frame): readonly ParquetColumn[] {
  return value.fields.map(({ name, dtype, unit }) => ({ name, dtype, unit }));
}

/** Write a file with any SQL types, as others do. */
async function foreign(select: string): Promise<string> {
  const file = path();
  await withDuckdb(file, undefined, (c) => c.run(`COPY (${select}) TO '${file}' (FORMAT parquet)`));
  return file;
}

describe('Parquet', () => {
  const { NaN: gap } = Number;
  const bars = frame(
    { ts: clock(3), close: [1.5, gap, -0], up: [true, null, false], 'by "x"': ["it's", null, ''] },
    { close: 'usd' },
  );

  it('comes back as it was', async () => {
    const file = path();
    await writeParquet(bars, file);
    expectFrame(await readParquet(file, declared(bars))).toEqual(bars);
    expect([...(await parquetTypes(file))]).toEqual([
      ['ts', 'TIMESTAMP'],
      ['close', 'DOUBLE'],
      ['up', 'BOOLEAN'],
      ['by "x"', 'VARCHAR'],
    ]);
  });

  it('holds any frame', async () => {
    const frames = fc
      .integer({ min: 0, max: 5 })
      .chain((rows) => fc.tuple(anyColumn(rows), anyColumn(rows)));
    await fc.assert(
      fc.asyncProperty(frames, async ([a, b]) => {
        const value = Frame.of({ a, b });
        const file = path();
        await writeParquet(value, file);
        expect(plainFrame(await readParquet(file, declared(value)))).toEqual(plainFrame(value));
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it('takes columns that begin anywhere in memory that threads share', async () => {
    const shared = new SharedArrayBuffer(64);
    const numbers = new Float64Array(shared, 16, 3);
    const flags = new Uint8Array(shared, 43, 3);
    numbers.set([1.5, gap, -2]);
    flags.set([1, 255, 0]);
    const ours = Frame.of({ number: numbers, flag: { dtype: 'bool', values: flags } });
    const file = path();
    await writeParquet(ours, file);
    const found = await readParquet(file, declared(ours));
    expectFrame(found).toEqual(frame({ number: [1.5, gap, -2], flag: [true, null, false] }));
  });

  it('has the same bytes for equal frames, over many row groups and vectors', async () => {
    const rows = 130_000;
    const wide = () =>
      Frame.of({
        x: Float64Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? gap : i / 3)),
        s: Array.from({ length: rows }, (_, i) => `s${i % 100}`),
      });
    const [first, second] = [path(), path()];
    await writeParquet(wide(), first);
    await writeParquet(wide(), second);
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
    const back = await readParquet(first, declared(wide()));
    expect(back.length).toBe(rows);
    expect(back.column('x').every((v, i) => Object.is(v, i % 7 === 0 ? gap : i / 3))).toBe(true);
    expect(back.texts('s')[rows - 1]).toBe(`s${(rows - 1) % 100}`);
  });

  it('reads chosen columns under other names, in the order asked for', async () => {
    const file = path();
    await writeParquet(bars, file);
    const read = await readParquet(file, [
      { name: 'last', from: 'close', dtype: 'f64', unit: 'eur' },
      { name: 'ts', dtype: 'time' },
    ]);
    expect(read.fields).toEqual([
      { name: 'last', dtype: 'f64', unit: 'eur' },
      { name: 'ts', dtype: 'time' },
    ]);
    expect((await readParquet(file, [])).length).toBe(3);
  });

  it('reads the number and time types of other writers', async () => {
    const file =
      await foreign(`SELECT 1::FLOAT f, 2::INTEGER i, 3::UTINYINT u, 4.25::DECIMAL(8,2) d, 5::BIGINT b,
      1704067200000::BIGINT ms, TIMESTAMP '2024-01-01' us, TIMESTAMP_NS '2024-01-01' ns, TIMESTAMP_S '2024-01-01' s,
      TIMESTAMPTZ '2024-01-01 00:00:00+00' tz, DATE '2024-01-01' d8`);
    const numbers = ['f', 'i', 'u', 'd', 'b'];
    const times = ['ms', 'us', 'ns', 's', 'tz', 'd8'];
    const read = await readParquet(file, [
      ...numbers.map((name) => ({ name, dtype: 'f64' as const })),
      ...times.map((name) => ({ name, dtype: 'time' as const })),
    ]);
    expect(numbers.map((name) => read.column(name)[0])).toEqual([1, 2, 3, 4.25, 5]);
    expect(times.map((name) => read.time(name)[0])).toEqual(times.map(() => 1_704_067_200_000));
  });

  it.each([
    ['an absent column', 'SELECT 1.5 clos', 'f64', 'store/parquet-column', { column: 'close' }],
    [
      'a text for a number',
      `SELECT 'x' "close"`,
      'f64',
      'store/parquet-type',
      { found: 'VARCHAR', expected: 'f64' },
    ],
    [
      'a number for a flag',
      'SELECT 1 "close"',
      'bool',
      'store/parquet-type',
      { found: 'INTEGER', expected: 'bool' },
    ],
    [
      'a double for a time',
      'SELECT 1.0::DOUBLE "close"',
      'time',
      'store/parquet-type',
      { found: 'DOUBLE' },
    ],
    ['a list', 'SELECT [1] "close"', 'f64', 'store/parquet-type', { found: 'INTEGER[]' }],
    [
      '∞',
      `SELECT unnest([1, 'inf'::DOUBLE]) "close"`,
      'f64',
      'store/parquet-value',
      { found: Infinity, row: 1 },
    ],
    [
      'a whole number beyond 2^53',
      'SELECT 9007199254740993::BIGINT "close"',
      'f64',
      'store/parquet-value',
      { row: 0 },
    ],
    [
      'a missing time',
      'SELECT NULL::TIMESTAMP "close"',
      'time',
      'store/parquet-value',
      { found: 'a missing value' },
    ],
    [
      'microseconds',
      `SELECT TIMESTAMP '2024-01-01 00:00:00.0005' "close"`,
      'time',
      'store/parquet-value',
      { row: 0 },
    ],
    [
      'nanoseconds',
      `SELECT TIMESTAMP_NS '2024-01-01 00:00:00.000000001' "close"`,
      'time',
      'store/parquet-value',
      { row: 0 },
    ],
  ] as const)('refuses %s', async (_, select, dtype, code, facts) => {
    const file = await foreign(select);
    const [problem] = await refusalLater(() => readParquet(file, [{ name: 'close', dtype }]));
    expect(problem).toMatchObject({ code, facts });
    expect(problem?.message).not.toMatch(/\{\w+\}/);
  });

  it('refuses what is no Parquet, absent, or a pattern', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'a.parquet');
    const code = async (name: string) =>
      (await refusalLater(() => readParquet(name, [{ name: 'x', dtype: 'f64' }])))[0]?.code;
    expect(await code(file)).toBe('store/no-file');
    writeFileSync(file, 'no parquet at all, but long enough for a footer');
    expect(await code(file)).toBe('store/parquet');
    writeFileSync(join(folder, 'a[1].parquet'), '');
    expect(await code(join(folder, 'a[1].parquet'))).toBe('store/odd-path');
  });

  it('survives any changed byte with a refusal or a frame', async () => {
    const file = path();
    await writeParquet(bars, file);
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at += 23) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x15;
      writeFileSync(file, changed);
      const read = readParquet(file, declared(bars)).then(
        () => 'frame',
        (error: unknown) => (error instanceof Error ? error.name : 'other'),
      );
      expect(['frame', 'Refusal']).toContain(await read);
    }
  });

  it('leaves nothing behind when it refuses to write', async () => {
    const file = path();
    const code = async (value: Frame) =>
      (await refusalLater(() => writeParquet(value, file)))[0]?.code;
    expect(await code(frame({}))).toBe('store/parquet-empty');
    expect(await code(frame({ a: [1], A: [1] }))).toBe('store/parquet-names');
    expect(await code(frame({ a: [Infinity] }))).toBe('store/parquet-infinite');
    const stopped = AbortSignal.abort();
    expect((await refusalLater(() => writeParquet(bars, file, stopped)))[0]?.code).toBe(
      'store/interrupted',
    );
    expect(existsSync(file)).toBe(false);
    expect(
      (await refusalLater(() => writeParquet(bars, join(file, 'b.parquet'))))[0]?.code,
    ).toMatch(/^store\//);
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });

  it('replaces a file whole', async () => {
    const file = path();
    await writeParquet(bars, file);
    await writeParquet(bars.slice(1), file);
    expect((await readParquet(file, declared(bars))).length).toBe(2);
    expect(readdirSync(join(file, '..'))).toEqual(['a.parquet']);
  });

  const shared = join(process.cwd(), '../shared/data/binance-um-klines-5m/NEARUSDT.parquet');
  (existsSync(shared) ? it : it.skip)(`reads real bars (needs ../shared)`, async () => {
    const read = await readParquet(shared, [
      { name: 'ts', from: 'open_time', dtype: 'time' },
      { name: 'close', dtype: 'f64' },
      { name: 'count', dtype: 'f64' },
    ]);
    expect(read.length).toBeGreaterThan(1000);
    expect(read.time('ts').every((t, i, all) => i === 0 || t > (all[i - 1] ?? 0))).toBe(true);
  });
});
