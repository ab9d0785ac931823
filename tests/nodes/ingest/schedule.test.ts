import { describe, expect, it } from '@jest/globals';
import { textColumn, timeColumn } from '../../../engine/sdk/index.js';
import schedule from '../../../nodes/ingest/schedule.js';
import { market } from '../../../nodes/kinds/market.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { installFormulas, specsOf } from '../../kit/specs.js';

installFormulas();
const NONE = Number.NaN;
const at = (text: string) => Date.parse(text);
const span = { from: at('2024-01-01'), to: at('2024-02-01') };
const market_of = (fees: readonly object[], releases: readonly object[]) => {
  return { id: 'm', fees, calendar: { id: 'c', releases } };
};
const fee = (from: string, taker_bps: number, maker_bps?: number) => {
  return { from: at(from), taker_bps, ...(maker_bps === undefined ? {} : { maker_bps }) };
};
const news = (name: string, announced: string, ...times: readonly string[]) => {
  return { name, importance: 'high', announced: at(announced), at: times.map(at) };
};
const CPI = news('CPI', '2024-01-01', '2024-02-13T13:30Z', '2024-01-11T13:30Z');

nodeTable(schedule, {
  gives: [
    {
      name: 'changes in order of time, none that came to be known after the span',
      params: {
        market: market_of(
          [fee('2024-01-15', 5), fee('2024-02-01', 6), fee('2023-01-01', 4, -1)],
          [CPI, news('FOMC', '2024-03-01', '2024-03-20T18:00Z')],
        ),
        span,
        warmup: 0,
      },
      out: {
        fees: frame(
          {
            ts: timeColumn([at('2023-01-01'), at('2024-01-15')]).values,
            taker_bps: [4, 5],
            maker_bps: [-1, NONE],
          },
          { taker_bps: 'bps', maker_bps: 'bps' },
        ),
        news: frame({
          ts: timeColumn([at('2024-01-11T13:30Z'), at('2024-02-13T13:30Z')]).values,
          name: textColumn(['CPI', 'CPI']),
          importance: textColumn(['high', 'high']),
          announced: timeColumn([span.from, span.from]),
        }),
      },
    },
    {
      name: 'what a market does not state is absent',
      params: { market: market_of([], []), span },
      out: { fees: undefined, news: undefined },
    },
  ],
  refuses: [
    {
      name: 'two fees at one time',
      params: { market: market_of([fee('2024-01-01', 4), fee('2024-01-01', 5)], []), span },
      code: 'ingest/fees-twice',
      data: { market: 'm', at: '2024-01-01T00:00:00.000Z' },
    },
    {
      name: 'one release twice',
      params: { market: market_of([], [CPI, CPI]), span },
      code: 'ingest/news-twice',
      data: { calendar: 'c', name: 'CPI', at: '2024-01-11T13:30:00.000Z' },
    },
    {
      name: 'announced when it was out',
      params: { market: market_of([], [news('CPI', '2024-01-12', '2024-01-11T13:30Z')]), span },
      code: 'ingest/late-notice',
      data: { calendar: 'c', name: 'CPI', announced: '2024-01-12T00:00:00.000Z' },
    },
  ],
});

describe('the calendar that ships', () => {
  it('has each release once, announced before it is out, and the hours of Washington', async () => {
    const [demo] = specsOf(market, 'demo');
    const all = { from: at('2023-01-01'), to: at('2026-01-01') };
    const { outs } = await runNode(schedule, {}, { market: demo, span: all });
    const { fees, news: told } = outs as Record<string, ReturnType<typeof frame>>; // both are stated
    expect(fees?.length).toBe(2);
    const hours = new Set(told?.time('ts').map((ts) => (ts / 60_000) % 1440));
    // 8:30 and 14:00 there, in winter and in summer.
    expect([...hours].sort((a, b) => a - b)).toEqual([750, 810, 1080, 1140]);
    expect(told?.length).toBe(88);
  });
});
