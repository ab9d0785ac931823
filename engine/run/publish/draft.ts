import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { isFrame } from '../../frame/frame.js';
import type { Publish, Stage } from '../../graph/graph.js';
import type { Item } from '../../graph/items.js';
import { sha256 } from '../../store/digest.js';
import { digestOf, type Stored } from '../../store/stored.js';
import type { Value } from '../../store/value.js';
import type { JsonObject } from '../../yaml/value.js';
import { isPartOf, type Part, parts } from '../parts.js';
import { abreast } from './abreast.js';
import type { Wanted } from './commit.js';
import { type Copy, hashOfFile } from './copy.js';
import { type Placed, place } from './place.js';
import {
  filesOf,
  type Origin,
  type Published,
  type PublishedFile,
  type PublishedItem,
  type PublishedPort,
} from './published.js';
import { inPlace, stands } from './stands.js';
import { schemaOf, spanOf, type Table } from './table.js';

/** Specs as a person names them: `market demo`. */
function namesOf(specs: JsonObject): string {
  const names = Object.entries(specs).map(([name, ids]) => `${name} ${[ids].flat().join(', ')}`);
  return names.sort().join(', ') || 'no spec';
}

/** What a port is drafted for. */
export interface Occasion {
  readonly run: string;
  /** Items and periods that the run does not have stay. */
  readonly keeps: boolean;
  readonly table: Table;
  /** Names of the stage's dimensions. */
  readonly dims: readonly string[];
}

/** An item that is not in place. */
interface Absent {
  readonly own: string;
  readonly item: string;
  readonly schema: string | undefined;
  readonly read: () => Promise<Value>;
}

/** What a port shall hold once all items of a run are there; until then only temporary names are written. */
export class Draft {
  /** What each item publishes; files that must be copied are not listed yet. */
  readonly items: Record<string, PublishedItem> = {};
  readonly copies: Wanted['copies'][number][] = [];
  /** The first file of every item, by the item's name. */
  readonly places = new Map<string, string>();
  /** Files that somebody changed since they were published, and that cannot stay where they are. */
  readonly edited: string[] = [];
  /** How many rows of earlier runs stand between those of this one, by file. */
  readonly filled = new Map<string, number>();
  readonly #schemas = new Set<string>();
  readonly #absent: Absent[] = [];
  #others: Readonly<Record<string, PublishedItem>> | undefined;

  /** @param before  What the port held so far. */
  constructor(
    readonly folder: string,
    readonly publish: Publish,
    readonly before: PublishedPort | undefined,
    readonly occasion: Occasion,
  ) {}

  /** Take in one item: what is in place already stays, everything else is to be copied. */
  add(item: Item, stored: Stored, read: () => Promise<Value>): void {
    const { name, split } = this.publish;
    const own = join(...item.points.map((p) => p.id), name);
    const digest = sha256(`${digestOf(stored)} ${split ?? ''}`);
    const schema = schemaOf(stored, this.occasion.table);
    if (schema !== undefined) this.#schemas.add(schema);
    const intact = this.#intact(own, digest);
    this.items[own] = intact ?? { digest, files: {} };
    this.places.set(item.name, Object.keys(intact?.files ?? {})[0] ?? own);
    if (!intact) this.#absent.push({ own, item: item.name, schema, read });
  }

  /** Is every file of these items in place? */
  get complete(): boolean {
    return this.#absent.length === 0;
  }

