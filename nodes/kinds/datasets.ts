import type { Mention } from '../../engine/sdk/index.js';

/** Bars of the symbol itself; what every pipeline has. */
export const BARS = 'perp_ohlcv_5m';

/** The data sets a spec may say it needs. */
export const DATASETS = [
  BARS,
  'perp_ohlcv_5m_universe',
  'perp_ohlcv_5m_benchmark',
  'perp_ohlcv_5m_pair',
  'spot_ohlcv_5m',
  'funding',
  'open_interest',
  'liquidations',
  'tob_5m',
  'mark_5m',
  'premium_5m',
  'fee_schedule',
  'news',
  'calendar',
] as const;
type Dataset = (typeof DATASETS)[number];

/** The data set that stands behind each port formulas may name; what is not bound makes them unavailable, not wrong. */
export const PORT_DATA = {
  funding: 'funding',
  spot: 'spot_ohlcv_5m',
  benchmark: 'perp_ohlcv_5m_benchmark',
  pair: 'perp_ohlcv_5m_pair',
  open_interest: 'open_interest',
  liquidations: 'liquidations',
  tob: 'tob_5m',
  mark: 'mark_5m',
  premium: 'premium_5m',
  fees: 'fee_schedule',
  news: 'news',
} as const satisfies Readonly<Record<string, Dataset>>;
type Port = keyof typeof PORT_DATA;

/** The data set a formula looks at where it names more than a column of its own row. */
export function datasetOf({ kind, name }: Mention): Dataset | undefined {
  if (kind === 'time') return 'calendar';
  if (kind === 'symbol' || kind === 'section') return 'perp_ohlcv_5m_universe';
  return kind === 'table' && isPort(name) ? PORT_DATA[name] : undefined;
}

function isPort(name: string): name is Port {
  return Object.hasOwn(PORT_DATA, name);
}

/** Of what a spec needs, what may be away: bars of the symbol and the calendar are always there. */
export function wanting(needs: readonly string[]): readonly string[] {
  const others = needs.filter((need) => need !== BARS && need !== 'calendar');
  return others.length === 0 ? needs : others;
}

/** The data sets behind names that nobody gives: of a port its own, of a column what its spec needs. */
export function behind(missed: readonly string[], needs: readonly string[]): readonly string[] {
  const found = missed.flatMap((name) => (isPort(name) ? [PORT_DATA[name]] : wanting(needs)));
  return [...new Set(found)].sort();
}
