import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from '../../diag/refusal.js';
import { isThere, linkOutside, yamlFilesUnder } from '../../graph/yaml-files.js';
import type { Store } from '../../store/store.js';
import type { Compiled } from '../compile.js';
import { filesUnder, type Listing } from '../files.js';
import type { Ingredients } from '../ingredients.js';
import type { Project } from '../project.js';
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
  /** Whether files were there that were asked for by name. */
  readonly exist: Readonly<Record<string, boolean>>;
  /** Whether folders that parameters name are published by a pipeline. */
  readonly published: Readonly<Record<string, boolean>>;
  /** What nodes found in folders with data. */
  readonly lists: readonly Listing[];
  /** SHA-256 of data files by absolute path. */
  readonly data: Readonly<Record<string, string>>;
  /** What stands in the folders the run published to. */
  readonly publications: Readonly<Record<string, string | undefined>>;
}

/** Folder of composed operators: every formula may use them. */
const FORMULAS = 'spec/formulas';

/** What a run that has ended saw. */
export function evidenceOf(
  project: Project,
  { graph, published }: Compiled,
  { lists, data }: Ingredients,
): Evidence {
  const formulas = project.formulas.map(({ file, text }) => [file, sha256(text)] as const);
  const folders = graph.stages.flatMap((stage) => stage.publish.map(({ to }) => to));
  const { root } = project;
  return {
    build: basename(project.build),
    files: { ...graph.files, ...Object.fromEntries(formulas) },
    folders: { ...graph.asked.folders, [FORMULAS]: formulas.map(([file]) => file) },
    exist: graph.asked.exist,
    published,
    lists,
    data,
    publications: Object.fromEntries(folders.map((to) => [to, publication(root, to)])),
  };
}

/** Is everything as a run saw it? */
export function stillSo({ root, build }: Site, store: Store, evidence: Evidence): boolean {
  const { files, folders, exist, published, lists, data, publications } = evidence;
  return (
    evidence.build === basename(build) &&
    every(files, (file, digest) => !linkOutside(root, file) && digestOf(root, file) === digest) &&
    every(folders, (folder, names) => alike(yamlFilesUnder(root, folder).files, names)) &&
    every(exist, (file, there) => isThere(root, file) === there) &&
    every(published, (folder, by) => isPublished(root, folder) === by) &&
    every(publications, (to, digest) => publication(root, to) === digest) &&
    quietly(() => lists.every((l) => alike(filesUnder(root, l.folder, l.pattern), l.files))) &&
    quietly(() => every(data, (path, digest) => store.files.digestFile(path) === digest))
  );
}

function every<T>(facts: Readonly<Record<string, T>>, holds: (name: string, fact: T) => boolean) {
  return Object.entries(facts).every(([name, fact]) => holds(name, fact));
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
