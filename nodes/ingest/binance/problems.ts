import type { Context } from '../../../engine/sdk/index.js';

/** What can be wrong with files of bars or funding, each told with file, row and rule. */
export const FILE_ERRORS = {
  'ingest/empty-file': '{file} holds no row.',
  'ingest/not-text': '{file} is not UTF-8 text.',
  'ingest/wrong-header': '{file} starts with {found}; expected {expected}.',
  'ingest/wrong-width': '{file}, row {row}: {found} cells where {expected} are expected.',
  'ingest/not-a-number': '{file}, row {row}: {column} is {found}, which is no number.',
  'ingest/bad-time': '{file}, row {row}: {found} is no time in milli- or microseconds.',
  'ingest/off-grid': '{file}, row {row}: the bar at {time} does not open on the {interval} grid.',
  'ingest/wrong-interval': '{file}, row {row}: the bar at {time} is not {interval} long.',
  'ingest/unordered': '{file}, row {row}: the bar at {time} comes after the one at {before}.',
  'ingest/duplicate-bar': '{file}, row {row}: the bar at {time} stands twice, first in {first}.',
  'ingest/bad-bar': '{file}, row {row}: {rule} does not hold for the bar at {time}: {found}.',
  'ingest/bad-rate': '{file}, row {row}: the rate {found} is beyond ±{limit}.',
} as const;

/** Stops with one of the problems above. */
export type Refuse = (
  code: keyof typeof FILE_ERRORS,
  facts: Readonly<Record<string, unknown>>,
) => never;

/** Refusals of a node's context, held to the codes above. */
export function refusals(ctx: Pick<Context, 'refuse'>): Refuse {
  return (code, facts) => ctx.refuse(code, facts);
}
