import { DAY, type Settings, YEAR_DAYS } from './settings.js';

/** When a symbol of a simulated market trades; UTC milliseconds. */
export interface Listing {
  readonly listed: number;
  /** First moment after the last trade; missing while it trades. */
  readonly delisted: number | undefined;
}

type Roster = Pick<
  Settings,
  'epoch' | 'listings' | 'newcomers' | 'newcomer_years' | 'delistings_per_year' | 'roster'
>;

/**
 * When a symbol of this world is listed and delisted: as `listings` says, else by a rate that its name alone decides, so that
 * every stage and every seed sees the same symbols.
 */
export function listingOf(symbol: string, world: Roster): Listing {
  const { epoch, newcomers, newcomer_years: years, delistings_per_year: rate, roster } = world;
  const said = world.listings[symbol];
  if (said) return { listed: Math.max(epoch, said.from ?? epoch), delisted: said.until };
  const share = (what: string) => shareOf(`${roster} ${symbol} ${what}`);
  const late = share('late') < newcomers ? share('listed') * years * YEAR_DAYS : 0;
  const listed = epoch + Math.ceil(late) * DAY;
  const lives = rate > 0 ? (-Math.log(1 - share('lives')) / rate) * YEAR_DAYS : undefined;
  return { listed, delisted: lives === undefined ? undefined : listed + Math.ceil(lives) * DAY };
}

/**
 * A number in [0, 1) that a text decides.
 * @see  Fowler, Noll & Vo (1991), FNV-1a, 32 bits, finished as in MurmurHash3 (Appleby)
 */
function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}
