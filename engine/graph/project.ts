import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Place, reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { readYaml, type YamlFile } from '../yaml/file.js';
import type { YamlPack } from '../yaml/pack.js';
import { parseYaml } from '../yaml/parse.js';
import { type Asked, isThere, yamlFilesUnder } from './yaml-files.js';

const report = reporter({
  'graph/no-file': 'There is no file {file}.',
});

interface Kept {
  readonly digest: string;
  readonly file: YamlFile;
}

/** Parsed files of this process by path: an unchanged file is parsed once, however many pipelines read it. */
const parsed = new Map<string, Kept>();

/** The files of one project as one compilation sees them: each is read once, and its digest remembered. */
export class Project {
  readonly #read = new Map<string, YamlFile>();
  readonly #digests = new Map<string, string>();
  readonly #folders = new Map<string, readonly string[]>();
  readonly #exist = new Map<string, boolean>();

  /** @param readText  Gives the text of a project-relative file that is not (yet) on the disk, e.g. an editor's buffer. */
  constructor(
    readonly root: string,
    readonly readText: (file: string) => string | undefined = () => undefined,
    readonly pack?: YamlPack | undefined,
  ) {}

  /** A YAML file by its project-relative path; `problems` of the file belong to the caller. */
  yaml(file: string): YamlFile {
    const known = this.#read.get(file);
    if (known) return known;
    const text = this.readText(file);
    const found = text === undefined ? this.#fromDisk(file) : { text, ...parseYaml(text, file) };
    if (found.text !== undefined && !this.#digests.has(file)) {
      this.#digests.set(file, sha256(found.text));
    }
    this.#read.set(file, found);
    return found;
  }

  exists(file: string): boolean {
    if (this.#read.has(file) || this.readText(file) !== undefined) return true;
    const found = isThere(this.root, file);
    this.#exist.set(file, found);
    return found;
  }

  /** Every file that was read, by path in order, with the SHA-256 of its bytes. */
  digests(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#digests].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }

  /** The `.yaml` files under a folder, project-relative and sorted; linked folders are not entered. */
  list(folder: string, place: Place | undefined, problems: Problems): readonly string[] {
    const known = this.#folders.get(folder);
    if (known) return known;
    const found = yamlFilesUnder(this.root, folder, place);
    problems.add(...found.problems);
    this.#folders.set(folder, found.files);
    return found.files;
  }

  /** What was asked of the disk besides content: folders listed, and whether files are there. */
  asked(): Asked {
    return { folders: Object.fromEntries(this.#folders), exist: Object.fromEntries(this.#exist) };
  }

  #fromDisk(file: string): YamlFile {
    const absolute = path.join(this.root, file);
    const stat = statSync(absolute, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size > TRUSTED_BYTES) return readYaml(absolute, file);
    const bytes = bytesOf(absolute);
    if (bytes === undefined) return readYaml(absolute, file); // which says what is wrong
    const digest = sha256(bytes);
    this.#digests.set(file, digest);
    const kept = parsed.get(absolute);
    if (kept?.digest === digest) return kept.file;
    const found = this.#parse(absolute, file, bytes, digest);
    parsed.set(absolute, { digest, file: found });
    return found;
  }

  #parse(absolute: string, file: string, bytes: Buffer, digest: string): YamlFile {
    if (!this.pack || !isUtf8(bytes)) return readYaml(absolute, file);
    const text = bytes.toString('utf8');
    return { text, ...this.pack.parse(text, file, digest) };
  }
}

/** Larger files are refused by the reader without being read. */
const TRUSTED_BYTES = 2 * 1024 * 1024;

/** Add that a file is not there, with the place that asks for it. */
export function missingFile(
  file: string,
  place: Place | undefined,
  hint: string | undefined,
  problems: Problems,
): void {
  problems.add(report('graph/no-file', place, { file }, { hint }));
}

function sha256(bytes: Uint8Array | string): string {
  return hash('sha256', bytes);
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
