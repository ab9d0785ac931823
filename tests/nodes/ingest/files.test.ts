import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isFrame } from '../../../engine/frame/frame.js';
import { filesUnder } from '../../../engine/run/files.js';
import market from '../../../nodes/ingest/market.js';
import { market as kind } from '../../../nodes/kinds/market.js';
import { demo } from '../../kit/markets.js';
import { filled, shapesOf, testContext } from '../../kit/node.js';
import { installFormulas, written } from '../../kit/specs.js';
import { FILES, folder, HEADER, line, SPAN } from './archives.js';

describe('files named before the run', () => {
  const made = () =>
    folder({
      'BTCUSDT-5m-2025-02.csv': '',
      'BTCUSDT-5m-2025-03.zip': '',
      'BTCUSDT-5m-2025-03.zip.CHECKSUM': '',
      'BTCUSDT-5m-2024-02.csv': '',
      'BTCUSDT-1m-2025-02.csv': '',
      'BTCUSDT.parquet': '',
      'ETHUSDT.parquet': '',
      'spot/BTCUSDT-5m-2025-02.csv': '',
      'data/futures/um/daily/markPriceKlines/BTCUSDT/5m/BTCUSDT-5m-2025-02-28.zip': '',
      'data/futures/um/daily/metrics/ETHUSDT/ETHUSDT-metrics-2025-02-28.zip': '',
      'README.md': '',
    });
  const paid = () =>
    folder({
      'funding_rate.parquet': '',
      'BTCUSDT-fundingRate-2025-02.csv': '',
      'ETHUSDT-fundingRate-2025-02.csv': '',
    });
  const world = {
    list: (where: string, pattern: string) => filesUnder('/', where, pattern),
    trials: () => [],
    published: () => [],
  };
  const span = { from: Date.UTC(2025, 1, 1), to: Date.UTC(2025, 3, 1) };

  it('are those that are read: of the symbol and the bar length, of the days asked for, sums beside them', () => {
    const [bars, funding] = [made(), paid()];
    const params = { market: FILES, symbol: 'BTCUSDT', span, warmup: 0, folder: bars, funding };
    expect([...(market.files?.(params, world) ?? [])].sort()).toEqual(
      [
        join(bars, 'BTCUSDT.parquet'),
        join(bars, 'BTCUSDT-5m-2025-02.csv'),
        join(bars, 'BTCUSDT-5m-2025-03.zip'),
        join(bars, 'BTCUSDT-5m-2025-03.zip.CHECKSUM'),
        join(bars, 'spot/BTCUSDT-5m-2025-02.csv'),
        join(bars, 'data/futures/um/daily/markPriceKlines/BTCUSDT/5m/BTCUSDT-5m-2025-02-28.zip'),
        join(funding, 'BTCUSDT-fundingRate-2025-02.csv'),
        join(funding, 'funding_rate.parquet'),
      ].sort(),
    );
  });

  it('are those that are read, whatever has arrived since', async () => {
    const where = folder({ 'BTCUSDT-5m-2025-02-01.csv': [HEADER, line(0), line(1)].join('\n') });
    const given = { market: FILES, symbol: 'BTCUSDT', ...SPAN, folder: where };
    const params = filled(market, given);
    const files = market.files?.(params, world) ?? [];
    writeFileSync(join(where, 'BTCUSDT-5m-2025-02.csv'), [HEADER, line(2)].join('\n'));
    const opened = async (named: readonly string[]) => {
      const { raw } = await market.run({}, params, testContext(market, 0, [], [], named));
      return isFrame(raw) ? raw.length : undefined;
    };
    expect(await opened(files)).toBe(2);
    expect(await opened(market.files?.(params, world) ?? [])).toBe(3);
  });

  it('are none of a simulated market', () => {
    const params = { market: demo, symbol: 'BTCUSDT', span, warmup: 0, folder: made() };
    expect(market.files?.(params, world)).toEqual([]);
  });

  it('tell which tables there are, of whatever symbol', () => {
    const params = { market: FILES, symbol: 'BTCUSDT', span, warmup: 0, folder: made() };
    const { shapes, problems } = shapesOf(market, {}, params);
    expect(problems).toEqual([]);
    const absent = Object.entries(shapes).flatMap(([name, shape]) =>
      shape?.nothing ? [name] : [],
    );
    expect(absent.sort()).toEqual(['liquidations', 'premium', 'quotes', 'tob', 'trades']);
  });
});

describe('a world before any bar is made', () => {
  installFormulas();
  const planted = (after: string) =>
    written(
      kind,
      'made',
      `source: simulator
calendar: crypto
simulator:
  epoch: 2023-01-01
  volatility: 1
  turbulence: 1
  calm_days: 1
  turbulent_days: 1
  clustering: 0
  tails: 0
  market_share: 0
  jumps_per_day: 0
  jump: 0
  gaps_per_month: 0
  bad_ticks_per_month: 0
  planted:
    - id: rise
      event: VOL_SPIKE
      after: ${after}
      cooldown: 6b
      side: 1
      drift: 10
      over: 5m`,
    )[0];
  const problems = (after: string) => {
    const params = { market: planted(after), symbol: 'A', span: { from: 0, to: 1 } };
    return shapesOf(market, {}, params).problems;
  };

  it.each([
    ['close > open', undefined],
    ['closed > open', 'expr/unknown-name'],
    ['ahead(close, 1) > open', 'expr/looks-ahead'],
    ['close + 1', 'expr/type'],
  ])('planted after %s: %s', (after, code) => {
    const [first] = problems(after);
    expect(first?.code).toBe(code);
    if (code !== undefined)
      expect(first?.place).toMatchObject({ file: 'spec/markets/written/made.yaml' });
  });
});
