import { accessSync, constants, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { type Durability, makeFolder } from './atomic.js';
import { errno, guarded } from './failure.js';
import { FileDigests } from './files.js';
import { Objects } from './object.js';
import { Records } from './records.js';

const report = reporter({
  'store/not-a-lake': 'The lake {path} is a file; a folder is expected.',
  'store/lake-locked': 'The lake {path} cannot be {what}: the rights are missing.',
});

/** A lake's store: `objects/` by content, `records/` by key, and the digests of input files. */
export class Store {
  private constructor(
    /** The lake's absolute path. */
    readonly lake: string,
    readonly objects: Objects,
    readonly records: Records,
    readonly files: FileDigests,
  ) {}

  /**
   * Open the store of a lake; what is absent is made.
   * @throws store/not-a-lake, store/lake-locked, store/read-only, store/disk-full
   */
  static open(
    lake: string,
    { durability }: { readonly durability: Durability } = { durability: 'relaxed' },
  ): Store {
    const root = resolve(lake);
    expectFolder(root);
    const objects = join(root, 'objects');
    const records = join(root, 'records');
    for (const folder of [root, objects, records]) {
      makeFolder(folder);
      expectRights(folder);
    }
    return new Store(
      root,
      new Objects(objects, durability),
      new Records(records, durability),
      new FileDigests(join(root, 'files.digests')),
    );
  }

  /** Make everything written so far survive a power cut, when durability is `run`. */
  flush(): void {
    this.records.flush();
  }

  /** Flush, and end this process's segment. */
  close(): void {
    this.records.close();
  }
}

function expectFolder(path: string): void {
  const stat = guarded(path, () => statSync(path, { throwIfNoEntry: false }));
  if (stat && !stat.isDirectory()) refuse(report('store/not-a-lake', undefined, { path }));
}

function expectRights(path: string): void {
  const may = (mode: number, what: string) => {
    try {
      accessSync(path, mode);
    } catch (error) {
      // A read-only lake can be shown and queried; the first write says what is wrong.
      if (errno(error) === 'EROFS') return;
      refuse(report('store/lake-locked', undefined, { path, what }));
    }
  };
  may(constants.R_OK | constants.X_OK, 'read');
  may(constants.W_OK, 'written');
}
