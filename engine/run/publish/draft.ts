import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Publish, Stage } from '../../graph/graph.js';
import type { Item } from '../../graph/items.js';
import { sha256 } from '../../store/digest.js';
import { digestOf, type Stored } from '../../store/stored.js';
import type { Value } from '../../store/value.js';
import { parts } from '../parts.js';
import type { Wanted } from './commit.js';
import { type Copy, copyOf, discard, hashOfFile, listed, stateOf } from './copy.js';
import { wouldLose } from './lost.js';
import {
  filesOf,
  type Origin,
  type Published,
  type PublishedFile,
  type PublishedItem,
  type PublishedPort,
} from './published.js';

/** What a port shall hold once all items of a run are there; until then only temporary names are written. */
export class Draft {
  /** What each item publishes; files that must be copied are not listed yet. */
  readonly items: Record<string, PublishedItem> = {};
  readonly copies: Wanted['copies'][number][] = [];
  /** The first file of every item, by the item's name. */
  readonly places = new Map<string, string>();
  /** Names of copies that hold all that the files in their places hold. */
  readonly #covering = new Set<string>();
  readonly #absent: { own: string; item: string; read: () => Promise<Value> }[] = [];

  /**
   * @param before   What the port held so far.
   * @param spacing  Milliseconds between rows, where the port's contract says so.
   */
  constructor(
    readonly folder: string,
    readonly publish: Publish,
    readonly before: PublishedPort | undefined,
    readonly spacing?: number | undefined,
  ) {}

  /** Take in one item: what is in place already stays, everything else is to be copied. */
  add(item: Item, stored: Stored, read: () => Promise<Value>): void {
    const { name, split } = this.publish;
    const own = join(...item.points.map((p) => p.id), name);
    const digest = sha256(`${digestOf(stored)} ${split ?? ''}`);
    const intact = this.#intact(own, digest);
    this.items[own] = intact ?? { digest, files: {} };
    this.places.set(item.name, Object.keys(intact?.files ?? {})[0] ?? own);
    if (!intact) this.#absent.push({ own, item: item.name, read });
  }

  /** Is every file of these items in place? */
  get complete(): boolean {
    return this.#absent.length === 0;
  }

  /** Write the copies that are missing, beside their places; one that equals what is in place is dropped. @throws store/disk-full … */
  async copy(): Promise<void> {
    for (const { own, item, read } of this.#absent) {
      const made = parts(own, await read(), this.publish.split);
      for (const part of made) {
        const copy = await copyOf(this.folder, part, this.spacing);
        if (this.#stays(own, copy)) continue;
        this.copies.push({ own, copy });
        const old = this.before?.items[own]?.files[part.name];
        if (old && !wouldLose(part.value, old, this.spacing)) this.#covering.add(part.name);
      }
      this.places.set(item, made[0]?.name ?? own);
    }
  }

  /**
   * What a split port holds and this run would take away: items, and files of periods that it lacks or has less of. A file that
   * somebody removed is not missed. To be asked once all is copied.
   */
  lost(): readonly string[] {
    if (this.publish.split === undefined) return [];
    return Object.entries(this.before?.items ?? {}).flatMap(([own, { files }]) => {
      const rows = Object.keys(files).filter((name) => this.#hasRows(name, files[name]));
      const now = this.items[own];
      if (now === undefined) return rows.length > 0 ? [own] : [];
      return rows.filter((name) => !(name in now.files || this.#covering.has(name)));
    });
  }

  /** The port as `.published.json` lists it, as far as its files are in place. */
  listed(stage: Stage, origin: Origin): PublishedPort {
    const dims = stage.dims.map((d) => d.name);
    const { port } = this.publish;
    return { ...origin, stage: stage.path, port, dims, items: this.items, writing: {} };
  }

  /** What stands where copies must go: folders, links, and files of which nobody knows that they are ours. */
  inTheWay({ ports }: Published): readonly string[] {
    const ours = new Set(
      Object.values(ports).flatMap((port) => [
        ...filesOf(port).keys(),
        ...Object.keys(port.writing),
      ]),
    );
    return this.copies.flatMap(({ copy: { name, sha256: wanted } }) => {
      const path = join(this.folder, name);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (!stat) return [];
      if (!stat.isFile()) return [name];
      return ours.has(name) || hashOfFile(path) === wanted ? [] : [name];
    });
  }

  /** Is a table there still, and not an empty one? */
  #hasRows(name: string, file: PublishedFile | undefined): boolean {
    if ((file?.rows ?? 0) === 0) return false;
    return lstatSync(join(this.folder, name), { throwIfNoEntry: false }) !== undefined;
  }

  /** Is the same file in place already? Then it is part of what is published, and untouched. */
  #stays(own: string, copy: Copy): boolean {
    const file = this.before?.items[own]?.files[copy.name];
    const path = join(this.folder, copy.name);
    if (file?.sha256 !== copy.sha256 || !['same', 'touched'].includes(stateOf(path, file)))
      return false;
    discard([copy]);
    const { digest = '', files = {} } = this.items[own] ?? {};
    this.items[own] = { digest, files: { ...files, [copy.name]: listed(path, file.sha256, file) } };
    return true;
  }

  #intact(own: string, digest: string): PublishedItem | undefined {
    const known = this.before?.items[own];
    const files = Object.entries(known?.files ?? {});
    if (known?.digest !== digest || files.length === 0) return undefined;
    const found = files.map(([name, file]) => {
      const path = join(this.folder, name);
      const state = stateOf(path, file);
      if (state === 'same') return [name, file] as const;
      return state === 'touched' ? ([name, listed(path, file.sha256, file)] as const) : undefined;
    });
    const there = found.filter((one) => one !== undefined);
    return there.length < found.length ? undefined : { digest, files: Object.fromEntries(there) };
  }
}
