import picomatch from 'picomatch';
import type { SpecOf } from '../../../engine/sdk/index.js';
import type { market } from '../../kinds/market.js';
import type { Held } from '../../kinds/market-files.js';
import type { Range } from '../tables/given.js';
import { periodOf, touches } from './period.js';
import { stepOf } from './step.js';

export type Market = SpecOf<typeof market>;
export type Source = Market['files'][number];

/** A file of a data set, with what the market says of such files. */
export interface Found {
  readonly data: Held;
  readonly source: Source;
  /** From the folder on. */
  readonly name: string;
  /** What its name says that it holds, where the market’s pattern has a date. */
  readonly period: Range | undefined;
}

/** A month or a day; `2023-24` is none, but two years. */
const DATE = '[0-9][0-9][0-9][0-9]-{0[1-9],1[0-2]}{,-[0-3][0-9]}';

/** Where data sets lie: funding may have a folder of its own. */
export type Part = 'funding' | 'others';
export function partOf({ data }: Source): Part {
  return data === 'funding' ? 'funding' : 'others';
}

/** Entries of a market whose files lie in that part. */
export function sourcesOf(market: Market, part: Part): readonly Source[] {
  return market.files.filter((source) => partOf(source) === part);
}

/**
 * Globs that files of a market's data sets match, as one glob: so a folder is looked through once.
 * @param symbol  Of whom; undefined: of anyone.
 */
export function globOf(market: Market, sources: readonly Source[], symbol?: string): string {
  const globs = sources.flatMap((source) =>
    source.names.flatMap((name) => globsOf(market, source, name, symbol)),
  );
  const unique = [...new Set(globs.flatMap((g) => [g, `${g}.CHECKSUM`]))];
  return unique.length === 1 ? String(unique[0]) : `{${unique.join(',')}}`;
}

/**
 * The files of a symbol by data set, in the order of the market's entries and of names; a file belongs to the first entry of
 * its data set that fits. Files whose date is told and is not asked for are left out.
 * @param names  From the folder on, with `/` between folders.
 */
export function filesOf(
  market: Market,
  sources: readonly Source[],
  names: readonly string[],
  symbol: string,
  range: Range,
): readonly Found[] {
  const taken = new Set<string>();
  return sources.flatMap((source) => {
    const patterns = source.names.map((name) => {
      const fits = picomatch([...globsOf(market, source, name, symbol)]);
      return { fits, dated: name.includes('{date}') };
    });
    return names.flatMap((name) => {
      const key = `${source.data} ${name}`;
      const pattern = patterns.find(({ fits }) => fits(name));
      if (!pattern || taken.has(key)) return [];
      taken.add(key);
      const period = pattern.dated ? periodOf(name) : undefined;
      if (period && !touches(period, range)) return [];
      return [{ data: source.data, source, name, period }];
    });
  });
}

/** Does a name fit one of an entry's patterns? */
export function matcher(
  market: Market,
  source: Source,
  symbol?: string,
): (name: string) => boolean {
  return picomatch(source.names.flatMap((name) => [...globsOf(market, source, name, symbol)]));
}

/** The globs that one name of an entry stands for. */
function globsOf(
  market: Market,
  source: Source,
  name: string,
  symbol: string | undefined,
): readonly string[] {
  const base = symbol === undefined ? '*' : baseOf(symbol, market.quote);
  const holes: Readonly<Record<string, string>> = {
    '{symbol}': symbol ?? '*',
    '{base}': base,
    '{interval}': stepOf(market, source).text,
    '{date}': DATE,
  };
  return shallow(name.replace(/\{(?:symbol|base|interval|date)\}/g, (hole) => holes[hole] ?? hole));
}

/** A symbol without its quote, where it ends in it. */
export function baseOf(symbol: string, quote: string): string {
  return symbol.endsWith(quote) && symbol !== quote ? symbol.slice(0, -quote.length) : symbol;
}

/** Inside braces a leading double star stands for one folder at least: the glob without it says that there may be none. */
function shallow(glob: string): readonly string[] {
  return glob.startsWith('**/') ? [glob.slice('**/'.length), glob] : [glob];
}
