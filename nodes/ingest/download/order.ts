import { setMaxListeners } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { Context } from '../../../engine/sdk/index.js';
import type { Brought, Desk } from './archive.js';
import { moment, now } from './clock.js';
import { DAY, dayText } from './days.js';
import { Journal } from './journal.js';
import { bringListings } from './listings.js';
import type { Series } from './names.js';
import { bringSeries, type SeriesResult } from './series.js';
import { allOrFirst } from './together.js';
import { type Asked, type Told, toldOf } from './told.js';
import { type Manners, type Network, Venue } from './venue.js';

/** What is wanted, and how patiently. */
export interface Order {
  readonly network: Network;
  readonly spacing: number;
  /** End of a symbol that is not part of {base}. */
  readonly quote: string;
  readonly symbols: readonly string[];
  readonly datasets: readonly string[];
  readonly listings: boolean;
  /** Days [from, to), all over, and the moment from which lateness is counted. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly folder: string;
  readonly tail: number;
  readonly recheck: number;
  readonly attempts: number;
  readonly backoff: number;
  readonly patience: number;
}

/**
 * Bring everything that is wanted. What is whole stays, whatever happens to the rest.
 * @throws what `ERRORS` names; the first problem stops the others.
 */
export async function download(order: Order, ctx: Context): Promise<Told> {
  mkdirSync(order.folder, { recursive: true });
  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // each request that waits listens
  const stopped = () => stop.abort(ctx.signal.reason);
  ctx.signal.addEventListener('abort', stopped, { once: true });
  if (ctx.signal.aborted) stopped();
  const desk = deskOf(order, ctx, stop);
  const progress = progressOf(ctx);
  const works = seriesOf(order).map(async (series) => {
    const dataset = order.network.datasets[series.dataset];
    if (!dataset) throw new Error(`There is no data set ${series.dataset}`);
    const result = await bringSeries(
      desk,
      series,
      dataset,
      { ...order, late: order.tail },
      progress,
    );
    return { series, result };
  });
  const { listings } = order.network;
  const listed = order.listings && listings ? [bringListings(desk, listings)] : [];
  const results = await allOrFirst<Result>([...works, ...listed], desk.halt);
  ctx.signal.removeEventListener('abort', stopped);
  return conclude(order, results, desk.venue, ctx);
}

function deskOf(order: Order, ctx: Context, stop: AbortController): Desk {
  const { attempts, backoff, patience } = order;
  const { signal } = stop;
  const refuse: Manners['refuse'] = (code, facts) => ctx.refuse(code, facts);
  const again: Manners['again'] = (url, why, wait) =>
    ctx.log('Asks again.', { url, why, seconds: Math.ceil(wait / 1000) });
  return {
    folder: order.folder,
    venue: new Venue(order.network, { attempts, backoff, patience, signal, again, refuse }),
    journal: new Journal(order.folder),
    halt: (thrown) => stop.abort(thrown),
    believed: moment(now() - order.recheck),
  };
}

function seriesOf({ network, spacing, quote, symbols, datasets }: Order): readonly Series[] {
  return symbols.flatMap((symbol) =>
    datasets.map((dataset) => {
      const archive = network.datasets[dataset]?.archive ?? '';
      return { dataset, symbol, archive, spacing, quote };
    }),
  );
}

function progressOf(ctx: Context): (more: number, done: number) => void {
  let [total, done] = [0, 0];
  return (more, ended) => {
    total += more;
    done += ended;
    ctx.progress(done, total);
  };
}

type Result = Brought | { readonly series: Series; readonly result: SeriesResult };

function conclude(order: Order, results: readonly Result[], venue: Venue, ctx: Context): Told {
  const brought = results.flatMap((one): readonly Asked[] => {
    if (!('result' in one)) return [one];
    const { symbol, dataset } = one.series;
    return one.result.files.map((file) => ({ ...file, symbol, dataset }));
  });
  const [failure] = venue.failures;
  if (failure) {
    const { attempts } = order;
    ctx.refuse('ingest/gave-up', { ...failure, count: venue.failures.length, attempts });
  }
  const of = (state: Brought['state']) => brought.filter((one) => one.state === state);
  for (const [state, code] of [
    ['quarantined', 'ingest/quarantined'],
    ['replaced', 'ingest/replaced'],
  ] as const) {
    const [first] = of(state);
    if (first) ctx.warn(code, { count: of(state).length, name: first.name });
  }
  const shorter = brought.filter(({ lacks }) => lacks);
  const [short] = shorter;
  if (short) {
    const rows = shorter.reduce((sum, { lacks = 0 }) => sum + lacks, 0);
    ctx.warn('ingest/shorter', { count: shorter.length, rows, name: short.name });
  }
  const unverified = brought.filter((one) => one.unverified);
  const [stray] = unverified;
  if (stray) ctx.warn('ingest/unverified', { count: unverified.length, name: stray.name });
  for (const one of results) if ('result' in one) tellSeries(one.series, one.result, order, ctx);
  return toldOf(brought, dayText(order.to - 1));
}

/** What a person should know of one data set of one symbol. */
function tellSeries(
  { symbol, dataset }: Series,
  { files, unlisted, lacking, beyond, stays }: SeriesResult,
  { from, to, network }: Order,
  ctx: Context,
): void {
  const what = { symbol, dataset };
  if (unlisted) ctx.warn('ingest/unlisted', what);
  const [first] = lacking;
  if (first !== undefined && !unlisted)
    ctx.warn('ingest/breaks-off', { ...what, count: lacking.length, first: dayText(first) });
  const [oldest, newest] = [beyond[0], beyond[beyond.length - 1]];
  if (oldest !== undefined && newest !== undefined) {
    const reach = (network.datasets[dataset]?.rest?.reach ?? 0) / DAY;
    const days = { count: beyond.length, first: dayText(oldest), last: dayText(newest) };
    ctx.warn('ingest/beyond-reach', { ...what, ...days, reach });
  }
  const [held] = stays;
  if (held) {
    const rows = stays.reduce((sum, one) => sum + one.rows, 0);
    ctx.warn('ingest/kept-days', { ...what, count: stays.length, rows, name: held.name });
  }
  if (files.every(({ bytes }) => bytes === undefined))
    ctx.warn('ingest/nothing-there', { ...what, from: dayText(from), to: dayText(to - 1) });
}
