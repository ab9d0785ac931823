import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Records } from '../../../engine/store/records.js';

/** Paths of all objects of a lake, sorted. */
export function objectsIn(lake: string): readonly string[] {
  const folder = join(lake, 'objects');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^..\/[0-9a-f]{64}$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** A copy of a lake that can be put back: quicker than running again. */
export class Saved {
  readonly #copy: string;

  constructor(readonly lake: string) {
    this.#copy = `${lake}.saved`;
    rmSync(this.#copy, { recursive: true, force: true });
    cpSync(lake, this.#copy, { recursive: true, preserveTimestamps: true });
  }

  /** Paths of the files in a folder of the lake with this ending. */
  files(folder: string, ending: string): readonly string[] {
    const names = readdirSync(join(this.lake, folder)).filter((name) => name.endsWith(ending));
    return names.sort().map((name) => join(this.lake, folder, name));
  }

  restore(): void {
    rmSync(this.lake, { recursive: true, force: true });
    cpSync(this.#copy, this.lake, { recursive: true, preserveTimestamps: true });
  }
}

/** Drop records, so that their items run again and read what the others gave. */
export function forget(lake: string, drop: () => boolean): void {
  const folder = join(lake, 'records');
  mkdirSync(`${folder}.kept`);
  const kept = new Records(`${folder}.kept`);
  const records = new Records(folder);
  for (const entry of records.all()) {
    const record = drop() ? undefined : records.read(entry);
    if (record) kept.append(record);
  }
  kept.close();
  rmSync(folder, { recursive: true });
  renameSync(kept.folder, folder);
}
