import { Frame, type Shape } from '../../../engine/sdk/index.js';
import { RAW_TABLES } from '../../kinds/raw-tables.js';
import { PRINTS } from '../../kinds/tables.js';
import { bookOf } from './book.js';
import { fundingOf } from './funding.js';
import { liquidationsOf } from './liquidations.js';
import { openInterestOf } from './open-interest.js';
import { positionsOf } from './positions.js';
import { opens, type Scene } from './scene.js';
import { HOUR } from './settings.js';
import { spotOf } from './spot.js';

const MINUTE = 60_000;
const RATIOS = ['top_account_ratio', 'top_position_ratio', 'account_ratio', 'taker_ratio'];

/** Columns of the tables that the rules of a world may name beside its bars, with their units; as clean tables have them. */
const COLUMNS = {
  funding: { rate: undefined, interval_hours: 'hours' },
  spot: RAW_TABLES.bars,
  open_interest: {
    base: 'base',
    value: 'quote',
    ...Object.fromEntries(RATIOS.map((name) => [name, undefined])),
  },
  liquidations: { long_usd: 'quote', short_usd: 'quote', notional: 'quote', count: 'count' },
  tob: {
    spread_bps: 'bps',
    spread_bps_max: 'bps',
    spread_bps_std: 'bps',
    bid_depth_usd: 'quote',
    ask_depth_usd: 'quote',
    imbalance: undefined,
    mid_close: 'quote / base',
    coverage: undefined,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;
export type Beside = keyof typeof COLUMNS;

/** The tables there are, funding among them, in a world with these. */
export function tablesBeside(tables: readonly string[]): readonly Beside[] {
  return Object.keys(COLUMNS).filter((name): name is Beside => {
    return name in COLUMNS && (name === 'funding' || tables.includes(name));
  });
}

/** Columns of a table before any row of it is made. */
export function shapeBeside(table: Beside): Shape {
  const delay = PRINTS[table]?.delay ?? 0;
  const columns = Object.entries<string | undefined>(COLUMNS[table]).map(([name, unit]) => {
    const facts = { name, dtype: 'f64', taint: 'feature', delay, nullable: true } as const;
    return unit === undefined ? facts : { ...facts, unit };
  });
  return {
    columns: [{ name: 'ts', dtype: 'time', taint: 'feature', delay, nullable: false }, ...columns],
  };
}

/** The table of a scene, as cleaning would leave it. */
export function tableBeside(table: Beside, scene: Scene): Frame {
  switch (table) {
    case 'funding':
      return prints(scene);
    case 'spot':
      return spotOf(scene);
    case 'open_interest':
      return openInterestOf(scene, positionsOf(scene.asset));
    case 'liquidations':
      return forcedByBar(scene);
    case 'tob':
      return bookOf(scene);
  }
}

function prints(scene: Scene): Frame {
  const { clock } = scene.asset;
  const range = { from: opens(scene, scene.from), to: clock.epoch + scene.to * clock.spacing };
  const raw = fundingOf(scene, range);
  const ts = raw.time('ts').map((t) => Math.round(t / MINUTE) * MINUTE);
  const hours = ts.map((t, i) => (t - (ts[i - 1] ?? Number.NaN)) / HOUR);
  const columns = { ts: { dtype: 'time', values: ts }, rate: raw.get('rate') } as const;
  return Frame.of({ ...columns, interval_hours: hours }, { interval_hours: 'hours' });
}

/** Forced orders summed by bar; 0 where nobody was liquidated. */
function forcedByBar(scene: Scene): Frame {
  const { asset, from, to } = scene;
  const ticks = liquidationsOf(scene, positionsOf(asset));
  const [ts, sell, value] = [ticks.time('ts'), ticks.flags('sell'), ticks.column('value')];
  const column = () => new Float64Array(to - from);
  const [long, short, count] = [column(), column(), column()];
  for (let i = 0; i < ticks.length; i++) {
    const at = Math.floor(((ts[i] ?? 0) - asset.clock.epoch) / asset.clock.spacing) - from;
    const side = sell[i] === 1 ? long : short;
    side[at] = (side[at] ?? 0) + (value[i] ?? 0);
    count[at] = (count[at] ?? 0) + 1;
  }
  return Frame.of(
    {
      ts: { dtype: 'time', values: column().map((_, i) => opens(scene, from + i)) },
      long_usd: long,
      short_usd: short,
      notional: long.map((x, i) => x + (short[i] ?? 0)),
      count,
    },
    COLUMNS.liquidations,
  );
}
