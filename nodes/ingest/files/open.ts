import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sha256 } from '../../../engine/sdk/index.js';
import { MOST_UNPACKED, messageOf, unzip } from './archive.js';
import type { Refuse } from './tell.js';

/** Ends of names, and how such files are read. */
const FORMS = {
  '.csv': 'csv',
  '.parquet': 'parquet',
  '.feather': 'arrow',
  '.arrow': 'arrow',
  '.json': 'json',
} as const;
export type Form = (typeof FORMS)[keyof typeof FORMS];

const PACKED = ['.zip', '.gz'] as const;

/** A file as it is to be read: Parquet by its path, all else by its bytes. */
export interface Opened {
  readonly form: Form;
  readonly bytes: Uint8Array;
}

/**
 * Open a file by the end of its name; archives are unpacked in memory and take the form of what they hold.
 * @param name      From the folder on, for messages.
 * @param checksum  Path of the file beside it that states its SHA-256, if there is one.
 * @throws ingest/unreadable, too-large, wrong-checksum, bad-checksum, other-checksum, bad-archive, several-entries, other-entry,
 *         unknown-form
 */
export async function openFile(
  path: string,
  name: string,
  checksum: string | undefined,
  refuse: Refuse,
): Promise<Opened> {
  const form = formOf(name);
  if (form === 'parquet' && checksum === undefined) return { form, bytes: new Uint8Array(0) };
  const bytes = bytesOf(path, name, refuse);
  if (checksum !== undefined) expectChecksum(bytes, name, checksum, refuse);
  if (name.endsWith('.zip')) {
    const entry = await unzip(name, bytes, refuse);
    expectEntry(name, entry.name, refuse);
    return { form: known(`${name} → ${entry.name}`, refuse), bytes: entry.bytes };
  }
  if (name.endsWith('.gz')) {
    return {
      form: known(name.slice(0, -'.gz'.length), refuse),
      bytes: gunzip(name, bytes, refuse),
    };
  }
  return { form: form ?? known(name, refuse), bytes };
}

function formOf(name: string): Form | undefined {
  const end = Object.keys(FORMS).find((suffix) => name.endsWith(suffix));
  return Object.entries(FORMS).find(([suffix]) => suffix === end)?.[1];
}

function known(name: string, refuse: Refuse): Form {
  const form = formOf(name);
  if (form !== undefined && !(form === 'parquet' && name.includes('→'))) return form;
  return refuse('ingest/unknown-form', { file: name, known: [...Object.keys(FORMS), ...PACKED] });
}

function gunzip(file: string, bytes: Uint8Array, refuse: Refuse): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch (error) {
    return refuse('ingest/bad-archive', { file, reason: messageOf(error) });
  }
}

/** The bytes of a file; what the file system says no to is told by path and reason. */
export function bytesOf(path: string, file: string, refuse: Refuse): Uint8Array {
  return attempt(path, refuse, () => {
    const { size } = statSync(path);
    if (size > MOST_UNPACKED) {
      refuse('ingest/too-large', { file, found: size, limit: MOST_UNPACKED });
    }
    return readFileSync(path);
  });
}

/** What the file system says no to is a problem of the user's, told by path and reason. */
export function attempt<T>(path: string, refuse: Refuse, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const coded = typeof error === 'object' && error !== null && 'code' in error;
    if (!coded || typeof error.code !== 'string') throw error;
    return refuse('ingest/unreadable', { path, reason: error.code });
  }
}

/** An archive is picked by its name, so what it holds has to have that name too. @throws ingest/other-entry */
function expectEntry(name: string, entry: string, refuse: Refuse): void {
  const expected = lastOf(name).slice(0, -'.zip'.length);
  const found = lastOf(entry);
  if (found.startsWith(`${expected}.`)) return;
  refuse('ingest/other-entry', { file: name, found, expected: `${expected}.csv` });
}

/** A path without its folders. */
function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * The archive puts `<sha256>  <name>` beside each file; a sum alone will do.
 * @throws ingest/wrong-checksum, ingest/bad-checksum, ingest/other-checksum
 */
function expectChecksum(bytes: Uint8Array, name: string, beside: string, refuse: Refuse): void {
  const text = new TextDecoder().decode(bytesOf(beside, beside, refuse).subarray(0, 4096));
  const [, digest, whose] = /^\s*([0-9a-fA-F]{64})\b(?:[ \t]+\*?([^\r\n]*\S))?/.exec(text) ?? [];
  const expected = digest?.toLowerCase();
  if (expected === undefined) {
    refuse('ingest/bad-checksum', { file: beside, found: text.slice(0, 80) });
  }
  if (whose !== undefined && lastOf(whose) !== lastOf(name)) {
    refuse('ingest/other-checksum', { file: `${name}.CHECKSUM`, found: whose, expected: name });
  }
  const found = sha256(bytes);
  if (found === expected) return;
  refuse('ingest/wrong-checksum', { file: name, found, beside: `${name}.CHECKSUM`, expected });
}
