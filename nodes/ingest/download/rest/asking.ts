import { jsonTaker } from '../takers.js';
import type { Had, Venue } from '../venue.js';
import { backoffOf, pause } from '../wait.js';
import type { Ask, Question } from './form.js';

/** What Binance says of a symbol that it does not list any more. */
const UNKNOWN_SYMBOL = /-1121\b/;

/** Times that a venue has to say that it has no rows: under load some say `[]` with status 200. */
const EMPTY = 3;

/**
 * How the endpoints of one data set are asked.
 * @param unlisted  Called if the venue does not know the symbol; the answer is `broken` then.
 * @throws `ingest/forbidden`, and what asking throws.
 */
export function asking(venue: Venue, rest: Question['rest'], unlisted: () => void): Ask {
  return async (path, query, what, read) => {
    const text = Object.entries(query).map(([key, value]) => `${key}=${value}`);
    const full = `${path}?${text.join('&')}`;
    const had = await certain(venue, full, () =>
      venue.endpoint(full, rest.budget, rest.weight, () => jsonTaker(what, read)),
    );
    if (had.kind === 'got') return had.value;
    if (had.kind === 'gave-up') return 'broken';
    if (had.kind === 'never' && UNKNOWN_SYMBOL.test(had.said)) {
      unlisted();
      return 'broken';
    }
    const url = venue.url(venue.network.budgets[rest.budget]?.host ?? '', path);
    const { status, said } = had.kind === 'never' ? had : { status: 404, said: 'not found' };
    const facts = { host: new URL(url).host, url, status, said };
    return venue.manners.refuse('ingest/forbidden', facts);
  };
}

/** The answer; one without rows only if it is given every time. */
async function certain<T>(
  { manners }: Venue,
  what: string,
  ask: () => Promise<Had<readonly T[]>>,
): Promise<Had<readonly T[]>> {
  for (let times = 1; ; times++) {
    const had = await ask();
    if (had.kind !== 'got' || had.value.length > 0 || times >= EMPTY) return had;
    await pause(backoffOf(manners.backoff, times, what), manners.signal);
  }
}
