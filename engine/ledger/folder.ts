import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import type { JsonObject } from '../diag/data.js';
import { canonical } from '../yaml/canonical.js';
import { chain, GENESIS } from './chain.js';
import { Lines } from './lines.js';
import { ended, type Manifest, manifestOf, type RunEnd, type RunStart } from './manifest.js';
import { redactObject } from './secrets.js';

const newId = monotonicFactory();

/** One line of `items.jsonl`: which record an item's value is. */
export interface ItemLine {
  readonly item: string;
  readonly key: string | undefined;
  readonly outcome: string;
}

export interface RunFolderOptions {
  /** `run`: every line is on the disk before work goes on. */
  readonly durability: 'relaxed' | 'run';
}

/**
 * The folder of one run, `lake/runs/<id>/`: `manifest.json` (written at the start and again at the end), `items.jsonl`, and
 * `audit.jsonl`, whose lines are chained by hash. One writer a run.
 */
export class RunFolder {
  readonly id: string = newId();
  readonly folder: string;
  readonly #items: Lines;
  readonly #audit: Lines;
  readonly #sync: boolean;
  #manifest: Manifest;
  #head = GENESIS;
  #count = 0;

  constructor(root: string, lake: string, start: RunStart, { durability }: RunFolderOptions) {
    this.folder = join(lake, 'runs', this.id);
    this.#sync = durability === 'run';
    mkdirSync(this.folder, { recursive: true });
    this.#manifest = manifestOf(root, this.id, start, new Date());
    this.#write(this.#manifest);
    this.#items = new Lines(join(this.folder, 'items.jsonl'), this.#sync);
    this.#audit = new Lines(join(this.folder, 'audit.jsonl'), this.#sync);
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

  /** How an item ended. */
  item({ item, key, outcome }: ItemLine): void {
    this.#items.add(JSON.stringify({ item, ...(key === undefined ? {} : { key }), outcome }));
  }

  /**
   * Chain a record to `audit.jsonl`; it gets a time. An executed item is an intent (`status: 'intent'`, with what goes in) before
   * it runs and an outcome (`status: 'success' | 'error'`, with what came out) after; all fresh items are one record.
   */
  audit(record: JsonObject): void {
    const line = chain({ ts: new Date().toISOString(), ...redactObject(record) }, this.#head);
    this.#head = line.hash;
    this.#count++;
    this.#audit.add(canonical(line));
  }

  /** Close the run: the manifest gets its result and the end of the audit chain. */
  end(end: RunEnd): void {
    const { outcome, counts, data, outs } = end;
    this.audit({ type: 'end', outcome, counts, data, outs });
    this.#items.close();
    this.#audit.close();
    const checkpoint = { count: this.#count, head: this.#head };
    this.#manifest = ended(this.#manifest, end, checkpoint, new Date());
    this.#write(this.#manifest);
  }

  #write(manifest: Manifest): void {
    const path = join(this.folder, 'manifest.json');
    writeFileSync(`${path}.tmp`, `${JSON.stringify(manifest, null, 2)}\n`);
    if (this.#sync) syncFile(`${path}.tmp`);
    renameSync(`${path}.tmp`, path);
  }
}

function syncFile(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
