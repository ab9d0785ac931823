import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import { suggestion } from '../../diag/suggest.js';
import type { CompileOptions } from '../../run/compile.js';
import type { Given } from './command.js';
import type { Io } from './io.js';

const report = reporter({
  'cli/no-pipeline': 'There is no pipeline "{name}".',
  'cli/outside': 'The pipeline {path} lies outside the project {root}.',
  'cli/bad-set': '--set {text}: a path, "=" and a value are expected.',
});

/** `--profile` and `--set` as the compiler takes them. @throws cli/bad-set */
export function compileOptions(given: Given): CompileOptions {
  const profile = given.text('profile');
  return { ...(profile === undefined ? {} : { profile }), sets: parseSets(given.list('set')) };
}

/** `a.b=value` texts, in order. @throws cli/bad-set */
export function parseSets(
  texts: readonly string[],
): readonly { readonly path: string; readonly text: string }[] {
  return texts.map((text) => {
    const at = text.indexOf('=');
    if (at <= 0)
      refuse(report('cli/bad-set', undefined, { text }, { hint: 'such as --set seed=3' }));
    return { path: text.slice(0, at), text: text.slice(at + 1) };
  });
}

/**
 * The pipeline a person means: a path from the current folder or from the project, or the bare name of a file in `dags/`.
 * @returns its path from the project's root.
 * @throws cli/no-pipeline, cli/outside
 */
export function findPipeline(root: string, io: Io, name: string): string {
  const tried = [resolve(io.cwd, name), resolve(root, name), join(root, 'dags', `${name}.yaml`)];
  const path = tried.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
  if (path === undefined) {
    const stems = listPipelines(root).map((file) => basename(file, '.yaml'));
    const hint = suggestion(basename(name, '.yaml'), stems);
    return refuse(report('cli/no-pipeline', undefined, { name }, { hint }));
  }
  const inside = relative(root, path);
  if (inside.startsWith('..')) {
    const hint = '`dag init` makes a folder a project of its own';
    refuse(report('cli/outside', undefined, { path, root }, { hint }));
  }
  return inside;
}

/** The pipelines in `dags/`, parts of others left out, from the project's root. */
export function listPipelines(root: string): readonly string[] {
  const folder = join(root, 'dags');
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `dags/${name}`);
}
