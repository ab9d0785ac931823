import { describe, expect, it } from '@jest/globals';
import { faultOf, rawColumns } from '../../../nodes/clean/grid/faults.js';
import market from '../../../nodes/ingest/market.js';
import { runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { FIVE, from, reading, START, shipped } from './archives.js';

const PLAIN = '- { data: bars, names: ["{symbol}.csv"], layout: ohlcv, last: whole }';
const row = (bar: number, close = 105) => `${START + bar * FIVE},100,110,90,${close},10`;

async function told(files: Readonly<Record<string, string>>, entries: string, fields: string) {
  const params = { ...from(files)(), market: reading(entries, fields) };
  const { outs, warnings } = await runNode(market, {}, params);
  for (const { message } of warnings) expect(message).not.toMatch(/\{\w+\}/);
  return { raw: frameAt(outs, 'raw'), warnings };
}

describe('finer bars put together', () => {
  it('become whole bars only: half a bar is no bar, and told', async () => {
    const entry = PLAIN.replace(' }', ', interval: 5m }');
    const bars = [0, 1, 2, 3, 5].map((bar) => row(bar, 100 + bar));
    const { raw, warnings } = await told({ 'BTCUSDT.csv': bars.join('\n') }, entry, 'spacing: 15m');
    expect([...raw.time('ts')]).toEqual([START]);
    expect([...raw.column('close')]).toEqual([102]);
    expect([...raw.column('volume')]).toEqual([30]);
    expect(warnings).toMatchObject([
      {
        code: 'ingest/incomplete-bars',
        facts: { count: 1, interval: '5m', time: '2025-02-01T00:15:00.000Z' },
      },
    ]);
  });

  it.each([
    ['a price below zero', row(1, -5), 'close > 0'],
    ['a high below the low', row(1).replace('110,90', '50,400'), 'low <= high'],
    ['a volume below zero', `${row(1).slice(0, -2)}-10`, 'volume >= 0'],
  ])('a faulty finer bar, %s, leaves its bar without values', async (_what, faulty, rule) => {
    const entry = PLAIN.replace(' }', ', interval: 5m, faulty: keep }');
    const lines = [row(0), faulty, row(2), row(3), row(4), row(5)];
    const { raw, warnings } = await told(
      { 'BTCUSDT.csv': lines.join('\n') },
      entry,
      'spacing: 15m',
    );
    expect([...raw.time('ts')]).toEqual([START, START + 3 * FIVE]);
    for (const name of ['open', 'high', 'low', 'close', 'volume']) {
      expect(raw.column(name)[0]).toBeNaN();
      expect(raw.column(name)[1]).toBeGreaterThan(0);
    }
    expect([0, 1].map((at) => faultOf(rawColumns(raw), at))).toEqual(['price', undefined]); // cleaning
    expect(warnings).toMatchObject([
      { code: 'ingest/faulty-bars', facts: { count: 1, row: 2, rule } },
      {
        code: 'ingest/faulty-parts',
        facts: { data: 'bars', count: 1, interval: '5m', time: '2025-02-01T00:00:00.000Z' },
      },
    ]);
  });

  it('a finer bar without a close leaves its bar without values', async () => {
    const layout = shipped('ohlcv').files[0]?.layout;
    if (!layout) throw new Error('ohlcv has a layout');
    const columns = layout.columns.map((c) => (c.name === 'close' ? { ...c, empty: true } : c));
    const made = reading(PLAIN.replace(' }', ', interval: 5m }'), 'spacing: 15m');
    const files = made.files.map((f) => ({ ...f, layout: { ...layout, columns } }));
    const text = [row(0).replace(',105,', ',,'), row(1), row(2)].join('\n');
    const params = { ...from({ 'BTCUSDT.csv': text })(), market: { ...made, files } };
    const { outs } = await runNode(market, {}, params);
    expect([...frameAt(outs, 'raw').column('close')]).toEqual([NaN]);
    expect([...frameAt(outs, 'raw').column('open')]).toEqual([NaN]);
  });
});
