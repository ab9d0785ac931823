import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Publish, Stage } from '../../graph/graph.js';
import type { Item } from '../../graph/items.js';
import { sha256 } from '../../store/digest.js';
import { digestOf, type Stored } from '../../store/stored.js';
import type { Value } from '../../store/value.js';
import { parts } from '../parts.js';
import type { Wanted } from './commit.js';
import { copyOf, hashOfFile, listed, stateOf } from './copy.js';
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

  /** @param before  What the port held so far. */
  constructor(
    readonly folder: string,
    readonly publish: Publish,
    readonly before: PublishedPort | undefined,
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

  /** Write the copies that are missing, beside their places. @throws store/disk-full … */
  async copy(): Promise<void> {
    for (const { own, item, read } of this.#absent) {
      const made = parts(own, await read(), this.publish.split);
      for (const part of made) this.copies.push({ own, copy: await copyOf(this.folder, part) });
      this.places.set(item, made[0]?.name ?? own);
    }
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
