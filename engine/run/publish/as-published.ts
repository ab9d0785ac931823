import { join, relative, resolve } from 'node:path';
import { type Place, reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import { digestOf, filesOf, LEDGER, type Published, readPublished } from './published.js';

const report = reporter({
  'run/not-as-published': '{file} {how}: it is read as a pipeline published it, or not at all.',
  'run/damaged-ledger':
    '{file} cannot be read: nobody can tell whether {folder} is as it was published.',
});

/** What is read back of a folder that a pipeline publishes to. */
interface ReadBack {
  readonly root: string;
  /** As parameters name it: from the root, or absolute. */
  readonly folder: string;
  /** Absolute paths of the files that are there and wanted. */
  readonly files: readonly string[];
  /** Is a path within the folder one of those that are wanted? */
  readonly wanted: (name: string) => boolean;
  /** SHA-256 of a file. */
  readonly digest: (path: string) => string;
  /** The file of the pipeline that publishes there. */
  readonly pipeline: string;
  /** Where the reader stands. */
  readonly place: Place | undefined;
}

/**
 * Hold files to what their folder says was published there.
 * @returns what the folder says, see `toldBy`
 * @throws run/not-as-published of a file that is changed, gone or nobody's; run/damaged-ledger
 */
export function expectAsPublished({ root, folder, pipeline, place, ...asked }: ReadBack): string {
  const hint = `\`dag run ${pipeline}\` publishes it anew; to go without, remove ${folder}`;
  const top = resolve(root, folder);
  const found = readPublished(top);
  if (found === 'damaged') {
    const facts = { file: join(folder, LEDGER), folder };
    refuse(report('run/damaged-ledger', place, facts, { hint }));
  }
  const known = new Known(found);
  const there = new Map(asked.files.map((path) => [relative(top, path), asked.digest(path)]));
  for (const name of new Set([...there.keys(), ...known.listed.filter(asked.wanted)])) {
    const how = known.doubt(name, there.get(name));
    if (how === undefined) continue;
    refuse(report('run/not-as-published', place, { file: join(folder, name), how }, { hint }));
  }
  return toldOf(found);
}

/** What a folder says of what is published there, as a digest; in words where it says nothing, or what nobody can read. */
export function toldBy(root: string, folder: string): string {
  return toldOf(readPublished(resolve(root, folder)));
}

function toldOf(found: ReturnType<typeof readPublished>): string {
  if (found === undefined) return 'nothing';
  return found === 'damaged' ? found : digestOf(found);
}

/** The copies that a folder names: those it lists, and those that a process was about to put in place when it was killed. */
class Known {
  readonly listed: readonly string[];
  readonly #digests = new Map<string, string[]>();

  constructor(found: Published | undefined) {
    const ports = Object.values(found?.ports ?? {});
    const listed = ports.flatMap((port) => [...filesOf(port)]);
    const announced = ports.flatMap(({ writing }) =>
      Object.entries(writing).flatMap(([name, files]) =>
        files.map((file) => [name, file] as const),
      ),
    );
    for (const [name, { sha256 }] of [...listed, ...announced])
      this.#digests.set(name, [...(this.#digests.get(name) ?? []), sha256]);
    this.listed = listed.map(([name]) => name);
  }

  /** What is wrong with a file of this digest, or with its absence. */
  doubt(name: string, digest: string | undefined): string | undefined {
    if (digest === undefined) return 'was published and is gone';
    const digests = this.#digests.get(name);
    if (digests === undefined) return 'was published by nobody';
    return digests.includes(digest) ? undefined : 'was changed since it was published';
  }
}
