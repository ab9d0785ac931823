import { demo, placebo } from '../kit/markets.js';
import { installFormulas } from '../kit/specs.js';
import { simulated } from '../kit/worlds.js';
import { type Row, seconds } from './measure.js';

const TIMES = 7;
const DRAWS = 5_000_000;
const YEAR = ['2023-01-01', '2024-01-01'] as const;
const LATER = ['2024-01-01', '2024-12-31'] as const;

/** One symbol-year of every table of a simulated market, against as many exponentials as a plain loop takes in its time. */
export default async function bench(): Promise<readonly Row[]> {
  installFormulas();
  const plain = await seconds(TIMES, exponentials);
  const row = (what: string, value: number, budget?: number): Row => ({
    what,
    value,
    unit: 's',
    baseline: 'five million exponentials',
    ratio: value / plain,
    ...(budget === undefined ? {} : { budget: `${budget} s`, met: value <= budget }),
  });
  const year = (
    market: typeof demo,
    [from, to]: readonly [string, string],
    tables = market.simulator.tables,
  ) => seconds(TIMES, () => simulated('BTCUSDT', from, to, { market, world: { tables } }));
  return [
    row('a symbol-year, every table', await year(placebo, YEAR), 0.5),
    row('bars and funding alone', await year(placebo, YEAR, [])),
    row('a symbol-year, every table, with planted effects', await year(demo, YEAR)),
    row('the second year of a world: the first is simulated too', await year(placebo, LATER)),
  ];
}

let sink = 0;

function exponentials(): void {
  for (let i = 0; i < DRAWS; i++) sink += Math.exp(-i / DRAWS);
  if (!Number.isFinite(sink)) throw new Error('The baseline is broken');
}
