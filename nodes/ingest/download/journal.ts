import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { moment } from './clock.js';
import { digestOf } from './place.js';
import { jsonOf } from './takers.js';

// What was fetched when, a line of JSON each, beside the files. The last line of a name counts. The journal only saves work: a
// file without a line is hashed again, an absent one asked for again; a torn or foreign line is passed over.

const NAME = '.fetched.jsonl';

/** A file that lies in the folder, as it was when it was verified. */
export interface Fetched {
  readonly name: string;
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Time of change of the file, in milliseconds: while it stands, the content is believed. */
  readonly changed: number;
  /** When it was last held against its source, ISO 8601. */
  readonly checked: string;
  readonly rows?: number;
}

/** A file that the archive did not have. */
export interface Missed {
  readonly name: string;
  readonly absent: true;
  readonly checked: string;
}
type Line = Fetched | Missed;

export class Journal {
  readonly #lines = new Map<string, Line>();

  constructor(readonly folder: string) {
    const path = join(folder, NAME);
    if (!existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    for (const one of text.split('\n')) {
      const line = jsonOf(one);
      if (isLine(line)) this.#lines.set(line.name, line);
    }
    // A line that a killed run tore ends here, so that the next one is whole.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(path, '\n');
  }

  /** What is known of a name; a file's line only while the file is as it was, and none from the future. */
  known(name: string): Line | undefined {
    const line = this.#lines.get(name);
    // What was checked later than now was checked by another clock: nobody can tell how long ago.
    if (line === undefined || line.checked > moment()) return undefined;
    if ('absent' in line) return line;
    const stat = statSync(join(this.folder, name), { throwIfNoEntry: false });
    return stat?.size === line.bytes && stat.mtimeMs === line.changed ? line : undefined;
  }

  /** The digest of a file that lies there, or undefined if none does. */
  async digest(name: string): Promise<string | undefined> {
    const line = this.known(name);
    if (line && 'sha256' in line) return line.sha256;
    const path = join(this.folder, name);
    return existsSync(path) ? digestOf(path) : undefined;
  }

  /** Note that a file lies there and is what its source has. */
  fetched(name: string, url: string, sha256: string, rows?: number): Fetched {
    const { size, mtimeMs } = statSync(join(this.folder, name));
    const at = { changed: mtimeMs, checked: moment() };
    const line = { name, url, sha256, bytes: size, ...at, ...(rows === undefined ? {} : { rows }) };
    this.#append(line);
    return line;
  }

  /** Note that the source does not have it. */
  missed(name: string): void {
    this.#append({ name, absent: true, checked: moment() });
  }

  #append(line: Line): void {
    appendFileSync(join(this.folder, NAME), `${JSON.stringify(line)}\n`);
    this.#lines.set(line.name, line);
  }
}

function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null) return false;
  if (!('name' in value && typeof value.name === 'string')) return false;
  if (!('checked' in value && typeof value.checked === 'string')) return false;
  if ('absent' in value) return value.absent === true;
  const texts = 'sha256' in value && typeof value.sha256 === 'string' && 'url' in value;
  const sizes = 'bytes' in value && typeof value.bytes === 'number' && 'changed' in value;
  return texts && sizes && typeof value.url === 'string' && typeof value.changed === 'number';
}
