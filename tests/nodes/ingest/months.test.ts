import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import clean from '../../../nodes/clean/market.js';
import { calendar, fixed, stepOf } from '../../../nodes/ingest/files/step.js';
import ingest from '../../../nodes/ingest/market.js';
import { refusalLater } from '../../engine/frame/kit/refusal.js';
import { runNode, shapesOf } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { folder, reading } from './archives.js';

/** Bars of calendar months, which have no length of their own. */

const DAY = 86_400_000;
const PERIODS = ['month', 'quarter', 'year'] as const;
const day = fc.integer({ min: 0, max: 80 * 366 });

describe('steps of the calendar', () => {
  it.each(PERIODS)('%s: every day lies in one, which is as long as the days that share it', (p) => {
    const { open, end } = calendar(p);
    // The slow way: what a date says of its period.
    const of = (t: number) => {
      const [year = '', month = ''] = new Date(t).toISOString().split('-');
      const quarter = Math.floor((Number(month) - 1) / 3);
      return p === 'year' ? year : `${year} ${p === 'month' ? month : quarter}`;
    };
    fc.assert(
      fc.property(day, (n) => {
        const t = n * DAY + 12_345;
        const [from, to] = [open(t), end(open(t))];
        expect([of(from), of(to - 1)]).toEqual([of(t), of(t)]);
        expect([of(from - 1), of(to)]).not.toContain(of(t));
      }),
    );
  });

  it.each(PERIODS)('%s: none is longer than the longest, and one is as long', (period) => {
    const { open, end, longest } = calendar(period);
    let most = 0;
    for (let at = open(Date.UTC(1996, 0)); at < Date.UTC(2104, 0); at = end(at))
      most = Math.max(most, end(at) - at);
    expect(most).toBe(longest);
  });

  it('are those of a market, unless files of it are finer', () => {
    const market = { spacing: 300_000, period: 'month' } as const;
    expect(stepOf(market).text).toBe('1mo');
    expect(stepOf(market, { interval: DAY }).text).toBe('1d');
    expect(stepOf({ spacing: DAY, period: undefined }).text).toBe(fixed(DAY).text);
  });
});

const HEADER = ',Open,High,Low,Close,Volume';
const asked = (days: readonly string[], entry: string, period = 'month') => ({
  market: reading(`- { data: bars, names: ["{symbol}.csv"], ${entry} }`, `period: ${period}`),
  symbol: 'BTCUSDT',
  span: { from: '2024-01-01', to: '2024-12-31' },
  folder: folder({ 'BTCUSDT.csv': [HEADER, ...days.map((d) => `${d},2,3,1,2,10`)].join('\n') }),
});
const MONTHS = 'layout: pandas_months';
const DAYS = 'layout: pandas_bars, interval: 1d';
const everyDay = (from: string, to: string) => {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return Array.from({ length: (end - start) / DAY + 1 }, (_, i) =>
    new Date(start + i * DAY).toISOString().slice(0, 10),
  );
};

describe('files of months', () => {
  it('named by their last days open on their first; a month that is not there stays away', async () => {
    const days = ['2023-12-31', '2024-01-31', '2024-02-29', '2024-04-30', '2025-01-31'];
    const { outs } = await runNode(ingest, {}, asked(days, MONTHS));
    const opens = ['2024-01-01', '2024-02-01', '2024-04-01'].map((text) => Date.parse(text));
    expect([...frameAt(outs, 'raw').time('ts')]).toEqual(opens);
  });

  it.each([
    ['a day that is not the last', ['2024-01-31', '2024-02-28'], MONTHS, 3, '2024-02-28', '1mo'],
    [
      'a day that is not the first',
      ['2024-01-01', '2024-02-02'],
      'layout: pandas_bars',
      3,
      '2024-02-02',
      '1mo',
    ],
    ['a month within a quarter', ['2024-03-31', '2024-04-30'], MONTHS, 3, '2024-04-30', '3mo'],
  ])('%s is refused', async (_name, days, entry, at, time, interval) => {
    const params = asked(days, entry, interval === '1mo' ? 'month' : 'quarter');
    const [problem] = await refusalLater(() => runNode(ingest, {}, params));
    expect(problem).toMatchObject({
      code: 'ingest/off-grid',
      facts: { row: at, time: `${time}T00:00:00.000Z`, interval },
    });
  });

  it('are put together of days, and one that lacks a day is left out and told', async () => {
    const days = everyDay('2024-01-02', '2024-03-31');
    const { outs, warnings } = await runNode(ingest, {}, asked(days, DAYS));
    const raw = frameAt(outs, 'raw');
    expect([...raw.time('ts')]).toEqual([Date.parse('2024-02-01'), Date.parse('2024-03-01')]);
    expect([...raw.column('volume')]).toEqual([290, 310]);
    expect(warnings).toMatchObject([{ code: 'ingest/incomplete-bars', facts: { count: 1 } }]);
  });
});

describe('what is told before anything runs', () => {
  const params = asked([], MONTHS);
  const { shapes } = shapesOf(ingest, {}, params);

  it('their values count as known when the longest of them would be over', () => {
    expect(shapes.raw?.columns.map(({ delay }) => delay)).toEqual(Array(9).fill(31 * DAY));
  });

  it('tables on a grid of five minutes cannot be made of them', () => {
    const { problems } = shapesOf(clean, { raw: shapes.raw }, {});
    expect(problems).toMatchObject([
      { code: 'clean/other-bars', facts: { minutes: 31 * 24 * 60 } },
    ]);
  });

  it.each([
    ['the simulator', { source: 'simulator' }],
    ['the network', { network: {} }],
  ])('%s makes none', (made, more) => {
    const market = { ...params.market, files: [], ...more };
    const { problems } = shapesOf(ingest, {}, { ...params, market });
    expect(problems).toMatchObject([
      { code: 'ingest/calendar-bars', facts: { period: 'month', made } },
    ]);
  });

  it('files that are put together to them hold whole parts of a day', () => {
    const odd = asked([], 'layout: pandas_bars, interval: 7h');
    const { problems } = shapesOf(ingest, {}, odd);
    expect(problems).toMatchObject([
      { code: 'ingest/bad-interval', facts: { interval: '7h', spacing: '1mo' } },
    ]);
  });
});
