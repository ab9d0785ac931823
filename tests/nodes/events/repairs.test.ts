import { describe, expect, it } from '@jest/globals';
import registry from '../../../nodes/events/registry.js';
import table from '../../../nodes/features/table.js';
import { event } from '../../../nodes/kinds/event.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { clock, frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { installFormulas, specsOf } from '../../kit/specs.js';

installFormulas();

/** Rules that fired on what is no event, before operators.md, appendix B4 and B5, were taken to heart. */
const SPIKES = ['OI_SPIKE_POSITIVE', 'OI_SPIKE_NEGATIVE'];
const LEVELS = ['OI_FLUSH', 'DELEVERAGING_WAVE', 'LIQUIDATION_CASCADE'];
const SPREADS = [
  'SPREAD_BLOWOUT',
  'SLIPPAGE_SPIKE_EVENT',
  'SPREAD_REGIME_WIDENING_EVENT',
  'LIQUIDITY_SHOCK',
];

const ROWS = 2000;
const ts = clock(ROWS);
/** Between -1 and 1, never the same twice, and of no pattern that a rule looks for. */
const jitter = (row: number, of: number) => Math.sin(12.9898 * row * row + 78.233 * of);
const rows = (at: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => at(row));

/** A price that moves a tenth of a per cent a bar, and now and then a few. */
const sizeOf = (row: number) => (row % 210 === 0 ? 0.03 : row % 30 === 0 ? 0.01 : 0.001);
const close = rows(() => Number.NaN);
close.forEach((_, row) => {
  close[row] = (close[row - 1] ?? 100) * (1 + sizeOf(row) * jitter(row, 1));
});
const bars = frame(
  {
    ts,
    open: close,
    high: close.map((c, row) => c * (1 + sizeOf(row) * Math.abs(jitter(row, 2)))),
    low: close.map((c, row) => c * (1 - sizeOf(row) * Math.abs(jitter(row, 3)))),
    close,
    volume: rows(() => 1),
    quote_volume: rows(() => 1),
    trade_count: rows(() => 1),
    taker_base_volume: rows(() => 0.5),
  },
  { quote_volume: 'quote' },
);
const busy = (row: number) => row >= 1000 && row % 100 < 8;

/** Contracts at their price; forced orders all the time. */
function interest(base: (row: number) => number) {
  const open_interest = frame(
    { ts, base: rows(base), value: rows((row) => base(row) * (close[row] ?? 0)) },
    { base: 'base', value: 'quote' },
  );
  const forced = rows((row) => (busy(row) ? 5e6 : 0));
  const liquidations = frame(
    { ts, long_usd: forced, short_usd: rows(() => 0), notional: forced, count: rows(() => 1) },
    { long_usd: 'quote', short_usd: 'quote', notional: 'quote', count: 'count' },
  );
  return { open_interest, liquidations };
}

/** A book whose spread is so many ticks of 0.01, and as deep as one over that. */
function book(ticks: (row: number) => number) {
  const deep = rows((row) => 1e5 / ticks(row) ** 2);
  return {
    tob: frame(
      {
        ts,
        spread_bps: rows((row) => (1e4 * 0.01 * ticks(row)) / (close[row] ?? 0)),
        bid_depth_usd: deep,
        ask_depth_usd: deep,
        imbalance: rows(() => 0.5),
        coverage: rows(() => 1),
      },
      { spread_bps: 'bps', bid_depth_usd: 'quote', ask_depth_usd: 'quote' },
    ),
  };
}

/** How often each event fired. */
async function fired(ids: readonly string[], beside: Readonly<Record<string, unknown>>) {
  const specs = specsOf(feature, 'spec/features/**/*.yaml');
  const { outs } = await runNode(table, { bars, ...beside }, { specs });
  const features = [{ at: { symbol: 'A' }, value: frameAt(outs, 'features') }];
  const counts = ids.map(async (id) => {
    const [spec] = specsOf(event, id);
    const told = await runNode(registry, { features }, { event: spec });
    expect(told.outs.tally).toMatchObject({ available: true });
    return [id, frameAt(told.outs, 'events').length] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

const silent = (counts: Readonly<Record<string, number>>) =>
  Object.keys(counts).filter((id) => counts[id] === 0);
const never = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, 0]));

describe('contracts are counted in base units', () => {
  it('so a price that moves while nobody opens or closes any is no event', async () => {
    expect(
      await fired(
        LEVELS,
        interest(() => 1e6),
      ),
    ).toEqual(never(LEVELS));
  });

  it('nor is it one while their number hardly changes, however far the price goes', async () => {
    // Not flat, where a z-score is missing, so that these cannot be looked for.
    const hardly = interest((row) => 1e6 * (1 + 1e-6 * jitter(row, 4)));
    expect(await fired(SPIKES, hardly)).toEqual(never(SPIKES));
  });

  it('and contracts that are opened and closed are', async () => {
    const moved = interest((row) => 1e6 * (busy(row) ? 0.98 - 0.001 * (row % 100) : 1));
    expect(silent(await fired([...SPIKES, ...LEVELS], moved))).toEqual([]);
  });
});

describe('a spread must be wide, not only unusual', () => {
  it('so a book that hardly ever leaves one tick is no event', async () => {
    const still = book((row) => (row % 40 === 0 ? 1.2 : 1));
    expect(await fired(SPREADS, still)).toEqual(never(SPREADS));
  });

  it('and one that opens is', async () => {
    const opened = book((row) => (row >= 1000 && row % 210 < 14 ? 4 : 1));
    expect(silent(await fired(SPREADS, opened))).toEqual([]);
  });
});

describe('data that a market may lack', () => {
  it.each([
    ['COPULA_PAIRS_TRADING', 'pair_close'],
    ['FEE_REGIME_CHANGE_EVENT', 'fee_change'],
  ])('%s is unavailable and says what it misses', async (id, need) => {
    const specs = specsOf(feature, 'spec/features/**/*.yaml');
    const { outs } = await runNode(table, { bars }, { specs });
    const features = [{ at: { symbol: 'A' }, value: frameAt(outs, 'features') }];
    const [spec] = specsOf(event, id);
    const told = await runNode(registry, { features }, { event: spec });
    expect(told.outs.tally).toMatchObject({ available: false, needs: [need], count: 0 });
  });
});
