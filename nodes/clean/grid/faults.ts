import type { Frame, Numbers } from '../../../engine/sdk/index.js';
import { fitsTurnover } from '../../math/turnover.js';

/** Why a bar cannot be used: `absent` never arrived, the others arrived broken and were quarantined. */
export const FAULTS = ['absent', 'price', 'range', 'volume', 'taker'] as const;
export type Fault = (typeof FAULTS)[number];

/** Columns of raw bars, once looked up. */
export interface RawColumns {
  readonly open: Numbers;
  readonly high: Numbers;
  readonly low: Numbers;
  readonly close: Numbers;
  readonly volume: Numbers;
  readonly quote_volume: Numbers;
  readonly trade_count: Numbers;
  readonly taker_base_volume: Numbers;
}

/** The columns of a frame of raw bars. */
export function rawColumns(raw: Frame): RawColumns {
  return {
    open: raw.column('open'),
    high: raw.column('high'),
    low: raw.column('low'),
    close: raw.column('close'),
    volume: raw.column('volume'),
    quote_volume: raw.column('quote_volume'),
    trade_count: raw.column('trade_count'),
    taker_base_volume: raw.column('taker_base_volume'),
  };
}

/** What is wrong with a row by its own values alone, or undefined. Missing turnover or flow is no fault; missing prices are. */
export function faultOf(raw: RawColumns, row: number): Fault | undefined {
  const [open, high] = [at(raw.open, row), at(raw.high, row)];
  const [low, close, volume] = [at(raw.low, row), at(raw.close, row), at(raw.volume, row)];
  if (!(open > 0 && high > 0 && low > 0 && close > 0)) return 'price';
  if (!(low <= open && open <= high && low <= close && close <= high)) return 'range';
  const turnover = at(raw.quote_volume, row);
  if (!(volume >= 0) || turnover < 0 || at(raw.trade_count, row) < 0) return 'volume';
  if (!fitsTurnover(low, high, volume, turnover)) return 'volume';
  const taker = at(raw.taker_base_volume, row);
  return taker < 0 || taker > volume ? 'taker' : undefined;
}

function at(values: Numbers, row: number): number {
  return values[row] ?? Number.NaN;
}
