import { lstatSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Frame, isFrame } from '../../frame/frame.js';
import { makeFolder, temporaryName, writeAtomic } from '../../store/atomic.js';
import { sha256 } from '../../store/digest.js';
import { guarded } from '../../store/failure.js';
import type { Value } from '../../store/value.js';
import { canonical } from '../../yaml/canonical.js';
import { isFile } from '../file-value.js';
import type { Part } from '../parts.js';
import { gapsIn } from './gaps.js';
import type { PublishedFile } from './published.js';

/** A copy that lies beside its place, under a temporary name. */
export interface Copy {
  /** Path within the folder. */
  readonly name: string;
  readonly temporary: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly facts: Pick<PublishedFile, 'rows' | 'from' | 'to' | 'gaps' | 'schema' | 'runs'>;
}

/** What is known of a part beside its value. */
interface About {
  /** Milliseconds between rows of a table on a regular clock. */
  readonly spacing?: number | undefined;
  readonly schema?: string | undefined;
  /** Whose rows it has, if others' as well. */
  readonly runs?: readonly string[];
}

/**
 * Write a part beside its place.
 * @throws store/disk-full …, with nothing left behind
 */
export async function copyOf(
  folder: string,
  { name, value }: Part,
  { spacing, schema, runs }: About = {},
): Promise<Copy> {
  const path = join(folder, name);
  makeFolder(dirname(path));
  const temporary = temporaryName(path, basename(path));
  await write(temporary, value);
  const { size } = guarded(temporary, () => statSync(temporary));
  return {
    name,
    temporary,
    sha256: hashOf(temporary),
    bytes: size,
    facts: { ...factsOf(value, spacing), ...(schema && { schema }), ...(runs && { runs }) },
  };
}

/** Take away what was not put in place. */
export function discard(copies: readonly Copy[]): void {
  for (const { temporary } of copies) guarded(temporary, () => rmSync(temporary, { force: true }));
}

/** What files are called that had to make room. */
export const ASIDE = '.aside';

/** Rename files that stand where copies must go. Folders and links stay. @returns the names that are free now. */
export function setAside(folder: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const path = join(folder, name);
    if (!lstatSync(path).isFile()) return false;
    for (let n = 1; ; n++) {
      const other = `${path}${n === 1 ? '' : `.${n}`}${ASIDE}`;
      if (lstatSync(other, { throwIfNoEntry: false })) continue;
      guarded(other, () => renameSync(path, other));
      return true;
    }
  });
}

/** A file of the folder as `.published.json` lists it. */
export function listed(
  path: string,
  sha256: string,
  { rows, from, to, gaps, schema, runs }: Copy['facts'],
): PublishedFile {
  const { size, mtimeMs, ctimeMs } = guarded(path, () => statSync(path));
  const known = {
    ...(gaps !== undefined && { gaps }),
    ...(schema !== undefined && { schema }),
    ...(runs !== undefined && { runs }),
  };
  return { sha256, bytes: size, mtimeMs, ctimeMs, rows, from, to, ...known };
}

/** How a listed copy stands: only one whose size is right and whose times moved is read. */
export function stateOf(path: string, file: PublishedFile): 'same' | 'touched' | 'other' | 'gone' {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 'gone';
  if (!stat.isFile() || stat.size !== file.bytes) return 'other';
  if (stat.mtimeMs === file.mtimeMs && stat.ctimeMs === file.ctimeMs) return 'same';
  return hashOf(path) === file.sha256 ? 'touched' : 'other';
}

/** The SHA-256 of a plain file; undefined of what is none, or absent. */
export function hashOfFile(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? hashOf(path) : undefined;
}

function hashOf(path: string): string {
  return sha256(guarded(path, () => readFileSync(path)));
}

async function write(path: string, value: Value): Promise<void> {
  if (isFrame(value)) {
    const { writeParquet } = await import('../../store/codecs/parquet.js');
    await writeParquet(value, path);
    return;
  }
  const bytes = isFile(value) ? value.bytes : Buffer.from(`${canonical(value)}\n`);
  writeAtomic(path, 'copy', bytes, 'relaxed', 0o644);
}

function factsOf(value: Value, spacing: number | undefined): Copy['facts'] {
  if (!isFrame(value)) return { rows: null, from: null, to: null, gaps: null };
  const gaps = spacing === undefined ? null : gapsIn(value, spacing);
  return { rows: value.length, ...spanOf(value), gaps };
}

/** The first and last time of the first time column. */
function spanOf(frame: Frame): { readonly from: string | null; readonly to: string | null } {
  const clock = frame.fields.find((f) => f.dtype === 'time')?.name;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of clock === undefined ? [] : frame.time(clock)) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const iso = (time: number) => (Number.isFinite(time) ? new Date(time).toISOString() : null);
  return { from: iso(first), to: iso(last) };
}
