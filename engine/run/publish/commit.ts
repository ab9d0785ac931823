import { lstatSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sweep, writeAtomic } from '../../store/atomic.js';
import { errno, guarded, unlessAbsent } from '../../store/failure.js';
import { ASIDE, type Copy, hashOfFile, listed, stateOf } from './copy.js';
import {
  filesOf,
  LEDGER,
  type Published,
  type PublishedFile,
  type PublishedItem,
  type PublishedPort,
  publishedText,
} from './published.js';

/*
 * A port changes in four steps, so that a process may be killed between any two:
 * 1. all new copies lie beside their places, under temporary names;
 * 2. `.published.json` names them under `writing`: from here on a file is ours if it is what the ledger lists or what it is writing;
 * 3. the copies are renamed into place, and files that are no longer part are removed;
 * 4. `.published.json` lists what is there, and nothing is being written.
 * The next run takes up what it finds: files that are not what it wants are copied again, those it does not want are removed.
 */

/** What a port shall hold. */
export interface Wanted {
  /** The port as it shall be listed; its files are those that stay as they are. */
  readonly port: PublishedPort;
  /** New copies, with the item that each belongs to. */
  readonly copies: readonly { readonly own: string; readonly copy: Copy }[];
}

/** What became of files that are no part of what is published; paths within the folder. */
export interface Left {
  /** Copies that somebody changed, and that are no longer part of what is published. */
  readonly edited: readonly string[];
  /** Files that nobody published. */
  readonly alien: readonly string[];
  /** What was removed. */
  readonly removed: readonly string[];
}

/** Make a folder hold what ports shall hold; ports that are not named stay as they are. */
export function commit(
  folder: string,
  before: Published,
  wanted: ReadonlyMap<string, Wanted>,
  dropped: ReadonlySet<string>,
): Left {
  const places = [...wanted.values()].flatMap(({ copies }) => copies.map(({ copy }) => copy));
  const ports = { ...before.ports };
  for (const [name, { port, copies }] of wanted) {
    const writing = announced(before.ports[name], copies, port.run);
    ports[name] = { ...(before.ports[name] ?? { ...port, items: {} }), writing };
  }
  if (places.length > 0) save(folder, { ...before, ports });
  for (const { name, temporary } of places) {
    const path = join(folder, name);
    guarded(path, () => renameSync(temporary, path));
  }
  const after: Record<string, PublishedPort> = { ...before.ports };
  for (const [name, { port, copies }] of wanted)
    after[name] = { ...port, items: withCopies(folder, port.items, copies), writing: {} };
  for (const name of dropped) delete after[name];
  const kept = new Set(Object.values(after).flatMap((port) => [...filesOf(port).keys()]));
  const old = [...wanted.keys(), ...dropped].flatMap((name) => oldOf(folder, ports[name], kept));
  const edited = old.flatMap(({ name, ours }) => (ours ? [] : [name]));
  const removed = old.flatMap(({ name, ours }) => (ours ? [name] : []));
  for (const name of removed) remove(folder, name);
  save(folder, { ...before, ports: after });
  for (const sub of new Set(places.map(({ name }) => dirname(join(folder, name))))) sweep(sub);
  sweep(folder);
  const alien = aliens(folder, kept).filter((name) => !edited.includes(name));
  return { edited, alien, removed };
}

/** What may have been put in place under each name, by this process and by one that was killed before it. */
function announced(
  before: PublishedPort | undefined,
  copies: Wanted['copies'],
  run: string,
): PublishedPort['writing'] {
  const writing: Record<string, readonly PublishedFile[]> = { ...before?.writing };
  for (const { copy } of copies) {
    const { name, sha256, bytes, facts } = copy;
    const others = (writing[name] ?? []).filter((file) => file.sha256 !== sha256);
    // Times are told once it is in place.
    writing[name] = [...others, { sha256, bytes, mtimeMs: 0, ctimeMs: 0, runs: [run], ...facts }];
  }
  return writing;
}

function withCopies(
  folder: string,
  stay: PublishedPort['items'],
  copies: Wanted['copies'],
): PublishedPort['items'] {
  const items: Record<string, PublishedItem> = { ...stay };
  for (const { own, copy } of copies) {
    const file = listed(join(folder, copy.name), copy.sha256, copy.facts);
    const { digest = '', files = {} } = items[own] ?? {};
    items[own] = { digest, files: { ...files, [copy.name]: file } };
  }
  return items;
}

/** What a port published earlier, nobody publishes now, and is still there. What somebody changed is no longer ours. */
function oldOf(
  folder: string,
  port: PublishedPort | undefined,
  kept: ReadonlySet<string>,
): readonly { readonly name: string; readonly ours: boolean }[] {
  const files = filesOf(port);
  const names = new Set([...files.keys(), ...Object.keys(port?.writing ?? {})]);
  return [...names].sort().flatMap((name) => {
    const path = join(folder, name);
    if (kept.has(name) || !lstatSync(path, { throwIfNoEntry: false })) return [];
    return [{ name, ours: isOurs(path, files.get(name), port?.writing[name] ?? []) }];
  });
}

function isOurs(path: string, file: PublishedFile | undefined, writing: readonly PublishedFile[]) {
  if (file && ['same', 'touched'].includes(stateOf(path, file))) return true;
  const hash = writing.length > 0 ? hashOfFile(path) : undefined;
  return writing.some(({ sha256 }) => sha256 === hash);
}

/** Remove a file, and the folders that it leaves empty. */
function remove(top: string, name: string): void {
  const path = join(top, name);
  guarded(path, () => rmSync(path, { force: true }));
  for (let at = dirname(path); at !== top; at = dirname(at)) {
    try {
      rmdirSync(at);
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errno(error) ?? '')) return;
      throw error;
    }
  }
}

/** Files of a folder that nobody published; hidden ones, those set aside and folders that say themselves whose they are do not count. */
function aliens(folder: string, kept: ReadonlySet<string>, under = ''): readonly string[] {
  const entries = unlessAbsent(folder, () => readdirSync(folder, { withFileTypes: true })) ?? [];
  if (under !== '' && entries.some(({ name }) => name === LEDGER)) return [];
  return entries
    .filter(({ name }) => !name.startsWith('.') && !name.endsWith(ASIDE))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = under + entry.name;
      if (entry.isDirectory()) return aliens(join(folder, entry.name), kept, `${name}/`);
      return kept.has(name) ? [] : [name];
    });
}

function save(folder: string, published: Published): void {
  const text = Buffer.from(publishedText(published));
  writeAtomic(join(folder, LEDGER), LEDGER, text, 'relaxed', 0o644);
}
