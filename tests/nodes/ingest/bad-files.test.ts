import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withDuckdb } from '../../../engine/store/codecs/duckdb.js';
import { writeParquet } from '../../../engine/store/codecs/parquet.js';
import market from '../../../nodes/ingest/market.js';
import { refusalLater } from '../../engine/frame/kit/refusal.js';
import { frame, plainFrame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { bars, FIVE, file, folder, from, HEADER, line, one, START } from './archives.js';

/** What each broken file is refused with: the code, and the facts that lead a person to the place. */
const refused = async (params: Readonly<Record<string, unknown>>) => {
  const [problem] = await refusalLater(async () => runNode(market, {}, params));
  expect(problem?.message).not.toMatch(/\{\w+\}/);
  return { code: problem?.code, ...problem?.facts };
};
const good = line(0);
/** The good line with one cell changed. */
const cell = (at: number, text: string) =>
  good
    .split(',')
    .map((c, i) => (i === at ? text : c))
    .join(',');

describe('archive CSV', () => {
  it.each([
    ['a header and nothing else', [HEADER], { code: 'ingest/empty-file', file }],
    ['blank lines only', ['', '', ''], { code: 'ingest/empty-file', file }],
    ['a blank line inside', [good, '', line(1)], { code: 'ingest/wrong-width', row: 2, found: 1 }],
    [
      'a header with a slip in it',
      [HEADER.replace('taker_buy_volume', 'taker_buy_vol'), good],
      {
        code: 'ingest/wrong-header',
        column: 'taker_buy_volume',
        hint: ' (did you mean "taker_buy_vol"?)',
      },
    ],
    [
      'a column that stands twice',
      [HEADER.replace('ignore', 'open'), good],
      { code: 'ingest/double-column', column: 'open' },
    ],
    [
      'the header of another export',
      ['timestamp,o,h,l,c,v', good],
      { code: 'ingest/wrong-header', column: 'open_time', found: 'timestamp, o, h, l, c, v' },
    ],
    [
      'a second header',
      [HEADER, good, HEADER],
      { code: 'ingest/bad-time', row: 3, column: 'open_time', found: 'open_time' },
    ],
    [
      'semicolons',
      [good.replaceAll(',', ';')],
      { code: 'ingest/wrong-width', row: 1, found: 1, expected: 12 },
    ],
    [
      'quotes',
      [cell(4, '"105"')],
      { code: 'ingest/not-a-number', column: 'close', found: '"105"' },
    ],
    ['a thousands separator', [cell(4, '1 050')], { code: 'ingest/not-a-number', found: '1 050' }],
    ['-inf', [cell(3, '-inf')], { code: 'ingest/not-a-number', column: 'low', found: '-inf' }],
    [
      'Infinity',
      [cell(2, 'Infinity')],
      { code: 'ingest/not-a-number', column: 'high', found: 'Infinity' },
    ],
    ['null', [cell(5, 'null')], { code: 'ingest/not-a-number', column: 'volume', found: 'null' }],
    [
      'a last line cut in the middle',
      [good, line(1).slice(0, 40)],
      { code: 'ingest/wrong-width', row: 2 },
    ],
    [
      'half a millisecond',
      [cell(0, `${START}.5`)],
      { code: 'ingest/bad-time', row: 1, found: `${START}.5` },
    ],
    [
      'microseconds between two milliseconds',
      [cell(0, `${START}001`)],
      { code: 'ingest/off-grid', row: 1, interval: '5m' },
    ],
    [
      'a time beyond this century',
      [cell(0, '4102444800000')],
      { code: 'ingest/bad-time', row: 1, found: '4102444800000' },
    ],
    ['NaN', [cell(4, 'NaN')], { code: 'ingest/not-a-number', column: 'close', found: 'NaN' }],
    [
      'more than a double holds',
      [cell(4, '1e999')],
      { code: 'ingest/not-a-number', found: '1e999' },
    ],
    ['hexadecimal', [cell(4, '0x10')], { code: 'ingest/not-a-number', found: '0x10' }],
    [
      'a close outside the range',
      [cell(4, '120')],
      { code: 'ingest/bad-row', rule: 'low <= close <= high' },
    ],
    [
      'takers bought more than traded',
      [cell(9, '11')],
      { code: 'ingest/bad-row', rule: 'taker_base_volume <= volume' },
    ],
    ['a high below the low', [cell(2, '80')], { code: 'ingest/bad-row', rule: 'low <= high' }],
    ['a price of zero', [cell(4, '0')], { code: 'ingest/bad-row', row: 1, rule: 'close > 0' }],
    ['a volume below zero', [cell(5, '-1')], { code: 'ingest/bad-row', rule: 'volume >= 0' }],
    [
      'a number of more signs than any has',
      [good, line(1).replace(',105,', `,1.${'0'.repeat(63)}5e2,`)],
      { code: 'ingest/not-a-number', row: 2, column: 'close' },
    ],
    ['a vast price', [cell(2, '1e308')], { code: 'ingest/bad-row', rule: 'high < 1e15' }],
    [
      'a price of next to none',
      [cell(3, '1e-320')],
      { code: 'ingest/bad-row', rule: 'low > 1e-15' },
    ],
    ['half a trade', [cell(8, '1.5')], { code: 'ingest/bad-row', rule: 'trade_count is whole' }],
    [
      'a taker volume below zero',
      [cell(9, '-1')],
      { code: 'ingest/bad-row', rule: 'taker_base_volume >= 0' },
    ],
    [
      'volume and turnover under each other\u2019s name',
      [cell(5, '1000'), line(1)].map((text) => text.replace(',1000,7,', ',10,7,')),
      { code: 'ingest/bad-row', row: 1, rule: 'low <= quote_volume / volume <= high' },
    ],
    [
      'an open above the high',
      [cell(1, '111')],
      { code: 'ingest/bad-row', rule: 'low <= open <= high' },
    ],
  ])('%s', async (_name, lines, wanted) => {
    expect(await refused(one(...lines)())).toMatchObject(wanted);
  });

  it('a byte-order mark and Windows line ends are no fault', async () => {
    const text = `\ufeff${HEADER}\r\n${line(0)}\r\n${line(1)}\r\n`;
    const { outs } = await runNode(market, {}, from({ [file]: text })());
    expect(plainFrame(frameAt(outs, 'raw'))).toEqual(plainFrame(bars([0, 1])));
  });

  it('a folder where a file should be', async () => {
    const path = folder({});
    mkdirSync(join(path, file));
    const params = { ...one(good)(), folder: path };
    expect(await refused(params)).toMatchObject({ code: 'ingest/no-files', found: 'nothing' });
  });

  it('a month that is missing between two files is a gap, not a fault', async () => {
    const march = (START + 28 * 86_400_000 + 31 * 86_400_000 - START) / FIVE; // April 1st
    const files = { 'BTCUSDT-5m-2025-02.csv': line(0), 'BTCUSDT-5m-2025-04.csv': line(march) };
    const span = { from: '2025-02-01', to: '2025-04-30' };
    const { outs } = await runNode(market, {}, { ...from(files)(), span });
    expect([...frameAt(outs, 'raw').time('ts')]).toEqual([START, START + march * FIVE]);
  });
});

describe('Parquet', () => {
  const COLUMNS = HEADER.split(',').slice(0, 10);
  const numbers = (bar: number) => line(bar).split(',').slice(0, 10).map(Number);
  const table = (rows: readonly (readonly number[])[], names = COLUMNS) =>
    frame(Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i] ?? NaN)])));
  const changed = (bar: number, name: string, value: number) =>
    numbers(bar).map((v, i) => (COLUMNS[i] === name ? value : v));

  /** Parameters for a folder that holds this table as a file. */
  async function kept(value: ReturnType<typeof table>, name = 'BTCUSDT.parquet') {
    const params = from({})();
    await writeParquet(value, join(params.folder, name));
    return params;
  }

  it('with the columns of the archive gives the bars, whatever else it holds', async () => {
    const value = table([numbers(0), numbers(2)]).with('note', ['a', 'b']);
    const { outs } = await runNode(market, {}, await kept(value));
    expect(plainFrame(frameAt(outs, 'raw'))).toEqual(plainFrame(bars([0, 2])));
  });

  it.each([
    ['no rows', table([]), { code: 'ingest/empty-file', file: 'BTCUSDT.parquet' }],
    [
      'a column fewer',
      table([numbers(0)]).without(['count']),
      { code: 'store/parquet-column', column: 'count' },
    ],
    [
      'text for prices',
      table([numbers(0)]).with('close', ['105']),
      { code: 'store/parquet-type', column: 'close' },
    ],
    [
      'a missing price',
      table([numbers(0), changed(1, 'low', NaN)]),
      { code: 'ingest/not-a-number', row: 2, column: 'low', found: 'empty' },
    ],
    [
      'a price below zero',
      table([numbers(0), changed(1, 'low', -1)]),
      { code: 'ingest/bad-row', row: 2, rule: 'low > 0' },
    ],
    [
      'two rows of one time that differ',
      table([numbers(0), changed(0, 'close', 104)]),
      {
        code: 'ingest/duplicate-row',
        row: 2,
        before: 1,
        first: 'BTCUSDT.parquet',
        column: 'close',
      },
    ],
  ])('%s', async (_name, value, wanted) => {
    expect(await refused(await kept(value))).toMatchObject(wanted);
  });

  it('infinity is refused with its column and row', async () => {
    const params = from({})();
    const columns = numbers(0).map(
      (v, i) => `${i === 4 ? "'inf'::DOUBLE" : `${v}::DOUBLE`} AS ${COLUMNS[i]}`,
    );
    const path = join(params.folder, 'BTCUSDT.parquet');
    const sql = `COPY (SELECT ${columns.join(', ')}) TO '${path}' (FORMAT parquet)`;
    await withDuckdb(path, undefined, (c) => c.run(sql));
    expect(await refused(params)).toMatchObject({ code: 'store/parquet-value', column: 'close' });
  });

  it('cut short, empty, or no Parquet at all', async () => {
    const params = await kept(table([numbers(0)]));
    const path = join(params.folder, 'BTCUSDT.parquet');
    const bytes = readFileSync(path);
    for (const [broken, reason] of [
      [bytes.subarray(0, bytes.length - 20), /^No magic bytes found at end of file$/],
      [Buffer.alloc(0), /too small/],
      [Buffer.from(HEADER), /^No magic bytes found at end of file$/],
    ] as const) {
      writeFileSync(path, broken);
      const facts = { file: 'BTCUSDT.parquet', form: 'Parquet' };
      const found = await refused(params);
      expect(found).toMatchObject({ code: 'ingest/bad-table', ...facts });
      expect(found).toHaveProperty('reason', expect.stringMatching(reason));
    }
  });

  it('a bar that stands in the Parquet and otherwise in a CSV beside it', async () => {
    const params = await kept(table([numbers(0)]));
    writeFileSync(join(params.folder, file), line(0, 99));
    expect(await refused(params)).toMatchObject({ code: 'ingest/duplicate-row', row: 1 });
  });
});

