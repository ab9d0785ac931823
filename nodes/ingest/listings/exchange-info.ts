import type { Json, JsonObject } from '../../../engine/sdk/index.js';
import type { Universe } from './declared.js';
import { type Find, textOf } from './files.js';
import type { Listed, Listing } from './listing.js';
import { isMoment, nameOf, type Refuse } from './problems.js';

type Info = NonNullable<Universe['exchange_info']>;

/** The states of a symbol that is traded, or will be again. Spot pairs that are gone for good stay in BREAK. */
const ALIVE = new Set(['TRADING', 'PENDING_TRADING', 'HALT', 'AUCTION_MATCH', 'PRE_TRADING']);

/** What an exchange says of itself at one time. */
interface Snapshot {
  readonly time: number;
  readonly rows: ReadonlyMap<string, Listing>;
}

/**
 * Symbols of an exchange from what it said of itself, once or at several times. Who stands in an early snapshot and not in the next
 * one ended between the two, and is taken to have ended by the later: that is when it was seen to be gone.
 * @see Binance API, GET /fapi/v1/exchangeInfo: symbol, contractType, status, onboardDate, deliveryDate, underlyingSubType, serverTime
 */
export function exchangeIn(find: Find, info: Info, refuse: Refuse): Listed {
  const snapshots = find(info.names)
    .map((path) => snapshotOf(path, info.where, refuse))
    .sort((a, b) => a.time - b.time);
  const rows = new Map<string, Listing>();
  snapshots.forEach(({ rows: told }, i) => {
    for (const [symbol, row] of told) rows.set(symbol, row);
    const next = snapshots[i + 1];
    for (const [symbol, row] of told) {
      if (next && !next.rows.has(symbol) && Number.isNaN(row.delisted))
        rows.set(symbol, { ...row, delisted: next.time, vague: true });
    }
  });
  const asOf = snapshots[snapshots.length - 1]?.time ?? Number.NEGATIVE_INFINITY;
  return { rows: [...rows.values()], asOf };
}

function snapshotOf(path: string, where: Info['where'], refuse: Refuse): Snapshot {
  const file = nameOf(path);
  const bad = (reason: string) =>
    refuse('ingest/bad-list', { file, expected: 'exchangeInfo', reason });
  const json = parsed(textOf(path, refuse), bad);
  const { serverTime, symbols } = isObject(json) ? json : bad('it is no object');
  if (typeof serverTime !== 'number' || !isMoment(serverTime))
    return bad('serverTime, the moment that it is of, is no time in milliseconds');
  if (!Array.isArray(symbols)) return bad('it has no list of symbols');
  const rows = new Map<string, Listing>();
  for (const [i, entry] of symbols.entries()) {
    if (!isObject(entry) || typeof entry.symbol !== 'string' || entry.symbol === '')
      return bad(`entry ${i + 1} of symbols has no symbol`);
    if (Object.entries(where).every(([field, text]) => entry[field] === text))
      rows.set(entry.symbol, listingOf(entry.symbol, entry, serverTime));
  }
  return { time: serverTime, rows };
}

function listingOf(symbol: string, entry: JsonObject, now: number): Listing {
  const { onboardDate, deliveryDate, status, contractStatus, underlyingSubType: types } = entry;
  const state = status ?? contractStatus;
  const alive = typeof state !== 'string' || ALIVE.has(state);
  // The delivery of a perpetual that lives lies in the year 2100; of one that is settled it is a time gone by.
  const settled =
    typeof deliveryDate === 'number' && deliveryDate <= now ? deliveryDate : undefined;
  const category = Array.isArray(types) && typeof types[0] === 'string' ? types[0] : null;
  return {
    symbol,
    listed: typeof onboardDate === 'number' && isMoment(onboardDate) ? onboardDate : Number.NaN,
    delisted: alive ? Number.NaN : (settled ?? now),
    category,
    evidence: 'exchange',
    vague: !alive && settled === undefined,
  };
}

function parsed(text: string, bad: (reason: string) => never): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return bad('it is no JSON');
    throw error;
  }
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
