import { constants } from 'node:buffer';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { readJson } from '../../../nodes/ingest/files/json.js';
import type { Refuse } from '../../../nodes/ingest/files/tell.js';
import market from '../../../nodes/ingest/market.js';
import { refusalLater } from '../../engine/frame/kit/refusal.js';
import { runNode, shapesOf } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { FILES, FIVE, from, line, reading, START, shipped } from './archives.js';

type Files = Readonly<Record<string, string | Uint8Array>>;
const PLAIN =
  '- { data: bars, names: ["{symbol}*.{csv,json,feather}"], layout: ohlcv, last: whole }';
const row = (bar: number, close = 105) => `${START + bar * FIVE},100,110,90,${close},10`;

async function told(files: Files, entries: string, fields = '') {
  const params = { ...from(files)(), market: reading(entries, fields) };
  const { outs, warnings } = await runNode(market, {}, params);
  for (const { message } of warnings) expect(message).not.toMatch(/\{\w+\}/);
  return { raw: frameAt(outs, 'raw'), warnings };
}
async function refused(files: Files, entries: string, fields = '') {
  const params = { ...from(files)(), market: reading(entries, fields) };
  const [problem] = await refusalLater(async () => runNode(market, {}, params));
  expect(problem?.message).not.toMatch(/\{\w+\}/);
  return { code: problem?.code, ...problem?.facts };
}

describe('JSON', () => {
  const rows = [
    [START, 100, 110, 90, 105, 10],
    [START + FIVE, '100', '110', '90', '105.5', '10'],
  ];
  it.each([
    ['lists, numbers or texts', JSON.stringify(rows)],
    [
      'objects with names, in any order',
      JSON.stringify(
        rows.map(([open_time, open, high, low, close, volume]) => ({
          volume,
          close,
          low,
          high,
          open,
          open_time,
        })),
      ),
    ],
  ])('of %s', async (_how, text) => {
    const { raw } = await told({ 'BTCUSDT.json': text }, PLAIN);
    expect([...raw.column('close')]).toEqual([105, 105.5]);
    expect([...raw.column('quote_volume')]).toEqual([NaN, NaN]);
  });

  it.each([
    ['cut', '[[1', { code: 'ingest/bad-table', form: 'JSON' }],
    ['no list', '{"code":-1121}', { code: 'ingest/bad-table', reason: 'it is no list of rows' }],
    ['no row', '[1]', { code: 'ingest/bad-table', reason: 'row 1 is no row' }],
    ['nothing in it', '[]', { code: 'ingest/empty-file' }],
    [
      'too few cells',
      `[[${START},1,1]]`,
      { code: 'ingest/wrong-width', row: 1, found: 3, expected: 6 },
    ],
    [
      'a null',
      `[[${START},100,110,90,null,10]]`,
      { code: 'ingest/not-a-number', row: 1, column: 'close', found: 'empty' },
    ],
    [
      'another name',
      `[{"open_time":${START},"opens":1,"high":1,"low":1,"close":1,"volume":1}]`,
      { code: 'ingest/wrong-header', column: 'open', hint: ' (did you mean "opens"?)' },
    ],
  ])('%s', async (_what, text, wanted) => {
    expect(await refused({ 'BTCUSDT.json': text }, PLAIN)).toMatchObject(wanted);
  });
});

it('a JSON file that is longer than a text can be', () => {
  const bytes = new Uint8Array(constants.MAX_STRING_LENGTH + 1); // never touched, so never held
  const refuse: Refuse = (code) => {
    throw new Error(code);
  };
  expect(() => readJson('a.json', bytes, [], [], refuse)).toThrow('ingest/too-large');
});

