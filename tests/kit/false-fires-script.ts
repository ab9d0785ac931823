import { stdout } from 'node:process';
import { Frame } from '../../engine/frame/frame.js';
import { timeColumn } from '../../engine/sdk/index.js';
import {
  cleaned,
  crossed,
  events,
  featured,
  features,
  registered,
  released,
} from './registries.js';
import { installFormulas } from './specs.js';
import { simulated } from './worlds.js';

/** How often every event occurs in a market without effects, gaps and bad ticks and all: `SEED` → tallies. */

const [seed = '1'] = process.argv.slice(2);
const BENCHMARK = 'BTCUSDT';
const SYMBOLS = [BENCHMARK, 'ETHUSDT', 'SOLUSDT', 'XRPUSDT'];
const [FROM, TO] = ['2024-01-01', '2024-07-01'];
const SPAN = { from: Date.parse(FROM), to: Date.parse(TO) };

installFormulas();
const specs = features();
const world = { epoch: Date.UTC(2023, 11, 1) };
const clean = new Map<string, Awaited<ReturnType<typeof cleaned>>>();
for (const symbol of SYMBOLS) {
  clean.set(
    symbol,
    await cleaned(simulated(symbol, FROM, TO, { seed: Number(seed), world }), SPAN),
  );
}
const barsOf = (symbol: string) => clean.get(symbol)?.bars;
const benchmark = barsOf(BENCHMARK);
const change = [SPAN.from, Date.UTC(2024, 3, 1)];
const fees = Frame.of({ ts: timeColumn(change), taker_bps: [5, 4] }, { taker_bps: 'bps' });
const news = await released(SPAN);
const lived = [];
for (const [symbol, own] of clean) {
  // The benchmark pairs with the next symbol.
  const pair = symbol === BENCHMARK ? barsOf('ETHUSDT') : benchmark;
  lived.push(await featured(symbol, own, { benchmark, pair, fees, news }, specs));
}
const cross = await crossed(lived, specs);
const told = [];
for (const spec of events()) {
  const { needs } = spec;
  // Rank correlations of weeks take longer than all the rest; the fourth symbol is there for the index of three others.
  const pair = needs.includes('perp_ohlcv_5m_pair');
  const count = pair ? 2 : needs.includes('perp_ohlcv_5m_universe') ? 4 : 3;
  const { tally } = await registered(spec, lived.slice(0, count), cross);
  told.push({ ...tally, bounds: spec.prevalence.per_10k_bars });
}
stdout.write(JSON.stringify(told));
