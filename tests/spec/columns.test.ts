import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import table from '../../nodes/features/table.js';
import { feature } from '../../nodes/kinds/feature.js';
import { standsOf } from '../../nodes/kinds/needs.js';
import { RAW_TABLES } from '../../nodes/kinds/raw-tables.js';
import { BAR_COLUMNS } from '../../nodes/kinds/tables.js';
import { clock, frame } from '../kit/frame.js';
import { runNode } from '../kit/node.js';
import { frameAt } from '../kit/real.js';
import { installFormulas, ROOT, specsOf } from '../kit/specs.js';

installFormulas();
type Stand = { readonly feature?: string; readonly bars?: string; readonly none?: string };
const tables: Readonly<Record<string, Readonly<Record<string, Stand>>>> = parse(
  readFileSync(`${ROOT}tests/spec/columns.yaml`, 'utf8'),
);
const specs = specsOf(feature, 'spec/features/**/*.yaml');
const ids = new Set(specs.map(({ id }) => id));
const ownBars = new Set<string>(['ts', ...BAR_COLUMNS]);

describe.each(Object.entries(tables))('%s', (_table, columns) => {
  it.each(Object.entries(columns))('%s', (_column, { feature: id, bars: own, none }) => {
    expect([id, own, none].filter(Boolean)).toHaveLength(1);
    if (id !== undefined) expect(ids).toContain(id);
    if (own !== undefined) expect(ownBars).toContain(own);
  });
});

const ROWS = 40;
const some = Array.from({ length: ROWS }, (_, i) => 100 + Math.sin(i));
const ts = clock(ROWS);
const bars = frame(
  {
    ts,
    ...Object.fromEntries(BAR_COLUMNS.map((name) => [name, some])),
    is_gap: some.map(() => false),
  },
  RAW_TABLES.bars,
);
const BESIDE = {
  spot_ohlcv_5m: { spot: bars },
  tob_5m: {
    tob: frame(
      {
        ts,
        spread_bps: some,
        bid_depth_usd: some,
        ask_depth_usd: some,
        imbalance: some,
        coverage: some,
      },
      { spread_bps: 'bps', bid_depth_usd: 'quote', ask_depth_usd: 'quote' },
    ),
  },
  open_interest: {
    open_interest: frame({ ts, base: some, value: some }, { base: 'base', value: 'quote' }),
  },
  funding: {
    funding: frame({ ts, rate: some, interval_hours: some }, { interval_hours: 'hours' }),
  },
  fee_schedule: { fees: frame({ ts, taker_bps: some }, { taker_bps: 'bps' }) },
};

describe('a column whose data set is absent is absent and says so', () => {
  const stands = standsOf(specs);
  // What needs other symbols is not for this node, whatever else it stands on.
  const ELSEWHERE = new Set(['perp_ohlcv_5m_universe', 'perp_ohlcv_5m_pair']);
  const ALONE = new Set(['perp_ohlcv_5m', 'calendar']);
  const own = (more: readonly string[]) =>
    [...stands].flatMap(([id, on]) =>
      on.every((d) => ALONE.has(d) || more.includes(d)) ? [id] : [],
    );

  it.each([
    ['bars alone', []],
    ...Object.keys(BESIDE).map((name) => [name, [name]] as const),
    ['all of them', Object.keys(BESIDE)],
  ] as const)('%s', async (_name, given) => {
    const beside = Object.assign({}, ...given.map((name) => BESIDE[name as keyof typeof BESIDE]));
    const { outs } = await runNode(table, { bars, ...beside }, { specs, symbol: 'BTCUSDT' });
    const computed = frameAt(outs, 'features').names.filter((name) => ids.has(name));
    expect(computed.toSorted()).toEqual(own(given).toSorted());
    const told = new Set(Object.values(outs.unavailable as Record<string, string[]>).flat()); // ids by what they miss
    const absent = [...stands].filter(
      ([id, on]) => !computed.includes(id) && !on.some((d) => ELSEWHERE.has(d)),
    );
    expect(absent.map(([id]) => id).filter((id) => !told.has(id))).toEqual([]);
  });
});
