import { distance } from 'fastest-levenshtein';
import picomatch from 'picomatch';
import { baseOf, type Market, matcher } from './find.js';
import { stepOf } from './step.js';

/** Ends of names that files of data have. */
const DATA = /\.(?:csv|zip|gz|json|parquet|feather|arrow)$/i;
/** Files that are shown by name. */
const SHOWN = 5;

/**
 * Files of data that no entry of a market fits, so that nobody would miss them: those that name the symbol, and those that name none.
 * What names another symbol is for that one to tell; lists of symbols and hidden files are none.
 * @param names  From the folder on, with `/` between folders.
 */
export function strays(
  market: Market,
  symbol: string,
  names: readonly string[],
): readonly string[] {
  const own = market.files.map((source) => matcher(market, source, symbol));
  const anyones = market.files.map((source) => matcher(market, source));
  const { tables = [], exchange_info, bars } = market.universe ?? {};
  const lists = [...tables, ...[exchange_info, bars].flatMap((list) => list ?? [])];
  const isList = picomatch(lists.flatMap((list) => [...list.names]));
  const [mine, some] = [named(symbol, market.quote), named('[A-Z0-9]{2,}?', market.quote)];
  return names.filter((name) => {
    if (!DATA.test(name) || /(?:^|\/)\./.test(name) || isList(name)) return false;
    if (own.some((fits) => fits(name))) return false;
    if (mine.test(name)) return true;
    return !some.test(name) && !anyones.some((fits) => fits(name));
  });
}

/** A symbol in a name as venues and programs write it: BTCUSDT, btc_usdt, BTC-USDT, BTCUSD_PERP. */
function named(symbol: string, quote: string): RegExp {
  const base = symbol.startsWith('[') ? symbol : baseOf(symbol, quote);
  const forms = symbol.endsWith(quote) || symbol.startsWith('[') ? `${base}[_-]?${quote}` : symbol;
  return new RegExp(`(?<![A-Z0-9])(?:${forms}|${base}USD_PERP)(?![A-Z0-9])`, 'i');
}

/** The first few of some names. */
export function shown(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return names.slice(0, SHOWN).join(', ') + more;
}

/** Names by how near they are to the nearest of some others, nearest first, of equals the shorter. */
export function nearest(names: readonly string[], to: readonly string[]): readonly string[] {
  const apart = new Map(names.map((name) => [name, Math.min(...to.map((one) => gap(name, one)))]));
  return [...names].sort(
    (a, b) => (apart.get(a) ?? 0) - (apart.get(b) ?? 0) || a.length - b.length || (a < b ? -1 : 1),
  );
}

/** Which share of the longer of two names is to be written anew; folders do not count. */
function gap(a: string, b: string): number {
  const [x, y] = [a, b].map((path) => path.slice(path.lastIndexOf('/') + 1));
  return distance(x ?? '', y ?? '') / Math.max(x?.length ?? 0, y?.length ?? 0, 1);
}

/** A name that each of a market's entries expects of a symbol, of several alternatives the first; of one data set or of all. */
export function expectedNames(market: Market, symbol: string, data?: string): readonly string[] {
  return market.files.flatMap((source) => {
    if (data !== undefined && source.data !== data) return [];
    const holes: Readonly<Record<string, string>> = {
      symbol,
      base: baseOf(symbol, market.quote),
      interval: stepOf(market, source).text,
      date: 'YYYY-MM',
    };
    return source.names.map((name) =>
      name
        .replace(/\{(\w+)\}/g, (hole, what) => holes[what] ?? hole)
        .replace(/\{([^{},]*)[^{}]*\}/g, '$1')
        .replace('[12][0-9][0-9][0-9]*', 'YYYY'),
    );
  });
}
