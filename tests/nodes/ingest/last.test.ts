import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withoutOpenBar } from '../../../nodes/ingest/files/last.js';
import type { Rows } from '../../../nodes/ingest/files/rows.js';
import { fixed } from '../../../nodes/ingest/files/step.js';
import { Tally } from '../../../nodes/ingest/files/tell.js';
import market from '../../../nodes/ingest/market.js';
import { refusalLater } from '../../engine/frame/kit/refusal.js';
import { runNode } from '../../kit/node.js';
import { FIVE, folder, line, START, shipped } from './archives.js';

/** The last bar of a file: was it over when the file was written? */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LATER = Date.UTC(2030, 0, 1);
const never = (code: string): never => {
  throw new Error(code);
};

function rows(opens: readonly number[], closes?: readonly number[]): Rows {
  const columns = new Map(closes ? [['close_ts', Float64Array.from(closes)]] : []);
  const ts = Float64Array.from(opens);
  return { file: 'f.csv', length: ts.length, ts, columns, id: undefined, rowOf: (i) => i + 1 };
}

function left(
  given: Rows,
  last: 'whole' | 'forming' | 'unsaid',
  interval = FIVE,
  written = LATER,
): readonly number[] {
  const how = { last, layout: 'ohlcv' };
  return [...withoutOpenBar(given, how, fixed(interval), written, never, new Tally()).ts];
}

describe('what is declared decides', () => {
  const [noon, day] = [START + 12 * HOUR, START + DAY];
  it.each([
    ['whole, ends at noon', 'whole', FIVE, noon, true],
    ['forming, ends a day', 'forming', FIVE, day, false],
    ['unsaid, ends at noon', 'unsaid', FIVE, noon, false],
    ['unsaid, ends a day', 'unsaid', FIVE, day, true],
    ['unsaid, an hour that ends a day', 'unsaid', HOUR, day, true],
    ['unsaid, days end days: the month has to be over', 'unsaid', DAY, START + 2 * DAY, false],
    ['unsaid, days until a month ends', 'unsaid', DAY, START, true],
  ] as const)('%s', (_name, last, interval, end, stays) => {
    const opens = [end - 2 * interval, end - interval];
    expect(left(rows(opens), last, interval)).toEqual(stays ? opens : opens.slice(0, 1));
  });

  it('only the latest bar ever goes, wherever it stands', () => {
    const opens = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1 });
    fc.assert(
      fc.property(opens, fc.constantFrom('whole', 'forming', 'unsaid'), (bars, last) => {
        const times = bars.map((bar) => START + bar * FIVE);
        const kept = left(rows(times), last);
        const latest = Math.max(...times);
        expect([times, times.filter((t) => t !== latest)]).toContainEqual([...kept]);
        expect(kept.length === times.length).toBe(
          last === 'whole' || (last === 'unsaid' && (latest + FIVE) % DAY === 0),
        );
      }),
    );
  });
});

describe('its own close time', () => {
  const opens = [START, START + FIVE];
  const close = (bar: number, length = FIVE - 1) => START + bar * FIVE + length;
  it.each([
    ['that comes too early', [close(0), close(1, 17_000)], opens.slice(0, 1)],
    ['that is its end', [close(0), close(1)], opens],
    ['that is not told', [close(0), Number.NaN], opens],
    [
      'as early as that of the others: bars of another length',
      [close(0, 59_999), close(1, 59_999)],
      opens,
    ],
  ])('%s', (_name, closes, wanted) => {
    expect(left(rows(opens, closes), 'whole')).toEqual(wanted);
  });
});

describe('a file that was written before its last bar was over', () => {
  const writtenAt = (written: number) => {
    const path = folder({ 'BTCUSDT-5m-2025-02.csv': `${line(0)}\n${line(1)}\n` });
    utimesSync(join(path, 'BTCUSDT-5m-2025-02.csv'), written / 1000, written / 1000);
    const params = { market: shipped('binance_perp'), symbol: 'BTCUSDT', folder: path };
    return { ...params, span: { from: '2025-02-01', to: '2025-02-01' } };
  };

  it('is refused, and says which row to remove', async () => {
    const params = writtenAt(START + FIVE + 60_000);
    const [problem] = await refusalLater(async () => runNode(market, {}, params));
    expect(problem).toMatchObject({
      code: 'ingest/still-open',
      facts: { row: 2, time: '2025-02-01T00:05:00.000Z', written: '2025-02-01T00:06:00.000Z' },
    });
  });

  it.each([
    ['written when the bar was over', START + 2 * FIVE],
    ['a time of writing before the bar began says nothing: somebody set it', 0],
  ])('%s', async (_name, written) => {
    const { outs, warnings } = await runNode(market, {}, writtenAt(written));
    expect(outs).toMatchObject({ raw: { length: 2 } });
    expect(warnings.map(({ code }) => code)).toEqual(['ingest/no-data-file']); // of funding
  });
});

it('plain bars that end at noon: the shipped market leaves the last out and says why', async () => {
  const row = (bar: number) => `${START + bar * FIVE},100,110,90,105,10`;
  const path = folder({ 'BTCUSDT.csv': [0, 1, 2].map(row).join('\n') });
  const params = { market: shipped('ohlcv'), symbol: 'BTCUSDT', folder: path };
  const span = { from: '2025-02-01', to: '2025-02-01' };
  const { outs, warnings } = await runNode(market, {}, { ...params, span });
  expect(outs).toMatchObject({ raw: { length: 2 } });
  expect(warnings.filter(({ code }) => code !== 'ingest/no-data-file')).toMatchObject([
    {
      code: 'ingest/unsure-bar',
      facts: { count: 1, file: 'BTCUSDT.csv', row: 3, layout: 'ohlcv' },
    },
  ]);
});
