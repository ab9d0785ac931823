import { join } from 'node:path';
import { type Diagnostic, reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import type { Entry } from '../../plan/entry.js';
import type { Walk } from '../../plan/walk.js';
import type { Lost } from '../../store/object.js';
import type { Stored } from '../../store/stored.js';
import { readValue, type Value } from '../../store/value.js';
import { canonical } from '../../yaml/canonical.js';
import type { Emit } from '../events.js';
import type { Project } from '../project.js';
import { commit, type Left, type Wanted } from './commit.js';
import { discard, setAside } from './copy.js';
import { Draft } from './draft.js';
import { alone } from './lock.js';
import {
  digestOf,
  type Origin,
  type Published,
  type PublishedPort,
  publication,
} from './published.js';
import { tableOf } from './table.js';
import { ownedOf, type Target, targetsOf } from './target.js';
import {
  changed,
  filled,
  foreign,
  inTheWay,
  kept,
  left,
  otherwise,
  putAside,
  unreadable,
} from './told.js';
import { unlike } from './unlike.js';
import { gapOf } from './whole.js';

const report = reporter({
  'publish/lost': '{item}.{port} cannot be published: object {object} is {state}.',
});

/** What a folder holds, and what it shall hold. */
interface Drawn {
  readonly before: Published;
  /** `.published.json` cannot be believed. */
  readonly damaged: boolean;
  readonly drafts: readonly Draft[];
}

/**
 * Copies outputs to where people and other programs look for them. A published port is one run's: it changes when every item
 * of it is there, and then holds these items and no others. In a folder with split tables what a run does not have stays: items,
 * periods, and rows of a period.
 */
export class Publisher {
  /** What each folder that this run publishes to said of itself when the run was done with it; undefined where it is not whole. */
  readonly publications: Record<string, string | undefined> = {};

  /** @param mend  Makes lost objects of an item's outputs anew. */
  constructor(
    readonly project: Project,
    readonly origin: Origin,
    readonly mend: (entry: Entry, lost: readonly Lost[]) => Promise<unknown>,
    readonly emit: Emit,
    readonly warn: (problem: Diagnostic) => void,
    /** Ends the wait for others that publish to the same folder. */
    readonly signal: AbortSignal,
    /** What the run does not have goes, also where it would stay. */
    readonly prune = false,
  ) {}

  /**
   * Publish everything that stages of a finished walk ask for.
   * @returns project-relative paths by `item.port`.
   * @throws publish/not-ours, publish/lost, store/disk-full …
   */
  async publish(walk: Walk): Promise<ReadonlyMap<string, string>> {
    const { graph } = walk.compiled;
    const paths = new Map<string, string>();
    for (const target of targetsOf(graph)) await this.#folder(walk, target, paths);
    return paths;
  }

  async #folder(walk: Walk, target: Target, paths: Map<string, string>): Promise<void> {
    const gap = gapOf(walk, target.stage);
    const folder = join(this.project.root, target.to);
    const found = this.#draw(walk, target);
    if (gap !== undefined) {
      for (const { publish } of found.drafts) this.warn(kept(target, publish, found.before, gap));
      return;
    }
    let whole: readonly Draft[] | undefined = found.drafts;
    if (this.#isCurrent(target, found)) this.publications[target.to] = digestOf(found.before);
    else {
      // Once nobody else is at it, it may be another folder than the one just seen.
      const renew = () => this.#renew(target, this.#draw(walk, target));
      whole = await alone(folder, renew, { signal: this.signal });
    }
    for (const { places, publish } of whole ?? []) {
      for (const [item, name] of places)
        paths.set(`${item}.${publish.port}`, join(target.to, name));
    }
    for (const problem of unlike(this.project.lake, walk.compiled.graph, target, whole ?? []))
      this.warn(problem);
  }

  /** Put in place what differs, and note what then stands there; nobody else changes it meanwhile. */
  async #renew(target: Target, drawn: Drawn): Promise<readonly Draft[]> {
    const drafts = await this.#replace(target, drawn);
    this.publications[target.to] = publication(this.project.root, target.to);
    return drafts;
  }

  /** What the folder holds, and what it shall hold: sizes and times are looked at, nothing is written. */
  #draw(walk: Walk, target: Target): Drawn {
    const { stage, to, ports } = target;
    const folder = join(this.project.root, to);
    const { name: pipeline } = walk.compiled.graph;
    const found = ownedOf(this.project.root, target, pipeline);
    const empty: Published = { format: 3, pipeline, ports: {} };
    const before = found === undefined || found === 'damaged' ? empty : found;
    const keeps = !this.prune && ports.some(({ split }) => split !== undefined);
    const drafts = ports.map((publish) => {
      const table = tableOf(walk.compiled.graph, stage, publish.port);
      const dims = stage.dims.map((d) => d.name);
      const occasion = { run: this.origin.run, keeps, table, dims };
      const draft = new Draft(folder, publish, before.ports[publish.name], occasion);
      for (const item of walk.items.of(stage)) {
        const entry = walk.entryOf(item);
        const { port } = publish;
        const stored = entry.state.kind === 'given' ? entry.state.outputs[port] : undefined;
        if (stored) draft.add(item, stored, () => this.#read(entry, port, stored));
      }
      return draft;
    });
    return { before, damaged: found === 'damaged', drafts };
  }

  #isCurrent({ stage, ports }: Target, { before, damaged, drafts }: Drawn): boolean {
    if (damaged || Object.keys(before.ports).length !== ports.length) return false;
    return drafts.every(
      (draft) =>
        draft.complete &&
        isEqual(before.ports[draft.publish.name], draft.listed(stage, this.origin)),
    );
  }

  /** Put in place what differs, once all of it is there. Gives the ports that now hold what this run gave. */
  async #replace(target: Target, { before, damaged, drafts }: Drawn): Promise<readonly Draft[]> {
    const { stage, to, ports } = target;
    if (damaged) this.warn(unreadable(target));
    try {
      for (const draft of drafts) await draft.copy();
      const whole = drafts.filter((draft) => this.#hasRoom(target, draft, before, damaged));
      const wanted = new Map(
        whole.map((draft): [string, Wanted] => {
          const port = draft.listed(stage, this.origin);
          return [draft.publish.name, { port, copies: draft.copies }];
        }),
      );
      const declared = new Set(ports.map(({ name }) => name));
      const dropped = new Set(Object.keys(before.ports).filter((name) => !declared.has(name)));
      if (wanted.size + dropped.size > 0)
        this.#tell(target, whole, commit(join(this.project.root, to), before, wanted, dropped));
      return whole;
    } finally {
      discard(drafts.flatMap(({ copies }) => copies.map(({ copy }) => copy)));
    }
  }

  /** May all copies of a port be put in place? What stands there and is nobody's is told, or set aside. */
  #hasRoom(target: Target, draft: Draft, before: Published, damaged: boolean): boolean {
    const unlike = draft.ofOthers(this.origin.specs);
    if (unlike !== undefined) {
      this.warn(foreign(target, draft.publish, before, unlike));
      return false;
    }
    const others = draft.splitOtherwise();
    if (others.length > 0) {
      this.warn(otherwise(target, draft.publish, before, others));
      return false;
    }
    const found = draft.inTheWay(before);
    // Nobody knows whose they are, and they might be the last copies of something.
    const aside = damaged ? setAside(join(this.project.root, target.to), found) : [];
    if (aside.length > 0) this.warn(putAside(target, aside));
    const files = found.filter((name) => !aside.includes(name));
    if (files.length > 0) {
      this.warn(inTheWay(target, draft.publish, before, files));
      return false;
    }
    const edited = setAside(join(this.project.root, target.to), draft.edited);
    if (edited.length > 0) this.warn(changed(target, edited));
    return true;
  }

  #tell(target: Target, drafts: readonly Draft[], { edited, alien, removed }: Left): void {
    const { to } = target;
    for (const { copy } of drafts.flatMap(({ copies }) => copies)) {
      const { name, bytes, facts } = copy;
      const rows = facts.rows ?? undefined;
      this.emit({ event: 'published', path: join(to, name), rows, bytes });
    }
    for (const draft of drafts) if (draft.filled.size > 0) this.warn(filled(target, draft.filled));
    for (const name of removed) this.emit({ event: 'unpublished', path: join(to, name) });
    if (edited.length > 0)
      this.warn(left(target, edited, 'changed by hand since it was published'));
    if (alien.length > 0) this.warn(left(target, alien, 'not published by this pipeline'));
  }

  async #read(entry: Entry, port: string, stored: Stored): Promise<Value> {
    const { objects } = this.project.store;
    let read = readValue(objects, stored);
    if (read.state === 'lost') {
      await this.mend(entry, read.objects);
      read = readValue(objects, stored);
    }
    if (read.state === 'ok') return read.value;
    const lost = read.objects[0];
    return refuse(
      report('publish/lost', entry.stage.place, {
        item: entry.name,
        port,
        object: lost?.hash,
        state: lost?.state,
      }),
    );
  }
}

/** Is everything the same but the run that gave it? */
function isEqual(before: PublishedPort | undefined, now: PublishedPort): boolean {
  return before !== undefined && canonical({ ...before, run: now.run }) === canonical(now);
}
