import { existsSync, mkdirSync, promises, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Journal } from './journal.js';
import { type Part, partTaker, put } from './place.js';
import { cellsIn, lackedBy } from './rows.js';
import { digestIn, isSealed, sealed, vouched } from './seal.js';
import { textTaker } from './takers.js';
import type { Venue } from './venue.js';
import { backoffOf, pause } from './wait.js';

// A file of the archive, in steps:
// 1. What was verified a short time ago and has not changed since is kept without asking.
// 2. The archive's checksum says whether the file is there, and what it must be.
// 3. A file of that digest is kept. Otherwise the body is fetched beside its place and hashed on the way.
// 4. If the digests differ, both are fetched again: the archive may have changed between the two. In the end the body is
//    quarantined, and what lay there before stays.
// 5. The old checksum goes, the file comes, its checksum comes: killed in between, no checksum belongs to another file.

/** What became of a file that was asked for. */
export type State = 'fetched' | 'kept' | 'replaced' | 'absent' | 'quarantined' | 'failed';

export interface Brought {
  readonly name: string;
  readonly state: State;
  readonly url: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly rows?: number;
  /** A file lies in its place that was never verified, or has been changed since: it stands for nothing. */
  readonly unverified?: true;
  /** Rows of the file that it replaced and that it has no more, if any. */
  readonly lacks?: number;
}

export interface Desk {
  readonly folder: string;
  readonly venue: Venue;
  readonly journal: Journal;
  /** Files and absences that were checked after this moment, ISO 8601, are believed. */
  readonly believed: string;
  /** Stop everything: there is no point in going on. */
  readonly halt: (thrown: unknown) => void;
}

/** Times a file is fetched that comes whole and is not what its checksum says: waiting mends a connection, not a file. */
const WHOLE = 4;
/** Most bytes of a checksum file. */
const CHECKSUM = 4096;

/** @param settled  It cannot appear any more if it was absent: the archive had long enough to publish it. */
export async function bring(desk: Desk, name: string, settled: boolean): Promise<Brought> {
  const brought = await sought(desk, name, settled);
  if (!UNDONE.has(brought.state) || !existsSync(join(desk.folder, name))) return brought;
  return (await vouched(desk.journal, name)) ? brought : { ...brought, unverified: true };
}

/** What lies in the place of such a file, if anything does, is from before. */
const UNDONE: ReadonlySet<State> = new Set(['absent', 'quarantined', 'failed']);

async function sought(desk: Desk, name: string, settled: boolean): Promise<Brought> {
  const { attempts, backoff, signal, again } = desk.venue.manners;
  const url = desk.venue.url(desk.venue.network.archive, `/${name}`);
  const known = await remembered(desk, name, url, settled);
  if (known) return known;
  for (let attempt = 1; ; attempt++) {
    const tried = await fetchOnce(desk, name, url);
    if ('state' in tried) return tried;
    if (attempt >= Math.min(attempts, WHOLE)) return quarantined(desk, name, url, tried);
    rmSync(tried.path, { force: true });
    const wait = backoffOf(backoff, attempt, url);
    again(url, 'what came is not what its checksum says', wait);
    await pause(wait, signal);
  }
}

/** What the journal knows well enough. */
async function remembered(
  desk: Desk,
  name: string,
  url: string,
  settled: boolean,
): Promise<Brought | undefined> {
  const known = desk.journal.known(name);
  if (!known || known.checked < desk.believed) return undefined;
  if ('sha256' in known) return kept(desk, name, url, known.sha256, known.bytes);
  const nothing = settled && !existsSync(join(desk.folder, name));
  return nothing ? { name, url, state: 'absent' } : undefined;
}

/** @returns what became of the file, or a body that is not what its checksum says. */
async function fetchOnce(desk: Desk, name: string, url: string): Promise<Brought | Part> {
  const { journal } = desk;
  const wanted = await checksum(desk, name);
  if (wanted.kind === 'absent') return withdrawn(desk, name, url);
  if (wanted.kind !== 'got') return failed(desk, name, url, wanted);
  const present = await journal.digest(name);
  if (present === wanted.value) {
    const { bytes } = journal.fetched(name, url, present);
    return kept(desk, name, url, present, bytes);
  }
  const had = await body(desk, name);
  if (had.kind === 'absent') return withdrawn(desk, name, url);
  if (had.kind !== 'got') return failed(desk, name, url, had);
  const { value: part } = had;
  if (part.sha256 !== wanted.value) return part;
  return placed(desk, name, url, part, present === undefined ? 'fetched' : 'replaced');
}

async function checksum({ venue }: Desk, name: string) {
  const file = name.slice(name.lastIndexOf('/') + 1);
  return venue.file(`${name}.CHECKSUM`, () =>
    textTaker('checksum', (text) => digestIn(text, file), CHECKSUM),
  );
}

async function body({ venue, folder }: Desk, name: string) {
  const limit = venue.network.largest * 1024 * 1024;
  return venue.file(name, () => partTaker(join(folder, name), limit));
}

async function placed(
  desk: Desk,
  name: string,
  url: string,
  part: Part,
  state: 'fetched' | 'replaced',
): Promise<Brought> {
  const path = join(desk.folder, name);
  const before = state === 'replaced' ? await cellsIn(path) : undefined;
  const lacks = before && lackedBy([await cellsIn(part.path)], before);
  rmSync(`${path}.CHECKSUM`, { force: true });
  await put(part.path, path);
  const { sha256, bytes } = part;
  await sealed(path, sha256);
  desk.journal.fetched(name, url, sha256);
  return { name, url, state, bytes, sha256, ...(lacks && { lacks }) };
}

async function kept(
  desk: Desk,
  name: string,
  url: string,
  sha256: string,
  bytes: number,
): Promise<Brought> {
  const path = join(desk.folder, name);
  if (!isSealed(path, sha256)) await sealed(path, sha256);
  return { name, url, state: 'kept', bytes, sha256 };
}

/** Not there; what was there once, and was verified, stays. */
async function withdrawn(desk: Desk, name: string, url: string): Promise<Brought> {
  const before = await vouched(desk.journal, name);
  if (before) return kept(desk, name, url, before.sha256, before.bytes);
  desk.journal.missed(name);
  return { name, url, state: 'absent' };
}

async function quarantined(desk: Desk, name: string, url: string, part: Part): Promise<Brought> {
  const { sha256, bytes } = part;
  const path = join(desk.folder, '.quarantine', `${name}.${sha256.slice(0, 12)}`);
  mkdirSync(dirname(path), { recursive: true });
  await promises.rename(part.path, path);
  return { name, url, state: 'quarantined', bytes, sha256 };
}

function failed(
  { venue }: Desk,
  name: string,
  url: string,
  had:
    | { readonly kind: 'gave-up' }
    | { readonly kind: 'never'; readonly status: number; readonly said: string },
): Brought {
  if (had.kind === 'gave-up') return { name, url, state: 'failed' };
  const { status, said } = had;
  return venue.manners.refuse('ingest/forbidden', { host: new URL(url).host, url, status, said });
}
