import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { runAgain } from '../../../../engine/cli/again.js';
import { toyProject } from '../../../chaos/kit/project.js';
import type { TestProject } from '../../../kit/project.js';
import { screen } from '../../cli/kit.js';

/*
 * A run of which nothing has moved is told again without compiling. Whatever moves, and wherever, it must be run in full.
 */

export const PIPELINE = `dag: standing
doc: Values of every kind, from a folder, a list of specs and a part, published.
params:
  rows: 2000
dimensions:
  part: [a, b]
stages:
  lines: { use: toy.lines, with: { folder: input } }
  numbers: { foreach: part, use: toy.numbers, with: { rows: $rows }, publish: { frame: lake/tables }, expect: [{ warn: rows(frame) > 9999 }] }
  doubled: { foreach: part, use: parts/twice.yaml, in: { frame: numbers.frame } }
out: { frame: doubled.frame, lines: lines.frame, numbers: numbers.frame }
`;
const PART = `dag: twice
in:
  frame: { type: frame }
stages:
  doubled: { use: toy.double, in: { frame: in.frame }, with: { by: 2 } }
out: { frame: doubled.frame }
`;

export const RUN = ['run', 'dags/standing.yaml'];

export let project: TestProject;
export let at: { readonly cwd: string; readonly home: string };

/** For a test file: one project, whose pipeline has run once in an empty lake before each test. */
export function ranBeforeEach(): void {
  beforeAll(() => {
    project = toyProject();
    at = { cwd: project.root, home: project.root };
  });
  afterAll(() => project.remove());
  beforeEach(async () => {
    for (const folder of ['lake', 'input', 'spec/formulas'])
      rmSync(project.path(folder), { recursive: true, force: true });
    project.write({ 'dags/standing.yaml': PIPELINE, 'parts/twice.yaml': PART });
    old('input/numbers.txt', '1\n2\n3\n');
    const { code, err } = await project.dag(...RUN);
    expect(code === 0 ? '' : err).toBe('');
  });
}

/** Files of long ago, so that their digests are remembered. */
export function old(file: string, text: string): void {
  project.write({ [file]: text });
  utimesSync(project.path(file), new Date(2024, 0), new Date(2024, 0));
}

/** What the command line says if nothing has moved; undefined if it has to be run. */
export async function again(...argv: readonly string[]) {
  const { io, said } = screen(at, argv);
  const code = await runAgain(io);
  return code === undefined ? undefined : { code, ...said };
}

/** The one file under a folder of the lake whose name ends so. */
export function oneOf(folder: string, ending: string): string {
  const names = readdirSync(project.path('lake', folder), { recursive: true, encoding: 'utf8' });
  const name = names.filter((n) => n.endsWith(ending)).sort()[0];
  if (name === undefined) throw new Error(`Nothing in ${folder} ends with ${ending}`);
  return project.path('lake', folder, name);
}

/** An object of the pipeline's outputs: columns are larger than the rest. */
export function neededObject(): string {
  const names = readdirSync(project.path('lake/objects'), { recursive: true, encoding: 'utf8' });
  const paths = names
    .map((n) => project.path('lake/objects', n))
    .filter((p) => statSync(p).isFile());
  const largest = paths.sort((a, b) => statSync(b).size - statSync(a).size)[0];
  if (largest === undefined) throw new Error('No object');
  return largest;
}
