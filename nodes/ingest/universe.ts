import { join, relative, resolve } from 'node:path';
import {
  ABSENT,
  type Context,
  defineNode,
  optional,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import { universe } from '../ports.js';
import { declaredIn } from './listings/declared.js';
import { exchangeIn } from './listings/exchange-info.js';
import { findAmong } from './listings/files.js';
import { asKnown, type Listed, type Merged, merged, universeFrame } from './listings/listing.js';
import { LISTING_ERRORS, refusals } from './listings/problems.js';
import { seenIn } from './listings/seen.js';
import { simulatedIn } from './listings/simulated.js';
import { tablesIn } from './listings/tables.js';

/*
 * 1. Every source that the market names tells its symbols: by hand, tables, the exchange, files of bars; the simulator for its own.
 * 2. One row a symbol; who is dead stays. What rests on bars alone, and what may hold survivors only, is told.
 * 3. Nobody is left out for what became of it: `symbols` names those that are wanted, and a span leaves out only who does not trade in it.
 */

export default defineNode({
  type: 'ingest.universe',
  doc: 'Every symbol that a market ever listed, dead ones among them, with the dates of its life and its category.',
  source:
    'Binance API, exchangeInfo; Elton, Gruber & Blake (1996), Survivorship Bias and Mutual Fund Performance, RFS 9(4)',
  time: 'row',
  effects: ['read'],

  in: {},
  out: { universe: optional(universe) },
  params: {
    market: t.spec(market, {
      doc: 'Where its symbols are told, under `universe:`; the simulator tells its own.',
    }),
    symbols: t.list(t.text(), {
      default: [],
      doc: 'Only these, all if none are named. The simulator makes a world for any name, and needs them.',
    }),
    folder: t.optional(t.folder({ doc: 'Files of lists; markets that name files need it.' })),
    span: t.optional(
      t.span({
        doc: 'Only symbols that trade at some time of it, as they were known at its end; what ends later has not ended yet.',
      }),
    ),
    warmup: t.duration({
      default: '0d',
      doc: 'History before the span that counts as part of it.',
    }),
    told: t.boolean({
      default: false,
      doc: 'Only dates that somebody tells: the first and last bars of files are no dates of listing. Where a market has no lists there is no table, and symbols that no list names are in none.',
    }),
  },
  files: ({ market: { universe: told }, folder }, world) => {
    if (!told || folder === undefined) return [];
    const names = [
      ...told.tables.flatMap((table) => table.names),
      ...(told.exchange_info?.names ?? []),
      ...(told.bars?.names ?? []),
    ];
    const paths = names.flatMap((name) => world.list(folder, name));
    return [...new Set(paths)].map((path) => join(folder, relative(resolve(folder), path)));
  },
  shape: (_ins, { market, folder, symbols, told }, ctx) => {
    const any = (names: readonly string[]) =>
      folder !== undefined && names.some((name) => ctx.list(folder, name).length > 0);
    if (told && market.source !== 'simulator' && !listsOf(market, any)) return { universe: ABSENT };
    if (ctx.knows('folder') && folder === undefined && namesFiles(market))
      ctx.wrong('folder', 'ingest/no-list-folder', { market: market.id });
    if (ctx.knows('symbols') && market.source === 'simulator' && symbols.length === 0)
      ctx.wrong('symbols', 'ingest/no-names', { market: market.id });
    return {};
  },
  errors: {
    ...LISTING_ERRORS,
    'ingest/no-list-folder':
      'The symbols of market {market} are told by files, but no folder is named; the command line can: --set raw=FOLDER.',
    'ingest/no-names':
      'The simulated market {market} has a world for any name: say which `symbols`.',
    'ingest/no-universe':
      'Market {market} does not tell its symbols: its spec has no `universe:`, or no file of it names any.',
    'ingest/none-listed': 'No symbol that is asked of {market} traded from {from} to {to}.',
    'ingest/not-listed': 'Market {market} never listed {symbols}; it lists {known}.',
  },
  warnings: {
    'ingest/survivors-only':
      'No symbol of {market} is ever delisted ({count} symbols): the list may hold survivors only, and what rests on it looks better than it was.',
    'ingest/listed-by-bars':
      'Nothing tells when {count} symbols of {market} were listed or delisted: the first and last of their bars stand for it ({symbols}).',
    'ingest/ended-by':
      '{count} symbols of {market} have ended, and nothing tells when: taken to have ended on the day of the list that says so ({symbols}).',
    'ingest/outside-span':
      '{symbols} of {market} did not trade at any time from {from} to {to}: left out.',
    'ingest/undated':
      '{count} symbols of {market} are left out, for nothing tells when they were listed: {symbols}.',
  },

  async run(_ins, { market, symbols, folder, span, warmup, told }, ctx) {
    const { id } = market;
    if (!ctx.gives('universe')) return {};
    if (folder === undefined && namesFiles(market))
      ctx.refuse('ingest/no-list-folder', { market: id });
    if (market.source === 'simulator' && symbols.length === 0)
      ctx.refuse('ingest/no-names', { market: id });
    const sources = await sourcesOf(
      market,
      symbols,
      folder,
      span?.to ?? Number.NEGATIVE_INFINITY,
      ctx,
    );
    const all = merged(sources);
    if (all.rows.length === 0) ctx.refuse('ingest/no-universe', { market: id });
    const dated = told ? { ...all, rows: all.rows.filter((r) => r.evidence !== 'bars') } : all;
    warnOf(id, dated, ctx);
    const asked = askedOf(id, dated, symbols, told, ctx);
    if (!span) return { universe: universeFrame(asked) };
    const known = asKnown(asked, span.from - warmup, span.to);
    const facts = { market: id, from: day(span.from - warmup), to: day(span.to - 1) };
    if (known.rows.length === 0 && !told) ctx.refuse('ingest/none-listed', facts);
    const left = symbols.filter((symbol) => !known.rows.some((row) => row.symbol === symbol));
    if (left.length > 0 && !told)
      ctx.warn('ingest/outside-span', { ...facts, symbols: some(left) });
    return { universe: universeFrame(known) };
  },
});

/** The symbols that are asked for, all if none are. @throws ingest/not-listed */
function askedOf(
  market: string,
  all: Merged,
  symbols: readonly string[],
  told: boolean,
  ctx: Context,
): Merged {
  if (symbols.length === 0) return all;
  const rows = all.rows.filter(({ symbol }) => symbols.includes(symbol));
  const strangers = symbols.filter((name) => !rows.some(({ symbol }) => symbol === name));
  if (strangers.length === 0 || told) return { ...all, rows };
  const known = all.rows.map(({ symbol }) => symbol);
  return ctx.refuse('ingest/not-listed', { market, symbols: some(strangers), known: some(known) });
}

/** What each source tells, from what is believed first to what is believed last. */
async function sourcesOf(
  spec: SpecOf<typeof market>,
  symbols: readonly string[],
  folder: string | undefined,
  asOf: number,
  ctx: Context,
): Promise<readonly Listed[]> {
  const { id, source, universe: told } = spec;
  const refuse = refusals(ctx);
  const made = source === 'simulator' ? [simulatedIn(spec, symbols, asOf)] : [];
  if (!told) return made;
  const declared = declaredIn(id, told.listings, refuse);
  if (folder === undefined) return [...made, declared];
  const find = findAmong(ctx.files, folder);
  const tables = await tablesIn(find, told.tables, refuse);
  const exchange = told.exchange_info ? [exchangeIn(find, told.exchange_info, refuse)] : [];
  const seen = told.bars ? [await seenIn(find, told.bars, refuse)] : [];
  return [...made, declared, ...tables, ...exchange, ...seen];
}

/** Fewer symbols than this say nothing by all being alive. */
const ENOUGH = 20;

function warnOf(market: string, { rows, undated }: Merged, ctx: Context): void {
  if (undated.length > 0)
    ctx.warn('ingest/undated', { market, count: undated.length, symbols: some(undated) });
  const vague = rows.flatMap((row) => (row.vague ? [row.symbol] : []));
  if (vague.length > 0)
    ctx.warn('ingest/ended-by', { market, count: vague.length, symbols: some(vague) });
  const seen = rows.filter(({ evidence }) => evidence === 'bars').map(({ symbol }) => symbol);
  if (seen.length > 0)
    ctx.warn('ingest/listed-by-bars', { market, count: seen.length, symbols: some(seen) });
  const alive = rows.every(({ delisted }) => Number.isNaN(delisted));
  const real = rows.every(({ evidence }) => evidence !== 'simulated');
  if (alive && real && rows.length >= ENOUGH)
    ctx.warn('ingest/survivors-only', { market, count: rows.length });
}

/** Has a market lists of symbols with dates: written by hand, or files of which there are any? */
function listsOf(
  { universe: lists }: SpecOf<typeof market>,
  any: (names: readonly string[]) => boolean,
): boolean {
  if (!lists) return false;
  const files = [...lists.tables, ...(lists.exchange_info ? [lists.exchange_info] : [])];
  return Object.keys(lists.listings).length > 0 || files.some(({ names }) => any(names));
}

function namesFiles({ universe: told }: SpecOf<typeof market>): boolean {
  return told !== undefined && (told.tables.length > 0 || !!told.exchange_info || !!told.bars);
}

function some(names: readonly string[]): string {
  const most = 8;
  const more = names.length > most ? ` and ${names.length - most} more` : '';
  return names.slice(0, most).join(', ') + more;
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
