import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from './journal.js';
import { putText } from './place.js';

// A verified file has its checksum beside it, in the archive's own form.

/** The digest in a text of the form `<sha256>  <file>`, as sha256sum writes it. */
export function digestIn(text: string, file: string): string | undefined {
  const found = /^([0-9a-fA-F]{64}) [ *](\S+)\s*$/.exec(text);
  return found?.[2] === file ? found[1]?.toLowerCase() : undefined;
}

/** Write the checksum beside its file. @throws what the file system says no to */
export async function sealed(path: string, sha256: string): Promise<void> {
  await putText(`${path}.CHECKSUM`, sealOf(path, sha256));
}

/** Does the checksum lie there, to the letter? */
export function isSealed(path: string, sha256: string): boolean {
  const beside = `${path}.CHECKSUM`;
  return existsSync(beside) && readFileSync(beside, 'utf8') === sealOf(path, sha256);
}

function sealOf(path: string, sha256: string): string {
  return `${sha256}  ${path.slice(path.lastIndexOf('/') + 1)}\n`;
}

/**
 * The file that lies there, if it is as it was when it was verified: the journal says so, or the checksum beside it.
 * @returns digest and bytes; undefined if there is no such file.
 */
export async function vouched(
  journal: Journal,
  name: string,
): Promise<{ readonly sha256: string; readonly bytes: number } | undefined> {
  const known = journal.known(name);
  if (known && 'sha256' in known) return known;
  const path = join(journal.folder, name);
  const sha256 = await journal.digest(name);
  if (sha256 === undefined || !isSealed(path, sha256)) return undefined;
  return { sha256, bytes: statSync(path).size };
}
