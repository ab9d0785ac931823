import type { Context } from '../../../engine/sdk/index.js';

/** What can be wrong with lists of symbols, each told with file, row and rule. */
export const LISTING_ERRORS = {
  'ingest/unreadable-list': '{file} cannot be read: {reason}.',
  'ingest/bad-list': '{file} is no {expected}: {reason}.',
  'ingest/list-column': '{file} has no column {column}; it has {found}.',
  'ingest/list-width': '{file}, row {row}: {found} cells where the header has {expected}.',
  'ingest/bad-symbol': '{file}, row {row}: {found} is no symbol.',
  'ingest/bad-date': '{file}, row {row}: {column} is {found}, which is no {form}.',
  'ingest/twice-listed': '{file}, row {row}: {symbol} stands twice.',
  'ingest/ends-first':
    '{file}, row {row}: {symbol} is delisted on {delisted}, not after {listed}, when it was listed.',
} as const;

/** Stops with one of the problems above. */
export type Refuse = (
  code: keyof typeof LISTING_ERRORS,
  facts: Readonly<Record<string, unknown>>,
) => never;

/** Refusals of a node's context, held to the codes above. */
export function refusals(ctx: Pick<Context, 'refuse'>): Refuse {
  return (code, facts) => ctx.refuse(code, facts);
}

/** Earliest and latest time that a list may name: before there were exchanges, or after deliveries that are for ever. */
const SANE = [Date.UTC(1900, 0, 1), Date.UTC(2200, 0, 1)] as const;

/** Can this be a time of a listing, in milliseconds? Seconds and microseconds cannot. */
export function isMoment(ms: number): boolean {
  return Number.isInteger(ms) && ms >= SANE[0] && ms < SANE[1];
}

/** A time as messages show it. */
export function clock(ms: number): string {
  return new Date(ms).toISOString();
}

/** A path without its folders. */
export function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
