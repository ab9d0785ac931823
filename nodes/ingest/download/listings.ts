import { join } from 'node:path';
import type { Brought, Desk } from './archive.js';
import { now } from './clock.js';
import { dayText } from './days.js';
import { namesIn, putText } from './place.js';
import { jsonOf, textTaker } from './takers.js';
import type { Network } from './venue.js';

type Listings = NonNullable<Network['listings']>;

/**
 * What the venue lists today, kept as it was said, one file a day: who is gone tomorrow still stands in it.
 * `ingest.universe` reads these files.
 */
export async function bringListings(desk: Desk, listings: Listings): Promise<Brought> {
  const { venue, folder, journal } = desk;
  const { path, budget, weight, file } = listings;
  const url = venue.url(venue.network.budgets[budget]?.host ?? '', path);
  const name = file.replaceAll('{date}', dayText(now()));
  const had = await venue.endpoint(path, budget, weight, () =>
    textTaker('list of symbols', (text) => (isList(jsonOf(text)) ? text : undefined)),
  );
  if (had.kind === 'gave-up') return { name, url, state: 'failed' };
  if (had.kind !== 'got') {
    const { status, said } = had.kind === 'never' ? had : { status: 404, said: 'not found' };
    return venue.manners.refuse('ingest/forbidden', { host: new URL(url).host, url, status, said });
  }
  namesIn(join(folder, name, '..')); // what a killed run left there
  const before = await journal.digest(name);
  const { sha256, bytes } = await putText(join(folder, name), had.value);
  journal.fetched(name, url, sha256);
  return { name, url, state: before === undefined ? 'fetched' : 'kept', bytes, sha256 };
}

function isList(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  if (!('serverTime' in json && typeof json.serverTime === 'number')) return false;
  return 'symbols' in json && Array.isArray(json.symbols) && json.symbols.length > 0;
}
