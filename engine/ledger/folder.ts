import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeTime, monotonicFactory } from 'ulid';
import type { JsonObject } from '../diag/data.js';
import { type Durability, makeFolder, writeAtomic } from '../store/atomic.js';
import { unlessAbsent } from '../store/failure.js';
import { outputsDigest } from '../store/record.js';
import type { Stored } from '../store/stored.js';
import { canonical } from '../yaml/canonical.js';
import { chain, GENESIS, itemLine } from './chain.js';
import { Lines } from './lines.js';
import { ended, type Manifest, manifestOf, type RunEnd, type RunStart } from './manifest.js';
import { RUN_ID } from './runs.js';
import { redactObject } from './secrets.js';

const newUlid = monotonicFactory();

/** An id that sorts after those of all runs there are, also where the clock was set back: the last run is the last. */
function newId(lake: string): string {
  const names = unlessAbsent(lake, () => readdirSync(join(lake, 'runs'))) ?? [];
  const last = names
    .filter((name) => RUN_ID.test(name))
    .sort()
    .at(-1);
  return newUlid(Math.max(Date.now(), last === undefined ? 0 : decodeTime(last) + 1));
}

/** Outcomes of items that were executed in this run. */
const EXECUTED: ReadonlySet<string> = new Set(['done', 'failed']);

/** One line of `items.jsonl`: which record an item's value is. */
export interface ItemLine {
  readonly item: string;
  readonly key: string | undefined;
  readonly outcome: string;
}

export interface RunFolderOptions {
  /** `run`: every line is on the disk before work goes on. */
  readonly durability: Durability;
}

/**
 * The folder of one run, `lake/runs/<id>/`: `manifest.json` (written at the start and again at the end), `items.jsonl`, and
 * `audit.jsonl`, whose lines are chained by hash. One writer a run.
 */
export class RunFolder {
  readonly id: string;
  readonly folder: string;
  readonly #items: Lines;
  readonly #audit: Lines;
  readonly #durability: Durability;
  #manifest: Manifest;
  /** Items that were not executed, in the order of `items.jsonl`. */
  readonly #fresh = { count: 0, hash: createHash('sha256') };
  #head = GENESIS;
  #count = 0;

  /** @throws store/disk-full, store/read-only … */
  constructor(root: string, lake: string, start: RunStart, { durability }: RunFolderOptions) {
    this.id = newId(lake);
    this.folder = join(lake, 'runs', this.id);
    this.#durability = durability;
    const sync = durability === 'run';
    makeFolder(this.folder);
    this.#manifest = manifestOf(root, this.id, start, new Date());
    this.#write(this.#manifest);
    this.#items = new Lines(join(this.folder, 'items.jsonl'), sync);
    this.#audit = new Lines(join(this.folder, 'audit.jsonl'), sync);
    const { run, pipeline, file, profile, sets, params, specs, code, git, versions } =
      this.#manifest;
    this.audit({
      type: 'genesis',
      run_id: run,
      pipeline,
      file,
      profile,
      sets,
      params,
      specs,
      code,
      git,
      versions,
    });
  }

  /**
   * How an item ended. What was executed has a line of its own in the audit chain; all else is one line at the end, with a digest.
   * @param outputs  what came out of an executed item; its digest is kept.
   */
  item(line: ItemLine, outputs?: Readonly<Record<string, Stored>>): void {
    const { item, key, outcome } = line;
    if (!EXECUTED.has(outcome)) {
      this.fresh([line]);
      return;
    }
    this.#items.add(lineText(line));
    const digest = outputs ? outputsDigest(outputs) : null;
    this.#chained(
      itemLine({ ts: now(), item, key: key ?? null, outcome, outputs: digest }, this.#head),
    );
  }

  /** Items that were not executed, all at once: a run that finds everything known has thousands. */
  fresh(lines: readonly ItemLine[]): void {
    if (lines.length === 0) return;
    this.#items.add(lines.map(lineText).join('\n'));
    this.#fresh.count += lines.length;
    this.#fresh.hash.update(lines.map(freshText).join(''));
  }

  /** Chain a record to `audit.jsonl`; it gets a time. */
  audit(record: JsonObject): void {
    const line = chain({ ts: now(), ...redactObject(record) }, this.#head);
    this.#chained({ text: canonical(line), hash: line.hash });
  }

  #chained({ text, hash }: { readonly text: string; readonly hash: string }): void {
    this.#head = hash;
    this.#count++;
    this.#audit.add(text);
  }

  /** Close the run: the manifest gets its result and the end of the audit chain. */
  end(end: RunEnd): void {
    const { outcome, counts, data, outs } = end;
    const { count, hash } = this.#fresh;
    if (count > 0) this.audit({ type: 'fresh', count, digest: hash.digest('hex') });
    this.audit({ type: 'end', outcome, counts, data, outs });
    this.#items.close();
    this.#audit.close();
    const checkpoint = { count: this.#count, head: this.#head };
    this.#manifest = ended(this.#manifest, end, checkpoint, new Date());
    this.#write(this.#manifest);
  }

  #write(manifest: Manifest): void {
    const path = join(this.folder, 'manifest.json');
    const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    writeAtomic(path, 'manifest.json', text, this.#durability, 0o644);
  }
}

function now(): string {
  return new Date().toISOString();
}

function lineText({ item, key, outcome }: ItemLine): string {
  return JSON.stringify({ item, ...(key === undefined ? {} : { key }), outcome });
}

/** What the digest of items that were not executed is made of. */
function freshText({ item, key, outcome }: ItemLine): string {
  return `${item} ${key ?? ''} ${outcome}\n`;
}
