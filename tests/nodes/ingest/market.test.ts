import market from '../../../nodes/ingest/market.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { demo, placebo } from '../../kit/markets.js';
import { nodeTable } from '../../kit/node.js';
import { installFormulas, written } from '../../kit/specs.js';
import {
  bars,
  FILES,
  FIVE,
  file,
  folder,
  from,
  HEADER,
  line,
  one,
  prints,
  SPAN,
  START,
} from './archives.js';

installFormulas();
const DEMO = { span: { from: '2023-01-02', to: '2023-01-02' } };
/** A formula as a node receives it. */
const formula = (text: string) => written(feature, 'test', `expr: ${text}`)[0]?.expr;
/** The built-in market with one effect, changed by `more`. */
const planting = (more: object) => {
  const [effect] = demo.simulator.planted;
  return {
    ...demo,
    simulator: { ...demo.simulator, planted: [{ ...effect, id: 'test', ...more }] },
  };
};

nodeTable(market, {
  gives: [
    {
      name: 'an archive with its header',
      params: one(HEADER, line(0), line(1)),
      out: { raw: bars([0, 1]) },
    },
    {
      name: 'an archive without header, a gap stays a gap',
      params: one(line(0), line(3)),
      out: { raw: bars([0, 3]) },
    },
    {
      name: 'microseconds, as spot archives carry from 2025 on',
      params: one(line(0, 100, 110, 90, 105, 10, 4, 1000), line(1, 100, 110, 90, 105, 10, 4, 1000)),
      out: { raw: bars([0, 1]) },
    },
    {
      name: 'several files, in any order, other lengths and symbols left alone',
      params: from({
        'BTCUSDT-5m-2025-02.csv': line(2),
        'BTCUSDT-5m-2025-02-01.csv': `${line(0)}\r\n${line(1)}\r\n`,
        'BTCUSDT-1m-2025-02.csv': 'not looked at',
        'BTCUSDTX.csv': 'not looked at',
      }),
      out: { raw: bars([0, 1, 2]) },
    },
    {
      name: 'only the span and its warmup',
      params: from(
        {
          'BTCUSDT-5m-2025-01.csv': `${line(-2)}\n${line(-1)}`,
          'BTCUSDT-5m-2025-02.csv': `${line(0)}\n${line(288)}`,
        },
        { warmup: '5m' },
      ),
      out: { raw: bars([-1, 0]) },
    },
    {
      name: 'funding of the archive, from a folder of its own',
      params: () => ({
        ...one(line(0))(),
        funding: folder({
          'BTCUSDT-fundingRate-2025-02.csv': `calc_time,funding_interval_hours,last_funding_rate\n${START + 3},8,0.00010000\n${START + 28_800_000},8,-0.0002\n`,
        }),
      }),
      out: { funding: prints([START + 3, START + 28_800_000], [0.0001, -0.0002], [8, 8]) },
    },
    {
      name: 'no funding file: an empty table',
      params: one(line(5)),
      out: { funding: prints([], [], []) },
    },
  ],
  refuses: [
    {
      name: 'no folder named',
      params: { market: FILES, symbol: 'BTCUSDT', ...SPAN },
      code: 'ingest/no-folder',
      data: { market: 'binance_perp' },
    },
    {
      name: 'a folder that is not there',
      params: { market: FILES, symbol: 'BTCUSDT', ...SPAN, folder: '/nowhere/at/all' },
      code: 'ingest/no-such-folder',
      data: { path: '/nowhere/at/all' },
    },
    {
      name: 'a folder that is a file',
      params: () => {
        const { folder: path } = from({ file: '' })();
        return { market: FILES, symbol: 'BTCUSDT', ...SPAN, folder: `${path}/file` };
      },
      code: 'ingest/unreadable',
      data: { reason: 'ENOTDIR' },
    },
    {
      name: 'only another bar length',
      params: from({ 'BTCUSDT-1m-2025-02.csv': line(0) }),
      code: 'ingest/no-files',
      data: { symbol: 'BTCUSDT', interval: '5m', found: 'BTCUSDT-1m-2025-02.csv' },
    },
    {
      name: 'an archive of another form',
      params: from({ 'BTCUSDT-5m-2025-02.rar': 'Rar!' }),
      code: 'ingest/no-files',
      data: { found: 'BTCUSDT-5m-2025-02.rar' },
    },
    { name: 'an empty file', params: one(), code: 'ingest/empty-file', data: { file } },
    {
      name: 'bytes that are no text',
      params: from({ [file]: Uint8Array.of(0xff, 0xfe, 0x00) }),
      code: 'ingest/not-text',
      data: { file },
    },
    {
      name: 'another header',
      params: one('time,price', line(0)),
      code: 'ingest/wrong-header',
      data: { file, column: 'open_time', found: 'time, price' },
    },
    {
      name: 'a line cut short',
      params: one(line(0), '1738368300000,1,2'),
      code: 'ingest/wrong-width',
      data: { file, row: 2, found: 3, expected: 12 },
    },
    {
      name: 'an empty cell',
      params: one(HEADER, line(0).replace(',105,', ',,')),
      code: 'ingest/not-a-number',
      data: { file, row: 2, column: 'close', found: 'empty' },
    },
    {
      name: 'a time before there were any',
      params: one(line(0).replaceAll('1738368', '1')),
      code: 'ingest/bad-time',
      data: { file, row: 1, column: 'open_time' },
    },
    {
      name: 'a bar that opens between two',
      params: one(line(0.5)),
      code: 'ingest/off-grid',
      data: { file, row: 1, interval: '5m', time: '2025-02-01T00:02:30.000Z' },
    },
    {
      name: 'a bar of one minute',
      params: one(line(0).replace(`${START + FIVE - 1}`, `${START + 59_999}`)),
      code: 'ingest/wrong-interval',
      data: { file, row: 1, interval: '5m' },
    },
    {
      name: 'two bars of one time that differ',
      params: from({ [file]: line(0), 'BTCUSDT.csv': line(0, 101) }),
      code: 'ingest/duplicate-row',
      data: {
        file: 'BTCUSDT.csv',
        row: 1,
        first: 'BTCUSDT-5m-2025-02.csv',
        before: 1,
        column: 'open',
        found: 101,
        other: 100,
      },
    },
    {
      name: 'a negative price',
      params: one(line(0, 100, 110, -90)),
      code: 'ingest/bad-row',
      data: { file, row: 1, rule: 'low > 0' },
    },
    {
      name: 'an absurd volume',
      params: one(line(0, 100, 110, 90, 105, 1e16, 4)),
      code: 'ingest/bad-row',
      data: { rule: 'volume < 1e15' },
    },
    {
      name: 'funding in percent',
      params: from({ [file]: line(0), 'BTCUSDT-fundingRate-2025-02.csv': `${START},8,0.1` }),
      code: 'ingest/bad-row',
      data: { file: 'BTCUSDT-fundingRate-2025-02.csv', row: 1, rule: '-0.05 <= rate <= 0.05' },
    },
    {
      name: 'no bar in the span',
      params: one(line(300)),
      code: 'ingest/no-rows',
      data: { symbol: 'BTCUSDT', from: '2025-02-01', to: '2025-02-02' },
    },
    {
      name: 'a simulated market without a world',
      params: { market: { ...FILES, source: 'simulator' }, symbol: 'BTCUSDT', ...SPAN, seed: 1 },
      code: 'ingest/no-world',
      data: { market: 'binance_perp' },
    },
    {
      name: 'a drift of effects that are not there',
      params: { market: placebo, symbol: 'BTCUSDT', drift: 30, ...DEMO },
      code: 'ingest/no-effects',
      data: { market: 'placebo', drift: 30 },
    },
    {
      name: 'an effect that ends within a bar',
      params: { market: planting({ over: 7 * 60_000 }), symbol: 'BTCUSDT', ...DEMO },
      code: 'ingest/uneven-effect',
      data: { effect: 'test', market: 'demo', over: 420_000, spacing: 300_000 },
    },
    {
      name: 'an effect that looks at what no world has',
      params: {
        market: planting({ after: formula('benchmark.close > 0') }),
        symbol: 'BTCUSDT',
        ...DEMO,
      },
      code: 'ingest/unsound-effect',
      data: { market: 'demo', problems: ['a world has no benchmark'] },
    },
    {
      name: 'an effect of other symbols',
      params: {
        market: planting({ after: formula('xs_rank(close) > 0.5') }),
        symbol: 'BTCUSDT',
        ...DEMO,
      },
      code: 'ingest/unsound-effect',
      data: { market: 'demo', problems: ['test=fires needs other symbols'] },
    },
    {
      name: 'funding that does not come out even in a day',
      params: {
        market: {
          ...demo,
          simulator: { ...demo.simulator, funding_interval: 5 * 3_600_000 },
        },
        symbol: 'BTCUSDT',
        ...DEMO,
      },
      code: 'ingest/uneven-funding',
      data: { market: 'demo', every: 18_000_000 },
    },
    {
      name: 'before the world begins',
      params: { market: demo, symbol: 'BTCUSDT', span: { from: '2022-12-31', to: '2023-01-02' } },
      code: 'ingest/before-epoch',
      data: { market: 'demo', epoch: '2023-01-01', from: '2022-12-31' },
    },
  ],
  warns: [
    {
      name: 'times that go back are put in order',
      params: one(line(1), line(0)),
      code: 'ingest/out-of-order',
      data: { data: 'bars', file, row: 2, count: 1 },
    },
    {
      name: 'a bar twice is kept once',
      params: one(line(0), line(1), line(0)),
      code: 'ingest/out-of-order',
      data: { count: 1 },
    },
    {
      name: 'a bar in two files is kept once',
      params: from({ [file]: line(0), 'BTCUSDT.csv': line(0) }),
      code: 'ingest/duplicate-rows',
      data: { data: 'bars', file: 'BTCUSDT.csv', row: 1, count: 1 },
    },
  ],
  elsewhere: {
    params: ['datasets'], // tests/dags/ingest.test.ts
    codes: `
      too-large unknown-form wrong-checksum bad-checksum other-checksum other-entry other-symbol
      wrong-period no-dataset bad-archive several-entries bad-table long-line
      no-header double-column not-a-flag wrong-layout bad-layout bad-interval calendar-bars
      replaced-rows empty-cells forming-bar unsure-bar still-open mixed-units
      stray-files odd-close incomplete-bars faulty-bars faulty-parts no-data no-data-file`
      .trim()
      .split(/\s+/)
      .map((code) => `ingest/${code}`),
  },
});