  /** Write the copies that are missing, beside their places; one that equals what is in place is dropped. @throws store/disk-full … */
  async copy(): Promise<void> {
    for (const absent of this.#absent) {
      const { own, item } = absent;
      const value = await absent.read();
      const all = parts(own, value, this.publish.split);
      const stay = this.#otherPeriods(own, new Set(all.map(({ name }) => name)));
      for (const [name, file] of Object.entries(stay)) this.#list(own, name, file);
      // A table without rows adds nothing to one that has some.
      const none = isFrame(value) && value.length === 0 && Object.keys(stay).length > 0;
      const made = none ? [] : all;
      const placed = await abreast(made, (part) => this.#place(absent, part, value));
      // Also where one has failed: whoever discards copies must know of all.
      for (const [at, part] of made.entries()) this.#keep(own, part, placed[at]);
      for (const each of placed) if (each.status === 'rejected') throw each.reason;
      this.places.set(item, made[0]?.name ?? Object.keys(stay)[0] ?? own);
    }
  }

  /** Names of specs, such as a market, of which a port that keeps what it holds has tables, where this run is of others. */
  ofOthers(specs: JsonObject): readonly [held: string, now: string] | undefined {
    const { before, occasion } = this;
    if (!occasion.keeps || !before || Object.keys(before.items).length === 0) return undefined;
    const [held, now] = [before.specs, specs].map(namesOf);
    return held === undefined || now === undefined || held === now ? undefined : [held, now];
  }

  /** Files that are split by other dimensions or periods than this run splits by, in a port that keeps what it holds. */
  splitOtherwise(): readonly string[] {
    const { keeps, dims } = this.occasion;
    if (!keeps) return [];
    const others = this.before?.dims.join() !== dims.join();
    return Object.entries(this.before?.items ?? {}).flatMap(([own, { files }]) =>
      Object.keys(files).filter((name) => others || !isPartOf(own, name, this.publish.split)),
    );
  }

  /** Kept tables of other columns, units or rules than those of this run. */
  unlike(): readonly { readonly name: string; readonly run: string }[] {
    if (this.#schemas.size === 0) return [];
    return Object.values({ ...this.#otherItems(), ...this.items }).flatMap(({ files }) =>
      Object.entries(files).flatMap(([name, { rows, schema, runs }]) => {
        if (schema === undefined || this.#schemas.has(schema) || !rows) return [];
        return [{ name, run: runs?.at(-1) ?? this.occasion.run }];
      }),
    );
  }

  /** The port as `.published.json` lists it, as far as its files are in place. */
  listed(stage: Stage, origin: Origin): PublishedPort {
    const { dims } = this.occasion;
    const { port } = this.publish;
    const items = { ...this.#otherItems(), ...this.items };
    return { ...origin, stage: stage.path, port, dims, items, writing: {} };
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

  async #place({ own, schema }: Absent, part: Part, whole: Value): Promise<Placed> {
    const { folder, publish } = this;
    const { run, table, keeps } = this.occasion;
    const old = this.#published(own, part.name);
    const span = keeps && publish.split && isFrame(whole) ? spanOf(whole, table) : undefined;
    return place(part, old, { folder, run, table, schema, span });
  }

  #keep(own: string, { name }: Part, ended: PromiseSettledResult<Placed> | undefined): void {
    if (ended?.status !== 'fulfilled') return;
    const placed = ended.value;
    if (placed.inside > 0) this.filled.set(name, placed.inside);
    if (placed.kind === 'stays') {
      this.#list(own, name, placed.file);
      return;
    }
    this.copies.push({ own, copy: placed.copy });
    if (this.occasion.keeps && this.#isEdited(own, placed.copy)) this.edited.push(name);
  }

  #list(own: string, name: string, file: PublishedFile): void {
    const { digest = '', files = {} } = this.items[own] ?? {};
    this.items[own] = { digest, files: { ...files, [name]: file } };
  }

  /** A file as it stands; one that somebody changed does not count. */
  #published(own: string, name: string): PublishedFile | undefined {
    const { before, folder } = this;
    const file = before?.items[own]?.files[name];
    if (!before || !file) return undefined;
    return this.occasion.keeps ? stands(folder, name, file, before) : inPlace(folder, name, file);
  }

  /** Is there a published file that is neither what the ledger lists nor what it would be replaced by? What has only to be restored is not told. */
  #isEdited(own: string, { name, sha256: wanted }: Copy): boolean {
    const file = this.before?.items[own]?.files[name];
    const there = lstatSync(join(this.folder, name), { throwIfNoEntry: false })?.isFile();
    return (
      file !== undefined && there === true && file.sha256 !== wanted && !this.#published(own, name)
    );
  }

  /** Periods of an item that this run does not have, as they stand. */
  #otherPeriods(own: string, made: ReadonlySet<string>): Readonly<Record<string, PublishedFile>> {
    if (!this.occasion.keeps || this.publish.split === undefined) return {};
    const names = Object.entries(this.before?.items[own]?.files ?? {}).flatMap(
      ([name, { rows }]) => (made.has(name) || rows === 0 ? [] : [name]),
    );
    return this.#standing(own, names);
  }

  /** Items that this run does not have, as they stand. */
  #otherItems(): Readonly<Record<string, PublishedItem>> {
    if (!this.occasion.keeps) return {};
    this.#others ??= Object.fromEntries(
      Object.entries(this.before?.items ?? {}).flatMap(([own, { digest, files }]) => {
        const there = own in this.items ? {} : this.#standing(own, Object.keys(files));
        return Object.keys(there).length > 0 ? [[own, { digest, files: there }]] : [];
      }),
    );
    return this.#others;
  }

  #standing(own: string, names: readonly string[]): Readonly<Record<string, PublishedFile>> {
    return Object.fromEntries(
      names.flatMap((name) => {
        const file = this.#published(own, name);
        return file ? [[name, file]] : [];
      }),
    );
  }

  #intact(own: string, digest: string): PublishedItem | undefined {
    const known = this.before?.items[own];
    const files = Object.entries(known?.files ?? {});
    if (known?.digest !== digest || files.length === 0) return undefined;
    // What other runs gave is no part of a port that holds one run alone.
    if (!this.occasion.keeps && files.some(([, { runs }]) => runs)) return undefined;
    const there = files.flatMap(([name, file]) => {
      const found = inPlace(this.folder, name, file);
      return found ? [[name, found] as const] : [];
    });
    return there.length < files.length ? undefined : { digest, files: Object.fromEntries(there) };
  }
}
