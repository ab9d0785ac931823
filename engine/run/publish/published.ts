import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sha256 } from '../../store/digest.js';
import { unlessAbsent } from '../../store/failure.js';
import { canonical } from '../../yaml/canonical.js';
import type { JsonObject } from '../../yaml/value.js';

/** What stands in every folder that a pipeline publishes to: whose it is, and what each file was copied from. */
export const LEDGER = '.published.json';

/** A copy as it was when it was made; size and times spare the look into it. */
export interface PublishedFile extends JsonObject {
  readonly sha256: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  /** Of a table: its rows, and the first and last time in it, ISO; null where it has none. */
  readonly rows: number | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Of a table on a regular clock: rows of the clock that are absent or hold no number. Older ledgers do not say. */
  readonly gaps?: number | null;
  /** Of a table: digest of its columns and of the rules that they keep. Older ledgers do not say. */
  readonly schema?: string;
  /** The runs that its rows are of, in the order in which they published; absent where all are of the port's run. */
  readonly runs?: readonly string[];
}

/** What one item published. */
export interface PublishedItem extends JsonObject {
  /** Digest of the output and of how it is split. */
  readonly digest: string;
  /** By path within the folder. */
  readonly files: { readonly [name: string]: PublishedFile };
}

/** What a run is told apart by. */
export interface Origin extends JsonObject {
  readonly run: string;
  readonly profile: string | null;
  /** Top-level parameters that are specs, such as a market: their ids. */
  readonly specs: JsonObject;
  /** All other top-level parameters. */
  readonly params: JsonObject;
}

/** One output of a stage: all items of the run that published last, and what earlier runs gave where that is kept. */
export interface PublishedPort extends Origin {
  readonly stage: string;
  readonly port: string;
  /** Names of the stage's dimensions: an item's folders are its ids, in this order. */
  readonly dims: readonly string[];
  /** By path within the folder, without an ending. */
  readonly items: { readonly [own: string]: PublishedItem };
  /**
   * The copies that are about to be put in place, by file. It is there while the folder changes, and afterwards if the process was
   * killed: what it names is ours, old or new.
   */
  readonly writing: { readonly [name: string]: readonly PublishedFile[] };
}

/** `.published.json` */
export interface Published extends JsonObject {
  readonly format: 3;
  readonly pipeline: string;
  /** By the name that the files bear. */
  readonly ports: { readonly [name: string]: PublishedPort };
}

/** Did a pipeline publish to a folder, or to one around it? The folder is as parameters name it: from the root, or absolute. */
export function isPublished(root: string, folder: string): boolean {
  const top = resolve(root);
  for (let at = resolve(top, folder); ; at = dirname(at)) {
    if (existsSync(join(at, LEDGER))) return true;
    if (at === top || at === dirname(at)) return false;
  }
}

/** What a folder says of itself: undefined if nothing was published there, `damaged` if it cannot be believed. */
export function readPublished(folder: string): Published | 'damaged' | undefined {
  const path = join(folder, LEDGER);
  const text = unlessAbsent(path, () => readFileSync(path, 'utf8'));
  if (text === undefined) return undefined;
  try {
    const { check, ...published } = Object(JSON.parse(text));
    if (sha256(canonical(published)) !== check) return 'damaged';
    if (published.format === 3) return published;
    return published.format === 2 && isSettled(published) ? { ...published, format: 3 } : 'damaged';
  } catch {
    return 'damaged'; // the caller says so
  }
}

/** Ledgers of format 2 differ in what they say of copies under way. */
function isSettled({ ports }: Published): boolean {
  return Object.values(ports).every(({ writing }) => Object.keys(writing).length === 0);
}

/** The text of `.published.json`: with a digest of itself, since what it lists may be removed. */
export function publishedText(published: Published): string {
  return `${canonical({ ...published, check: sha256(canonical(published)) })}\n`;
}

/** The files of a port by name. */
export function filesOf(port: PublishedPort | undefined): ReadonlyMap<string, PublishedFile> {
  return new Map(Object.values(port?.items ?? {}).flatMap(({ files }) => Object.entries(files)));
}

/**
 * Digest of what a folder says of itself, as long as every file stands there as it says; undefined where one does not, and where a
 * process was killed while it published.
 */
export function publication(root: string, to: string): string | undefined {
  const folder = resolve(root, to);
  const found = readPublished(folder);
  if (found === undefined || found === 'damaged') return undefined;
  const whole = Object.values(found.ports).every((port) => {
    const files = [...filesOf(port)];
    return (
      Object.keys(port.writing).length === 0 &&
      files.every(([name, file]) => isSame(join(folder, name), file))
    );
  });
  return whole ? digestOf(found) : undefined;
}

/** Digest of what a folder says of itself. */
export function digestOf(published: Published): string {
  return sha256(canonical(published));
}

function isSame(path: string, { bytes, mtimeMs, ctimeMs }: PublishedFile): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.size === bytes && stat.mtimeMs === mtimeMs && stat.ctimeMs === ctimeMs;
}
