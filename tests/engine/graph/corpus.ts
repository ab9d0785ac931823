import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { printDiagnostics } from '../../../engine/diag/print.js';
import { type Compiled, compileGraph } from '../../../engine/graph/compile.js';
import type { Setting } from '../../../engine/graph/settings.js';
import { TOYS } from './toys.js';

/** Malformed pipelines and specs, each with what is printed about it. They are a project of their own. */
export const BAD = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../dags/bad');

export const CASES: readonly string[] = readdirSync(BAD)
  .filter((file) => file.endsWith('.yaml'))
  .sort();

/** A pipeline that uses the spec in a file, by its kind; undefined for a file that is a pipeline itself. */
function around(file: string, text: string): string | undefined {
  const span = '{ from: 2024-01-01, to: 2024-01-31 }';
  const raw = (venue: string) =>
    `  raw: { use: toy.read, with: { venue: ${venue}, name: AAA, span: ${span}, seed: 1 } }\n`;
  const columns = (list: string) =>
    `  columns: { use: toy.compute, in: { rows: raw }, with: { columns: ${list} } }\n`;
  const start = 'dag: around\nstages:\n';
  if (/^column/m.test(text)) return start + raw('made') + columns(`[./${file}]`);
  if (/^signal/m.test(text)) {
    const detect = `  hits: { use: toy.detect, in: { tables: columns }, with: { signal: ./${file} } }\n`;
    return start + raw('made') + columns('[]') + detect;
  }
  return /^venue/m.test(text) ? start + raw(`./${file}`) : undefined;
}

/** `# dag run --set a=b --profile p` in the first line says how a case is run. */
function options(text: string): { readonly sets: readonly Setting[]; readonly profile?: string } {
  const line = /^# dag run (.*)$/m.exec(text)?.[1] ?? '';
  const sets = [...line.matchAll(/--set ([^\s=]+)=(\S*)/g)].map(([, p = '', t = '']) => {
    return { path: p, text: t };
  });
  const profile = /--profile (\S+)/.exec(line)?.[1];
  return { sets, ...(profile === undefined ? {} : { profile }) };
}

/** Compile a case, with its text as it is or changed. */
export function compileCase(file: string, text: string): Compiled {
  const pipeline = around(file, text);
  return compileGraph({
    root: BAD,
    file: pipeline === undefined ? file : 'around.yaml',
    ...options(text),
    folders: [],
    catalogue: TOYS.catalogue,
    readText: (name) => (name === 'around.yaml' ? pipeline : name === file ? text : undefined),
  });
}

/** What is printed about a case. */
export function printed(file: string): string {
  const text = readFileSync(path.join(BAD, file), 'utf8');
  const { problems } = compileCase(file, text);
  const source = (name: string): string | undefined => {
    if (name.startsWith('--')) return name;
    return name === 'around.yaml' ? around(file, text) : readFileSync(path.join(BAD, name), 'utf8');
  };
  return printDiagnostics(problems, source, { color: false });
}
