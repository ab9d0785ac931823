import type { Context } from '../../../engine/sdk/index.js';
import { UnitsOfFiles } from './units.js';

/** What can be wrong with files, each told with file, row and rule. */
export const FILE_ERRORS = {
  'ingest/unreadable': '{path} cannot be read: {reason}.',
  'ingest/no-files':
    'No file with {interval} bars of {symbol} lies in {folder}: a name such as {expected} is expected; it holds {found}.',
  'ingest/no-such-folder':
    'There is no folder {path}{hint}. Files are looked for where `--set raw=FOLDER` says, seen from the folder that the command runs in.',
  'ingest/still-open':
    '{file}, row {row}: the bar at {time} ends after the file was written ({written}), so it was not over. Remove that row, or say `last: forming` in the entry of the market.',
  'ingest/too-large':
    '{file} has {found} bytes; at most {limit} are read at once. Cut it by day, as the daily files of the archive are, or leave out its data set: `datasets` names those to read.',
  'ingest/unknown-form': '{file} ends in none of {known}.',
  'ingest/wrong-checksum': '{file} has the SHA-256 {found}; {beside} says {expected}.',
  'ingest/bad-checksum': '{file} holds no SHA-256: {found}.',
  'ingest/other-checksum': '{file} states the SHA-256 of {found}, not of {expected}.',
  'ingest/bad-archive': '{file} is no sound archive: {reason}.',
  'ingest/several-entries': '{file} holds {found}; an archive of data holds one file.',
  'ingest/other-entry': '{file} holds {found}; a file named {expected} is expected.',
  'ingest/bad-table':
    '{file} cannot be read as {form}: {reason}. It may be cut or of another form than its name says; fetch or write it again.',
  'ingest/empty-file': '{file} holds no row.',
  'ingest/not-text': '{file} is not UTF-8 text.',
  'ingest/long-line': '{file}, row {row}: the line goes on beyond {limit} bytes.',
  'ingest/no-header': '{file} starts with {found} where the names of columns are expected.',
  'ingest/wrong-header': '{file} has no column {column}{hint}; it has {found}.',
  'ingest/double-column': '{file} has the column {column} twice.',
  'ingest/wrong-width': '{file}, row {row}: {found} cells where {expected} are expected.',
  'ingest/not-a-number': '{file}, row {row}: {column} is {found}, which is no number.',
  'ingest/not-a-flag': '{file}, row {row}: {column} is {found}, neither {yes} nor {no}.',
  'ingest/bad-time': '{file}, row {row}: {column} is {found}, which is no time from 1980 to 2099.',
  'ingest/wrong-period':
    '{file}, row {row}: {time} lies outside {from} to {to}{beside}, which the name of the file tells. Its times may not be UTC, or it holds another period.',
  'ingest/other-symbol':
    '{file} is named for {symbol}, but {column} is another in each of its {rows} rows: it holds the rows of another symbol, or writes it otherwise.',
  'ingest/off-grid': '{file}, row {row}: the bar at {time} does not open on the {interval} grid.',
  'ingest/wrong-interval':
    '{file}, row {row}: the bars are {found} long, not {interval} as declared.',
  'ingest/duplicate-row':
    '{file}, row {row}: {column} at {time} is {found}, and {other} in {first}, row {before}.',
  'ingest/bad-row': '{file}, row {row}: {rule} does not hold at {time}: {found}.',
  'ingest/no-dataset': 'The market {market} has no data set {found}{hint}; it has {known}.',
  'ingest/wrong-layout':
    'Files of {data} in market {market} have the layout {layout}, whose rows are {table}; {expected} are expected.',
  'ingest/bad-layout': 'Layout {layout} cannot be read: {problem}.',
  'ingest/calendar-bars':
    'Market {market} has bars by the {period}, which only files can give: {made} makes bars of one length.',
  'ingest/bad-interval':
    'Bars of {interval} cannot be put together to bars of {spacing} (market {market}).',
} as const;

/** What a person should see, though the rows are good. */
export const FILE_WARNINGS = {
  'ingest/out-of-order':
    '{data}: {count} rows stand before earlier ones (first: {file}, row {row}); all rows were put in order of time.',
  'ingest/duplicate-rows':
    '{data}: {count} rows stand twice, alike in every column, and are kept once (first: {file}, row {row}).',
  'ingest/replaced-rows':
    '{data}: {count} readings were given again with other values; the last one stands (first: {file}, row {row}).',
  'ingest/empty-cells':
    '{data}: {count} rows have empty cells in {columns}, which are missing (first: {file}, row {row}).',
  'ingest/forming-bar':
    '{data}: {count} bars were still forming when captured and are left out (first: {file}, row {row}, {time}).',
  'ingest/unsure-bar':
    '{data}: the last bars of {count} files are left out, since they end no day and nothing in files of layout {layout} tells whether they were over when they were saved (first: {file}, row {row}, {time}). An entry with `last: whole` keeps them.',
  'ingest/mixed-units': '{data}: times are counted in {units}; each was told by its size.',
  'ingest/stray-files':
    '{count} files are not read, since no entry of market {market} has such a name: {files}. A name such as {expected} is expected.',
  'ingest/odd-close':
    '{data}: {count} bars do not end one {interval} after they open (first: {file}, row {row}).',
  'ingest/incomplete-bars':
    '{data}: {count} bars lack some of their {interval} bars and are left out (first: {time}).',
  'ingest/faulty-bars':
    '{data}: {count} bars break a rule and are kept (first: {file}, row {row}: {rule}).',
  'ingest/faulty-parts':
    '{data}: {count} bars hold {interval} bars that break a rule and have no values, so that cleaning quarantines them (first: {time}).',
  'ingest/no-data':
    '{data}: the files hold no row of {symbol} in [{from}, {to}); the table is empty.',
  'ingest/no-data-file':
    '{data}: there is no file of {symbol} for [{from}, {to}); the table is empty. A name such as {expected} is expected.',
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

/** Counts what is worth a warning, and remembers where it happened first: one warning a kind and data set. */
export class Tally {
  readonly #found = new Map<keyof typeof FILE_WARNINGS, Record<string, unknown>>();
  readonly units = new UnitsOfFiles();

  /** @param facts  Of the first time; later ones only count, but for `columns`, which are gathered. */
  add(
    code: keyof typeof FILE_WARNINGS,
    count: number,
    facts: () => Readonly<Record<string, unknown>>,
  ): void {
    if (count === 0) return;
    const known = this.#found.get(code);
    if (known) known.count = Number(known.count) + count;
    else this.#found.set(code, { ...facts(), count });
  }

  /** Tell what was counted. */
  tell(ctx: Pick<Context, 'warn'>, data: string): void {
    for (const [code, facts] of this.#found) ctx.warn(code, { data, ...facts });
    const units = this.units.mixed;
    if (units.length > 0) ctx.warn('ingest/mixed-units', { data, units });
  }
}

/** A time as people read it. */
export function clock(ms: number): string {
  return new Date(ms).toISOString();
}

/** Length of a bar as it stands in names of files: `5m`, `1h`, `1d`. */
export function intervalOf(ms: number): string {
  for (const [unit, length] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
  ] as const) {
    if (ms % length === 0) return `${ms / length}${unit}`;
  }
  return `${ms / 1000}s`;
}
