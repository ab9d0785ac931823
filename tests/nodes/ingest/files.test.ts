import { describe, expect, it } from '@jest/globals';
import market from '../../../nodes/ingest/market.js';
import { market as kind } from '../../../nodes/kinds/market.js';
import { demo } from '../../kit/markets.js';
import { shapesOf } from '../../kit/node.js';
import { installFormulas, written } from '../../kit/specs.js';
import { FILES } from './archives.js';

describe('files named before the run', () => {
  it('are those that are read', () => {
    const names: Readonly<Record<string, readonly string[]>> = {
      bars: [
        'BTCUSDT-5m-2025-02.csv',
        'BTCUSDT-1m-2025-02.csv',
        'BTCUSDT.parquet',
        'ETHUSDT.parquet',
        'README.md',
      ],
      paid: [
        'funding_rate.parquet',
        'BTCUSDT-fundingRate-2025-02.csv',
        'ETHUSDT-fundingRate-2025-02.csv',
      ],
    };
    const world = { list: (where: string) => names[where] ?? [] };
    const files = (params: Readonly<Record<string, unknown>>) =>
      market.files?.({ market: FILES, symbol: 'BTCUSDT', ...params }, world);
    expect(files({ folder: 'bars', funding: 'paid' })).toEqual([
      'bars/BTCUSDT-5m-2025-02.csv',
      'bars/BTCUSDT.parquet',
      'paid/funding_rate.parquet',
      'paid/BTCUSDT-fundingRate-2025-02.csv',
    ]);
    expect(files({ market: demo, folder: 'bars' })).toEqual([]);
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
