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
import {
  filesOf,
  type Origin,
  type Published,
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
        if (!this.#stays(own, copy)) this.copies.push({ own, copy });
      }
      this.places.set(item, made[0]?.name ?? own);
    }
  }

  /**
   * Files of periods that a split port holds, and that this run would take away or replace by ones that begin later or end earlier.
   * To be asked once all is copied.
   */
  shortened(): readonly string[] {
    if (this.publish.split === undefined) return [];
    const facts = new Map<string, Copy['facts']>(
      this.copies.map(({ copy }) => [copy.name, copy.facts]),
    );
    return Object.entries(this.items).flatMap(([own, { files }]) =>
      Object.entries(this.before?.items[own]?.files ?? {}).flatMap(([name, old]) =>
        covers(files[name] ?? facts.get(name), old) ? [] : [name],
      ),
    );
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

/** Does a file begin no later and end no earlier than another? ISO times sort as text. */
function covers(file: Copy['facts'] | undefined, old: Copy['facts']): boolean {
  if (old.from === null || old.to === null) return true;
  if (!file || file.from === null || file.to === null) return false;
  return file.from <= old.from && file.to >= old.to;
}
