import clean from '../../nodes/clean/market.js';
import { bare } from '../kit/bare.js';
import { rawMarket } from '../kit/raw-market.js';
import { type Row, seconds } from './measure.js';

/** Bars of five minutes in a year. */
const ROWS = 105_120;
const TIMES = 7;
const PARAMS = { spacing: 300_000, warmup: 0, funding_scale: 'decimal', quiet: 3_600_000 };
const BUDGET = 0.3;

/** One symbol-year through `clean.market`: bars alone, and with every table that a source can give. */
export default async function bench(): Promise<readonly Row[]> {
  const { quotes: _quotes, tob, ...rest } = rawMarket(ROWS);
  const { raw, funding } = rest;
  const copied = await seconds(TIMES, () => raw.names.map((name) => raw.column(name).slice()));
  const row = async (what: string, ins: object): Promise<Row> => {
    const value = await seconds(TIMES, () => bare(clean, { ...ins }, PARAMS));
    const ratio = value / copied;
    const baseline = 'a copy of its raw bars';
    return { what, value, unit: 's', baseline, ratio, budget: '0.3 s', met: value <= BUDGET };
  };
  return [
    await row('a symbol-year: bars and funding', { raw, funding }),
    await row('a symbol-year: all tables, top of book by bar', { ...rest, tob }),
  ];
}