describe('funding files', () => {
  const NAME = 'BTCUSDT-fundingRate-2025-02.csv';
  const funding = (...rows: readonly string[]) => from({ [file]: good, [NAME]: rows.join('\n') })();

  it.each([
    [
      'columns of another export',
      ['time,rate', `${START},0.0001`],
      { code: 'ingest/wrong-header', file: NAME },
    ],
    [
      'no rate',
      [`${START},8,`],
      { code: 'ingest/not-a-number', file: NAME, column: 'last_funding_rate', found: 'empty' },
    ],
    [
      'two prints of one time that differ',
      [`${START},8,0.0001`, `${START},8,0.0002`],
      { code: 'ingest/duplicate-row', file: NAME, row: 2, column: 'rate' },
    ],
    [
      'a stamp of 1970',
      ['1,8,0.0001'],
      { code: 'ingest/bad-time', file: NAME, row: 1, found: '1' },
    ],
  ])('%s', async (_name, rows, wanted) => {
    expect(await refused(funding(...rows))).toMatchObject(wanted);
  });

  it('a print of two files with stamps of their own is one where the rates agree, and a problem where not', async () => {
    const other = 'BTCUSDT-fundingRate-2025-02-01.csv';
    const both = (rate: string) =>
      from({ [file]: good, [NAME]: `${START + 12},8,0.0001`, [other]: `${START},8,${rate}` })();
    const { outs, warnings } = await runNode(market, {}, both('0.0001'));
    expect(frameAt(outs, 'funding').length).toBe(1);
    expect(warnings).toMatchObject([{ code: 'ingest/duplicate-rows', facts: { data: 'funding' } }]);
    const facts = { file: NAME, row: 1, first: other, before: 1, found: 0.0001, other: 0.009 };
    expect(await refused(both('0.0090'))).toMatchObject({ code: 'ingest/duplicate-row', ...facts });
  });
});
