import { stdout } from 'node:process';
import clean from '../../nodes/clean/market.js';
import registry from '../../nodes/events/registry.js';
import table from '../../nodes/features/table.js';
import ingest from '../../nodes/ingest/market.js';
import { event } from '../../nodes/kinds/event.js';
import { feature } from '../../nodes/kinds/feature.js';
import { market as kind } from '../../nodes/kinds/market.js';
import { bare } from './bare.js';
import { installFormulas, ROOT, specsOf } from './specs.js';

/** Counts of every event in the real bars of one symbol: `SYMBOL → { bars, counts }`. */
const [symbol = ''] = process.argv.slice(2);
const DATA = `${ROOT}../shared/data`;
const SPAN = { from: Date.UTC(2025, 0, 1), to: Date.UTC(2025, 9, 1) };
const FIVE = 300_000;
const [market] = specsOf(kind, 'binance_perp');
const folders = { folder: `${DATA}/binance-um-klines-5m`, funding: `${DATA}/binance-um-funding` };

installFormulas();
const specs = specsOf(feature, 'spec/features/**/*.yaml');
const raw = await bare(ingest, {}, { market, symbol, span: SPAN, warmup: 0, ...folders });
const cleaning = { spacing: FIVE, warmup: 0, funding_scale: 'decimal', quiet: 0 };
const { bars, funding } = await bare(clean, raw, cleaning);
const { features } = await bare(table, { bars, funding }, { specs, spacing: FIVE });
const at = { symbol };
const gathered = { features: [{ at, value: features }], funding: [{ at, value: funding }] };
const tallies: unknown[] = [];
for (const spec of specsOf(event, 'spec/events/**/*.yaml')) {
  const { tally } = await bare(registry, gathered, { event: spec, spacing: FIVE });
  tallies.push(tally);
}
stdout.write(JSON.stringify(tallies));
