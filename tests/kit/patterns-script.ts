import { readFileSync } from 'node:fs';
import { stdout } from 'node:process';
import { globSync } from 'tinyglobby';
import { parse } from 'yaml';
import { Frame } from '../../engine/frame/frame.js';
import { timeColumn } from '../../engine/sdk/index.js';
import type { Given } from '../../nodes/ingest/tables/given.js';
import { barsOf } from '../../nodes/kinds/occurrence.js';
import { type Edit, FIVE } from './planting/edits.js';
import { type Market, planted } from './planting/planted.js';
import {
  cleaned,
  crossed,
  type Event,
  events,
  type Feature,
  featured,
  features,
  featuresOf,
  type Lived,
  registered,
  released,
} from './registries.js';
import { installFormulas, ROOT } from './specs.js';
import { simulated } from './worlds.js';

/**
 * Where every event fires in the market without effects once its pattern is written into the raw tables, once a weaker one is, and as
 * the market is: id → bars from the anchor, as far back as an earlier occurrence would silence it.
 */

const OWN = 'ETHUSDT';
/** Benchmark, and pair. */
const BENCHMARK = 'BTCUSDT';
const SYMBOLS = [BENCHMARK, OWN, 'SOLUSDT', 'XRPUSDT'];
const [FROM, TO] = ['2024-01-01', '2024-02-10'];
const SPAN = { from: Date.parse(FROM), to: Date.parse(TO) };
/** A Tuesday five weeks in, as the slowest limits need: no settlement is near, no session begins or ends. */
const ANCHOR = '2024-02-06T10:35';

interface Pattern {
  readonly doc: string;
  readonly at?: string;
  readonly plant?: readonly Edit[];
  readonly side: number;
  readonly miss?: readonly Edit[];
  readonly miss_at?: string;
  /** Rows of the fee schedule, from the anchor, and what takers pay from then on. */
  readonly fees?: { readonly rows: readonly number[] } & Record<
    'plant' | 'miss',
    readonly number[]
  >;
}

installFormulas();
const specs = features();
const still = { gaps_per_month: 0, outages_per_month: 0, bad_ticks_per_month: 0 };
const world = { ...still, epoch: Date.UTC(2023, 11, 1) };
const market: Market = Object.fromEntries(
  SYMBOLS.map((symbol) => [symbol, simulated(symbol, FROM, TO, { world })]),
);

type Clean = ReturnType<typeof cleaned>;
const done = new Map<Given, Clean>();
/** The clean tables of a symbol; those no edit is about are cleaned once. */
function cleanOf(made: Market, symbol: string): Clean {
  const raw = made[symbol];
  if (!raw) throw new Error(`There is no ${symbol}`);
  const found = done.get(raw) ?? cleaned(raw, SPAN);
  if (raw === market[symbol]) done.set(raw, found);
  return found;
}

const news = await released(SPAN);
const lives = new Map<string, Promise<Lived>>();
/**
 * The features of a symbol that an event stands on: all 57 times 3 would take minutes. Of a symbol no edit is about they are
 * computed once for all events that stand on the same.
 */
function livedOf(made: Market, symbol: string, of: readonly Feature[], fees?: Frame) {
  const live = async () => {
    const own = await cleanOf(made, symbol);
    const { bars: benchmark } = await cleanOf(made, BENCHMARK);
    return featured(symbol, own, { benchmark, fees, news }, of);
  };
  const untouched = [symbol, BENCHMARK].every((one) => made[one] === market[one]);
  if (!untouched || fees) return live();
  const key = [symbol, ...of.map(({ id }) => id)].join(' ');
  const found = lives.get(key) ?? live();
  lives.set(key, found);
  return found;
}

/** Where an event fires near the anchor, and to which side. */
async function fired(spec: Event, anchor: number, edits: readonly Edit[], fees?: Frame) {
  const made = planted(market, OWN, anchor, edits);
  const of = featuresOf(spec, specs);
  const lived = [];
  for (const symbol of symbolsFor(spec)) lived.push(await livedOf(made, symbol, of, fees));
  const cross = lived.length > 1 ? await crossed(lived, of) : undefined;
  const { events: found } = await registered(spec, lived, cross);
  return [...found.rows()]
    .filter((r) => r.symbol === OWN)
    .map(({ ts, direction }) => ({ at: (Number(ts) - anchor) / FIVE, side: Number(direction) }))
    .filter(({ at }) => at > -barsOf(spec.cooldown) && at <= 0);
}

/** The symbols that an event looks at. */
function symbolsFor({ needs }: Event): readonly string[] {
  if (needs.includes('perp_ohlcv_5m_universe')) return SYMBOLS;
  return needs.includes('perp_ohlcv_5m_pair') ? [BENCHMARK, OWN] : [OWN];
}

function scheduleOf(pattern: Pattern, which: 'plant' | 'miss', anchor: number): Frame | undefined {
  if (!pattern.fees) return undefined;
  const ts = pattern.fees.rows.map((row) => anchor + row * FIVE);
  return Frame.of({ ts: timeColumn(ts), taker_bps: pattern.fees[which] }, { taker_bps: 'bps' });
}

const files = globSync('tests/nodes/events/patterns/*.yaml', { cwd: ROOT }).sort();
const patterns = new Map<string, Pattern>(
  files.flatMap((file) => Object.entries(parse(readFileSync(`${ROOT}${file}`, 'utf8')))),
);
const [asked = ''] = process.argv.slice(2);
const told: Record<string, unknown> = {};
for (const spec of events().filter(({ id }) => id.includes(asked))) {
  const pattern = patterns.get(spec.id);
  if (!pattern) continue;
  const { at = ANCHOR, miss_at = at, plant = [], miss = [], side, doc } = pattern;
  const [anchor, other] = [Date.parse(`${at}Z`), Date.parse(`${miss_at}Z`)];
  const written = plant.length > 0 || pattern.fees !== undefined;
  const hit = await fired(spec, anchor, plant, scheduleOf(pattern, 'plant', anchor));
  const near = await fired(spec, other, miss, scheduleOf(pattern, 'miss', other));
  const bare = written ? await fired(spec, anchor, []) : [];
  told[spec.id] = { doc, side, hit, near, bare };
}
stdout.write(JSON.stringify({ told, unknown: [...patterns.keys()].filter((id) => !(id in told)) }));
