import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { Refusal } from '../../diag/refusal.js';
import { leavesByLink } from '../../graph/paths.js';
import { formulaFiles, isThere, linkOutside, yamlFilesUnder } from '../../graph/yaml-files.js';
import type { Store } from '../../store/store.js';
import type { Compiled } from '../compile.js';
import { filesIfThere, type Listing, looksOutside } from '../files.js';
import type { Ingredients } from '../ingredients.js';
import type { Project } from '../project.js';
import { toldBy } from '../publish/as-published.js';
import { isPublished, publication } from '../publish/published.js';
import type { Site } from '../site.js';

/** All that a run saw outside the store, with what it saw: where all of it is as it was, so is every key. */
export interface Evidence {
  /** Name of the build: code and metadata. */
  readonly build: string;
  /** SHA-256 of YAML files by project-relative path. */
  readonly files: Readonly<Record<string, string>>;
  /** YAML files under each folder that was listed. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
  /** Composed operators: every formula may use them. */
  readonly formulas: readonly string[];
  /** Whether files were there that were asked for by name. */
  readonly exist: Readonly<Record<string, boolean>>;
  /** Whether folders that parameters name are published by a pipeline. */
  readonly published: Readonly<Record<string, boolean>>;
  /** What nodes found in folders with data. */
  readonly lists: readonly Listing[];
  /** SHA-256 of data files by absolute path. */
  readonly data: Readonly<Record<string, string>>;
  /** What stands in the folders the run published to. */
  readonly publications: Readonly<Record<string, string>>;
}

/**
 * What a run that has ended saw; undefined where it looked at the network, or what it published is not whole.
 * @param publications  what the folders it publishes to said of themselves when it was done with them.
 */
export function evidenceOf(
  project: Project,
  { graph, published, lists: glimpsed }: Compiled,
  { lists, data }: Ingredients,
  publications: Readonly<Record<string, string | undefined>>,
): Evidence | undefined {
  const formulas = project.formulas.map(({ file, text }) => [file, sha256(text)] as const);
  if (graph.stages.some(looksOutside)) return undefined;
  const whole: Record<string, string> = {};
  for (const { to } of graph.stages.flatMap((stage) => stage.publish)) {
    const digest = publications[to];
    if (digest === undefined) return undefined;
    whole[to] = digest;
  }
  return {
    build: basename(project.build),
    files: { ...graph.files, ...Object.fromEntries(formulas) },
    folders: graph.asked.folders,
    formulas: formulas.map(([file]) => file),
    exist: graph.asked.exist,
    published,
    lists: [...glimpsed, ...lists],
    data,
    publications: whole,
  };
}

/** Is everything as a run saw it? */
export function stillSo({ root, build }: Site, store: Store, evidence: Evidence): boolean {
  const { files, folders, formulas, exist, published, lists, data, publications } = evidence;
  return (
    evidence.build === basename(build) &&
    every(files, (file, digest) => !linkOutside(root, file) && digestOf(root, file) === digest) &&
    every(folders, (folder, names) => holds(yamlFilesUnder(root, folder), names)) &&
    alike(formulaFiles(root), formulas) &&
    every(exist, (file, there) => isThere(root, file) === there) &&
    every(published, (folder, by) => isPublished(root, folder) === by) &&
    every(publications, (to, digest) => isOurs(root, to) && publication(root, to) === digest) &&
    lists.every((l) => isOurs(root, l.folder)) &&
    quietly(() => lists.every((l) => alike(filesIfThere(root, l.folder, l.pattern), l.files))) &&
    lists.every((l) => l.told === undefined || toldBy(root, l.folder) === l.told) &&
    quietly(() => every(data, (path, digest) => store.files.digestFile(path) === digest))
  );
}

function every<T>(facts: Readonly<Record<string, T>>, holds: (name: string, fact: T) => boolean) {
  return Object.entries(facts).every(([name, fact]) => holds(name, fact));
}

/** Problems of a folder, such as a link out of the project, are for a run to tell. */
function holds(found: ReturnType<typeof yamlFilesUnder>, names: readonly string[]): boolean {
  return found.problems.length === 0 && alike(found.files, names);
}

/** A folder within the project leads nowhere else; one outside was named on the command line. */
function isOurs(root: string, folder: string): boolean {
  return isAbsolute(folder) || !leavesByLink(root, folder);
}

function alike(names: readonly string[], others: readonly string[]): boolean {
  return names.length === others.length && names.every((name, i) => name === others[i]);
}

function digestOf(root: string, file: string): string | undefined {
  return isThere(root, file) ? sha256(readFileSync(join(root, file))) : undefined;
}

/** Data that are gone or cannot be read are not as they were; the run that follows tells what is wrong. */
function quietly(same: () => boolean): boolean {
  try {
    return same();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return false;
  }
}

function sha256(bytes: Uint8Array | string): string {
  return hash('sha256', bytes);
}