describe('feather', () => {
  it.each([
    ['no Arrow at all', Buffer.from('not a feather')],
    ['nothing', Buffer.alloc(0)],
    ['a magic and nothing behind it', Buffer.from('ARROW1\0\0')],
  ])('that is %s', async (_what, bytes) => {
    expect(await refused({ 'BTCUSDT.feather': bytes }, PLAIN)).toMatchObject({
      file: 'BTCUSDT.feather',
    });
  });

  it.each([
    ['a list', [[START]], '1738368000000'],
    ['bytes', [Uint8Array.of(1, 2)], '1,2'],
  ])('whose times are %s', async (_what, open_time, found) => {
    const one = { open: [1], high: [1], low: [1], close: [1], volume: [1] };
    const bytes = tableToIPC(tableFromArrays({ open_time, ...one }), { format: 'file' });
    const facts = { code: 'ingest/bad-time', file: 'BTCUSDT.feather', row: 1, found };
    expect(await refused({ 'BTCUSDT.feather': bytes ?? Buffer.alloc(0) }, PLAIN)).toMatchObject(
      facts,
    );
  });
});

describe('what a market declares', () => {
  it('a header that must be there and is not', async () => {
    const entry = PLAIN.replace('ohlcv', 'binance_api_klines');
    expect(await refused({ 'BTCUSDT.csv': line(0) }, entry)).toMatchObject({
      code: 'ingest/no-header',
      file: 'BTCUSDT.csv',
    });
  });

  it('a flag that is neither true nor false', async () => {
    const entries =
      `${PLAIN}\n- { data: trades, names: ["{symbol}-trades.txt.csv"], layout: binance_agg_trades }`.replace(
        '{symbol}*.',
        '{symbol}.',
      );
    const files = { 'BTCUSDT.csv': row(0), 'BTCUSDT-trades.txt.csv': `1,100,1,1,1,${START},maybe` };
    expect(await refused(files, entries)).toMatchObject({
      code: 'ingest/not-a-flag',
      row: 1,
      column: 'is_buyer_maker',
      found: 'maybe',
    });
  });

  it('a capture ends in a bar that was forming: the latest one, wherever it stands', async () => {
    const entry = PLAIN.replace('whole', 'forming');
    const { raw, warnings } = await told(
      { 'BTCUSDT.csv': `${row(2)}\n${row(0)}\n${row(1)}\n` },
      entry,
    );
    expect([...raw.time('ts')]).toEqual([START, START + FIVE]);
    expect(warnings[0]).toMatchObject({ code: 'ingest/forming-bar', facts: { count: 1, row: 1 } });
  });

  it('bars that break a rule are kept and told, once a bar', async () => {
    const entry = PLAIN.replace(' }', ', faulty: keep }');
    const { raw, warnings } = await told({ 'BTCUSDT.csv': `${row(0)}\n${row(1, -5)}\n` }, entry);
    expect([...raw.column('close')]).toEqual([105, -5]);
    expect(warnings).toMatchObject([
      { code: 'ingest/faulty-bars', facts: { count: 1, row: 2, rule: 'close > 0' } },
    ]);
  });

  it('single bars that end at odd times are told; a file of them is refused', async () => {
    const entry = PLAIN.replace('ohlcv', 'binance_klines');
    const odd = (bar: number) =>
      line(bar).replace(String(START + bar * FIVE + FIVE - 1), String(START + bar * FIVE + 17_000));
    const { warnings } = await told(
      { 'BTCUSDT.csv': `${line(0)}\n${odd(1)}\n${line(2)}\n` },
      entry,
    );
    expect(warnings).toMatchObject([
      { code: 'ingest/odd-close', facts: { count: 1, row: 2, interval: '5m' } },
    ]);
    expect(await refused({ 'BTCUSDT.csv': `${odd(0)}\n${odd(1)}\n` }, entry)).toMatchObject({
      code: 'ingest/wrong-interval',
      row: 1,
    });
  });

  it('bars without a close time that are all too far apart are of another length', async () => {
    const rows = Array.from({ length: 12 }, (_v, i) => row(i * 3));
    expect(await refused({ 'BTCUSDT.csv': rows.join('\n') }, PLAIN)).toMatchObject({
      code: 'ingest/wrong-interval',
      found: '15m',
      interval: '5m',
    });
  });

  it('bars whose close time tells their length may be far apart', async () => {
    const entry = PLAIN.replace('ohlcv', 'binance_klines');
    const lines = Array.from({ length: 144 }, (_v, i) => line(2 * i));
    const { raw, warnings } = await told({ 'BTCUSDT.csv': lines.join('\n') }, entry);
    expect(raw.length).toBe(144);
    expect(warnings).toEqual([]);
  });

  it('a few bars that tell their length do not speak for many that do not', async () => {
    const entry = PLAIN.replace('ohlcv', 'binance_klines_live');
    const live = (bar: number) => `${row(bar)},,,,,`;
    const lines = [line(0), line(3)].map((text) => text.slice(0, text.lastIndexOf(',')));
    const rows = [...lines, ...Array.from({ length: 10 }, (_v, i) => live(6 + 3 * i))];
    expect(await refused({ 'BTCUSDT.csv': rows.join('\n') }, entry)).toMatchObject({
      code: 'ingest/wrong-interval',
      found: '15m',
    });
  });

  it('a file larger than what is read at once', async () => {
    const params = { ...from({})(), market: reading(PLAIN) };
    const path = join(params.folder, 'BTCUSDT.csv');
    writeFileSync(path, '');
    truncateSync(path, 2 ** 30 + 1); // a hole: it takes no room on the disk
    const [problem] = await refusalLater(async () => runNode(market, {}, params));
    expect(problem).toMatchObject({
      code: 'ingest/too-large',
      facts: { found: 2 ** 30 + 1, limit: 2 ** 30 },
    });
  });
});

