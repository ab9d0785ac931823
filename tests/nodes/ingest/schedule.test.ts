import { describe, expect, it } from '@jest/globals';
import { textColumn, timeColumn } from '../../../engine/sdk/index.js';
import table from '../../../nodes/features/table.js';
import schedule from '../../../nodes/ingest/schedule.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { market } from '../../../nodes/kinds/market.js';
import { bare } from '../../kit/bare.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { installFormulas, specsOf } from '../../kit/specs.js';

installFormulas();
const NONE = Number.NaN;
const END_OF_LIST = Date.parse('2025-10-01');
const at = (text: string) => Date.parse(text);
const span = { from: at('2024-01-01'), to: at('2024-02-01') };
const END = at('2024-06-01');
const market_of = (fees: readonly object[], releases: readonly object[]) => {
  return { id: 'm', fees, calendar: { id: 'c', releases, known_until: END } };
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
          ts: timeColumn([at('2024-01-11T13:30Z'), at('2024-02-13T13:30Z'), END]).values,
          name: textColumn(['CPI', 'CPI', '(end of the list)']),
          importance: textColumn(['high', 'high', 'none']),
          announced: timeColumn([span.from, span.from, span.from]),
          ends: [false, false, true],
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
    {
      name: 'releases of a calendar without an end',
      params: { market: { id: 'm', fees: [], calendar: { id: 'c', releases: [CPI] } }, span },
      code: 'ingest/no-end',
      data: { calendar: 'c' },
    },
    {
      name: 'a release where the calendar has ended, announced after the span',
      params: { market: market_of([], [news('CPI', '2024-02-01', '2024-06-01')]), span },
      code: 'ingest/after-end',
      data: { name: 'CPI', at: '2024-06-01T00:00:00.000Z', end: '2024-06-01T00:00:00.000Z' },
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
    const out = told?.time('ts').filter((ts) => ts !== END_OF_LIST);
    const hours = new Set(out?.map((ts) => (ts / 60_000) % 1440));
    // 8:30 and 14:00 there, in winter and in summer.
    expect([...hours].sort((a, b) => a - b)).toEqual([750, 810, 1080, 1140]);
    expect(told?.length).toBe(89);
  });

  it('knows of no quiet after its end', async () => {
    const [demo] = specsOf(market, 'demo');
    const all = { from: at('2025-01-01'), to: at('2026-01-01') };
    const { news: told } = await bare(schedule, {}, { market: demo, span: all, warmup: 0 });
    const from = at('2025-09-17T17:55Z');
    const days = frame({ ts: Array.from({ length: 4032 }, (_, i) => from + i * 300_000) });
    const bars = days
      .with('close', days.column('ts'))
      .with('is_gap', { dtype: 'bool', values: new Uint8Array(4032) });
    const specs = specsOf(feature, 'spec/features/clock/news_*.yaml');
    const made = await bare(table, { bars, news: told }, { specs, spacing: 300_000 });
    const { features } = made as Record<string, ReturnType<typeof frame>>; // it has one table
    const [ago, next] = [features?.column('news_ago'), features?.column('news_in')];
    expect([ago?.[0], ago?.[1], ago?.[2]]).toEqual([0, 5, 10]);
    // The last bar that closes before October; that which closes with September is the first to know nothing.
    const end = (END_OF_LIST - from) / 300_000 - 1;
    expect(ago?.[end - 1]).toBe((end - 1) * 5);
    expect(ago?.slice(end).every(Number.isNaN)).toBe(true);
    // The end of the list is no release to count to.
    expect(next?.every(Number.isNaN)).toBe(true);
  });
});
