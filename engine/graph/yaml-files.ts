import { type Dirent, lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { leavesByLink } from './paths.js';

const report = reporter({
  'graph/closed-folder': 'The folder {folder} cannot be read.',
  'graph/too-many-files': 'The folder {folder} holds more than {limit} files.',
  'graph/link-leaves-folder': '{file} leads out of the project through a symbolic link.',
});

/** Most YAML files under one folder: beyond it a glob is a mistake, not a catalogue. */
export const MAX_FILES = 20_000;
const MAX_FOLDER_DEPTH = 16;

/** What a compilation asked of the disk besides the content of files. */
export interface Asked {
  /** The YAML files under each folder that was listed. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
  readonly exist: Readonly<Record<string, boolean>>;
}

/** Whether a plain file stands at a project-relative path. */
export function isThere(root: string, file: string): boolean {
  return statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The `.yaml` files under a folder, project-relative and sorted; linked folders are not entered. */
export function yamlFilesUnder(
  root: string,
  folder: string,
  place?: Place,
): { readonly files: readonly string[]; readonly problems: readonly Diagnostic[] } {
  const problems = new Problems();
  const files: string[] = [];
  const outside = linkOutside(root, folder);
  if (outside) problems.add(outside);
  else walk(root, folder, 0, files, problems);
  if (files.length > MAX_FILES) {
    problems.add(report('graph/too-many-files', place, { folder, limit: MAX_FILES }));
    files.length = 0;
  }
  return { files: files.sort(), problems: problems.all };
}

/** The files of composed operators, `spec/formulas/*.yaml`, sorted. */
export function formulaFiles(root: string): readonly string[] {
  const folder = path.join(root, 'spec', 'formulas');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => `spec/formulas/${name}`);
}

/** The problem of a file or folder that a symbolic link leads out of the project to. */
export function linkOutside(root: string, file: string): Diagnostic | undefined {
  if (!leavesByLink(root, file)) return undefined;
  return report('graph/link-leaves-folder', { file, line: 1, col: 1, length: 1 }, { file });
}

function walk(
  root: string,
  folder: string,
  depth: number,
  files: string[],
  problems: Problems,
): void {
  const absolute = path.join(root, folder);
  if (depth > MAX_FOLDER_DEPTH || files.length > MAX_FILES) return;
  if (!lstatSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return;
  const entries = entriesOf(absolute);
  if (entries === undefined) {
    problems.add(
      report('graph/closed-folder', { file: folder, line: 1, col: 1, length: 1 }, { folder }),
    );
    return;
  }
  for (const entry of entries) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      walk(root, file, depth + 1, files, problems);
      continue;
    }
    if (!entry.name.endsWith('.yaml')) continue;
    const outside = entry.isSymbolicLink() ? linkOutside(root, file) : undefined;
    if (outside) problems.add(outside);
    else files.push(file);
  }
}

/** What is in a folder; undefined where the rights are missing. */
function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}
