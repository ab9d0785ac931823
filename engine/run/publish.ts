import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { isFrame } from '../frame/frame.js';
import type { Publish } from '../graph/graph.js';
import type { Entry } from '../plan/entry.js';
import type { Walk } from '../plan/walk.js';
import { makeFolder, sweep, writeAtomic } from '../store/atomic.js';
import { sha256 } from '../store/digest.js';
import { unlessAbsent } from '../store/failure.js';
import type { Lost } from '../store/object.js';
import { digestOf, type Stored } from '../store/stored.js';
import { readValue, type Value } from '../store/value.js';
import { canonical } from '../yaml/canonical.js';
import type { Emit } from './events.js';
import { isFile } from './file-value.js';
import { parts } from './parts.js';
import type { Project } from './project.js';
import { LEDGER } from './published.js';

const report = reporter({
  'publish/not-ours':
    'Folder {folder} is published by pipeline "{owner}"; "{pipeline}" may not write there.',
  'publish/lost': '{item}.{port} cannot be published: object {object} is {state}.',
  'publish/no-ledger': '{path} cannot be read: everything there is published anew.',
});

/** What stands in a published folder: whose it is, and for every file what it was copied from. */
interface Ledger {
  readonly pipeline: string;
  readonly files: Record<
    string,
    { readonly digest: string; readonly bytes: number; readonly mtimeMs: number }
  >;
}

/** Copies outputs to where people and other programs look for them, each file whole or not at all. */
export class Publisher {
  readonly #ledgers = new Map<string, Ledger>();
  readonly #touched = new Set<string>();

  /** @param mend  Makes lost objects of an item's outputs anew. */
  constructor(
    readonly project: Project,
    readonly mend: (entry: Entry, lost: readonly Lost[]) => Promise<unknown>,
  ) {}

  /**
   * Publish everything that stages of a finished walk ask for.
   * @returns project-relative paths by `item.port`.
   * @throws publish/not-ours, publish/lost, store/disk-full …
   */
  async publish(walk: Walk, emit: Emit): Promise<ReadonlyMap<string, string>> {
    const paths = new Map<string, string>();
    for (const stage of walk.compiled.graph.stages) {
      for (const publish of stage.publish) {
        for (const item of walk.items.of(stage)) {
          const entry = walk.entryOf(item);
          const stored =
            entry.state.kind === 'given' ? entry.state.outputs[publish.port] : undefined;
          if (!stored) continue;
          const path = await this.#one(walk.compiled.graph.name, entry, publish, stored, emit);
          paths.set(`${item.name}.${publish.port}`, path);
        }
      }
    }
    this.#save();
    return paths;
  }

  async #one(
    pipeline: string,
    entry: Entry,
    publish: Publish,
    stored: Stored,
    emit: Emit,
  ): Promise<string> {
    const folder = join(this.project.root, publish.to);
    const ledger = this.#ledger(folder, pipeline, publish, emit);
    const own = join(...entry.item.points.map((p) => p.id), publish.name);
    const digest = sha256(`${digestOf(stored)} ${publish.split ?? ''}`);
    const marker = relative(folder, join(folder, own));
    const known = Object.entries(ledger.files).filter(
      ([name]) => name === marker || name.startsWith(`${marker}.`) || name.startsWith(`${marker}/`),
    );
    const intact =
      known.length > 0 &&
      known.every(([name, file]) => file.digest === digest && same(join(folder, name), file));
    if (intact) return relative(this.project.root, join(folder, known[0]?.[0] ?? own));
    for (const [name] of known) delete ledger.files[name];
    const value = await this.#read(entry, publish.port, stored);
    let first: string | undefined;
    for (const part of parts(own, value, publish.split)) {
      const path = join(folder, part.name);
      makeFolder(dirname(path));
      await write(path, part.value);
      sweep(dirname(path));
      const { size, mtimeMs } = statSync(path);
      ledger.files[part.name] = { digest, bytes: size, mtimeMs };
      first ??= path;
      emit({
        event: 'published',
        path: relative(this.project.root, path),
        rows: isFrame(part.value) ? part.value.length : undefined,
        bytes: size,
      });
    }
    this.#touched.add(folder);
    return relative(this.project.root, first ?? join(folder, own));
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

  #ledger(folder: string, pipeline: string, publish: Publish, emit: Emit): Ledger {
    const known = this.#ledgers.get(folder);
    if (known) return known;
    const path = join(folder, LEDGER);
    const found = readLedger(path);
    if (!found && statSync(path, { throwIfNoEntry: false })) {
      const problem = report('publish/no-ledger', publish.place, { path }, { severity: 'warning' });
      emit({ event: 'warning', problem });
    }
    if (found && found.pipeline !== pipeline) {
      refuse(
        report('publish/not-ours', publish.place, {
          folder: publish.to,
          owner: found.pipeline,
          pipeline,
        }),
      );
    }
    const ledger = found ?? { pipeline, files: {} };
    this.#ledgers.set(folder, ledger);
    return ledger;
  }

  #save(): void {
    for (const folder of this.#touched) {
      const text = `${canonical({ ...this.#ledgers.get(folder) } as never)}\n`;
      replace(join(folder, LEDGER), Buffer.from(text));
      sweep(folder);
    }
  }
}

function same(path: string, file: { readonly bytes: number; readonly mtimeMs: number }): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && stat.size === file.bytes && stat.mtimeMs === file.mtimeMs;
}

/** What a folder's ledger says; undefined where there is none, or one that is damaged. */
function readLedger(path: string): Ledger | undefined {
  const text = unlessAbsent(path, () => readFileSync(path, 'utf8'));
  try {
    const { pipeline, files } = Object(text === undefined ? undefined : JSON.parse(text));
    const whole = typeof pipeline === 'string' && typeof files === 'object' && files !== null;
    return whole && Object.values(files).every(isPublished) ? { pipeline, files } : undefined;
  } catch {
    return undefined; // told by the caller
  }
}

function isPublished(file: unknown): boolean {
  const { digest, bytes, mtimeMs } = Object(file);
  return typeof digest === 'string' && typeof bytes === 'number' && typeof mtimeMs === 'number';
}

/** One file, written under another name and renamed, so that readers see it whole. */
async function write(path: string, value: Value): Promise<void> {
  if (isFrame(value)) {
    const { writeParquet } = await import('../store/codecs/parquet.js');
    await writeParquet(value, path);
    return;
  }
  replace(path, isFile(value) ? value.bytes : Buffer.from(`${canonical(value)}\n`));
}

function replace(path: string, bytes: Uint8Array): void {
  writeAtomic(path, basename(path), bytes, 'relaxed', 0o644);
}