describe('markets that cannot be read', () => {
  const span = { from: START, to: START + 86_400_000 };
  const problems = (entries: string, fields = '') => {
    const params = {
      market: reading(entries, fields),
      symbol: 'BTCUSDT',
      span,
      folder: '/nowhere',
    };
    return shapesOf(market, {}, params).problems;
  };
  const entry = (data: string, layout: string, more = '') =>
    `- { data: ${data}, names: ["x.csv"], layout: ${layout}${more} }`;

  it.each([
    [
      'a layout of other rows',
      entry('funding', 'ohlcv'),
      'ingest/wrong-layout',
      { table: 'bars', expected: 'funding' },
    ],
    [
      'a filter of a column that is not there',
      entry('bars', 'ohlcv', ', only: { venue: binance }'),
      'ingest/bad-layout',
      { problem: 'it has no column venue, which `only` names' },
    ],
    [
      'bars coarser than the market’s',
      entry('bars', 'ohlcv', ', interval: 15m'),
      'ingest/bad-interval',
      { interval: '15m', spacing: '5m' },
    ],
    [
      'bars that do not divide the market’s',
      entry('bars', 'ohlcv', ', interval: 2m'),
      'ingest/bad-interval',
      { interval: '2m' },
    ],
  ])('%s', (_what, entries, code, facts) => {
    expect(problems(entries)).toMatchObject([{ code, facts }]);
  });

  it.each([
    'binance_perp',
    'binance_spot',
    'binance_perp_1m',
    'binance_lake',
    'freqtrade_futures',
    'ohlcv',
  ])('%s is sound', (id) => {
    const params = { market: shipped(id), symbol: 'BTCUSDT', span, folder: '/nowhere' };
    expect(shapesOf(market, {}, params).problems).toEqual([]);
  });

  it.each([
    ['open_intrest', ' (did you mean "open_interest"?)'],
    ['tob', ''],
  ])('the data set %s, which it does not have, is told before anything runs', (found, hint) => {
    const params = { market: FILES, symbol: 'BTCUSDT', span, folder: '/nowhere' };
    const of = (datasets: readonly string[]) =>
      shapesOf(market, {}, { ...params, datasets }).problems;
    expect(of(['bars', 'funding', found])).toMatchObject([
      { code: 'ingest/no-dataset', facts: { market: 'binance_perp', found, hint } },
    ]);
    expect(of(['bars', 'funding', 'open_interest'])).toEqual([]);
  });

  it('a data set it does not have is refused by a run that was told late', async () => {
    const params = from({ 'BTCUSDT.csv': line(0) }, { datasets: ['open_intrest'] })();
    const [problem] = await refusalLater(async () => runNode(market, {}, params));
    expect(problem).toMatchObject({ code: 'ingest/no-dataset', facts: { found: 'open_intrest' } });
  });

  it('no folder is told before anything runs', () => {
    const params = { market: FILES, symbol: 'BTCUSDT', span, folder: undefined };
    expect(shapesOf(market, {}, params).problems).toMatchObject([{ code: 'ingest/no-folder' }]);
  });
});
