import { appendFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runAgain } from '../../../../engine/cli/again.js';
import { auditRun } from '../../../../engine/ledger/audit.js';
import { findRun, readItems, readManifest } from '../../../../engine/ledger/runs.js';
import { flipBit } from '../../../chaos/kit/damage.js';
import { toyProject } from '../../../chaos/kit/project.js';
import { stateOf } from '../../../chaos/kit/state.js';
import type { TestProject } from '../../../kit/project.js';
import { screen } from '../../cli/kit.js';

/*
 * A run of which nothing has moved is told again without compiling. Whatever moves, and wherever, it must be run in full: each
 * case below changes one thing that a run looks at.
 */

const PIPELINE = `dag: standing
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

const RUN = ['run', 'dags/standing.yaml'];

let project: TestProject;
let at: { readonly cwd: string; readonly home: string };
beforeAll(() => {
  project = toyProject();
  at = { cwd: project.root, home: project.root };
});
afterAll(() => project.remove());

/** Files of long ago, so that their digests are remembered. */
function old(file: string, text: string): void {
  project.write({ [file]: text });
  utimesSync(project.path(file), new Date(2024, 0), new Date(2024, 0));
}

beforeEach(async () => {
  for (const folder of ['lake', 'input', 'spec/formulas'])
    rmSync(project.path(folder), { recursive: true, force: true });
  project.write({ 'dags/standing.yaml': PIPELINE, 'parts/twice.yaml': PART });
  old('input/numbers.txt', '1\n2\n3\n');
  const { code, err } = await project.dag(...RUN);
  expect(code === 0 ? '' : err).toBe('');
});

/** What the command line says if nothing has moved; undefined if it has to be run. */
async function again(...argv: readonly string[]) {
  const { io, said } = screen(at, argv);
  const code = await runAgain(io);
  return code === undefined ? undefined : { code, ...said };
}

/** Without what differs between any two runs. */
const plain = (text: string) =>
  text
    .replaceAll(/[0-7][0-9A-HJKMNP-TV-Z]{25}/g, 'RUN')
    .replaceAll(/"elapsed":[\d.]+|in [\d.]+ m?s/g, 'TIME');
const byName = <T extends { readonly item: string }>(items: readonly T[]) =>
  [...items].sort((a, b) => (a.item < b.item ? -1 : 1));
const last = () => findRun(project.path('lake'), 'last');

describe('a run of which nothing has moved', () => {
  it('is told again as a run that looks everything up tells it', async () => {
    const full = await project.dag(...RUN, '--recheck');
    const fullItems = readItems(last());
    const fullState = stateOf(project.path('lake'));
    const told = await again(...RUN);
    expect(told && { code: told.code, out: plain(told.out), err: plain(told.err) }).toEqual({
      code: full.code,
      out: plain(full.out),
      err: plain(full.err),
    });
    expect(byName(readItems(last()))).toEqual(byName(fullItems));
    expect(stateOf(project.path('lake'))).toEqual(fullState);
  });

  it('has the same events', async () => {
    const events = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((one) => JSON.parse(plain(one).replaceAll('TIME', '"elapsed":0')))
        .filter(({ event }) => event !== 'expanded' && event !== 'run-started');
    await project.dag(...RUN, '--json');
    const full = await project.dag(...RUN, '--json', '--recheck');
    const told = await again(...RUN, '--json');
    expect(events(told?.out ?? '')).toEqual(events(full.out));
  });

  it('is a run of its own: manifest, items, a sound audit chain', async () => {
    const before = readManifest(last());
    expect(await again(...RUN)).toMatchObject({ code: 0 });
    expect(last().id).not.toBe(before.run);
    const {
      run: _run,
      pid: _pid,
      started: _started,
      ended: _ended,
      result,
      audit,
      ...same
    } = readManifest(last());
    expect(before).toMatchObject(same);
    expect(result).toMatchObject({ outcome: 'done', counts: { cached: 5, done: 0 }, warnings: 2 });
    expect(audit).not.toBeNull();
    expect(auditRun(last())).toMatchObject({ state: 'sound' });
  });

  it('warns again of what it warned of', async () => {
    const told = await again(...RUN);
    expect(told?.err.match(/Expectation of numbers@[ab] is broken/g)).toHaveLength(2);
    expect(told?.out).toContain('degraded: numbers@a, numbers@b');
  });

  it('does not stand where another command line has published since', async () => {
    await project.dag(...RUN, '--set', 'rows=5');
    expect(await again(...RUN)).toBeUndefined();
  });

  it('is another question with other words, or from another folder', async () => {
    expect(await again(...RUN, '--set', 'rows=4')).toBeUndefined();
    expect(await again(...RUN, '--recheck')).toBeUndefined();
    const { io } = screen({ ...at, cwd: project.path('input') }, RUN);
    expect(await runAgain(io)).toBeUndefined();
    expect(await again('plan', 'dags/standing.yaml')).toBeUndefined();
  });
});

/** The one file under a folder of the lake whose name ends so. */
function oneOf(folder: string, ending: string): string {
  const names = readdirSync(project.path('lake', folder), { recursive: true, encoding: 'utf8' });
  const name = names.filter((n) => n.endsWith(ending)).sort()[0];
  if (name === undefined) throw new Error(`Nothing in ${folder} ends with ${ending}`);
  return project.path('lake', folder, name);
}

/** An object of the pipeline's outputs: columns are larger than the rest. */
function neededObject(): string {
  const names = readdirSync(project.path('lake/objects'), { recursive: true, encoding: 'utf8' });
  const paths = names
    .map((n) => project.path('lake/objects', n))
    .filter((p) => statSync(p).isFile());
  const largest = paths.sort((a, b) => statSync(b).size - statSync(a).size)[0];
  if (largest === undefined) throw new Error('No object');
  return largest;
}

describe('anything that moves makes it a run', () => {
  const moves: readonly (readonly [string, () => void])[] = [
    [
      'a comment in the pipeline',
      () => appendFileSync(project.path('dags/standing.yaml'), '# x\n'),
    ],
    ['a part of the pipeline', () => project.edit('parts/twice.yaml', 'by: 2', 'by: 3')],
    [
      'a new composed operator',
      () =>
        project.write({ 'spec/formulas/new.yaml': 'formula: new\nargs: { x: series }\nexpr: x\n' }),
    ],
    ['an input file', () => old('input/numbers.txt', '1\n2\n4\n')],
    ['an input file that is gone', () => rmSync(project.path('input/numbers.txt'))],
    ['another input file', () => old('input/more.txt', '5\n')],
    ['a lost record', () => rmSync(oneOf('records', '.idx'))],
    ['a lost segment of records', () => rmSync(oneOf('records', '.rec'))],
    ['a torn index', () => writeFileSync(oneOf('records', '.idx'), 'x')],
    ['a damaged head', () => flipBit(oneOf('records', '.rec'), 0.01)],
    ['a lost output', () => rmSync(neededObject())],
    ['a changed output', () => flipBit(neededObject(), 0.5, { touched: true })],
    ['a lost published file', () => rmSync(oneOf('tables', '.parquet'))],
    ['a changed published file', () => appendFileSync(oneOf('tables', '.parquet'), 'x')],
    ['a lost ledger of published files', () => rmSync(oneOf('tables', '.json'))],
    ['a damaged ledger of published files', () => writeFileSync(oneOf('tables', '.json'), '{')],
    ['a damaged answer', () => flipBit(oneOf('cache/standing', '.json'), 0.5)],
    ['a lost answer', () => rmSync(project.path('lake/cache'), { recursive: true })],
    ['a lost lake', () => rmSync(project.path('lake'), { recursive: true })],
    ['a folder that is published since', () => project.write({ 'input/.published.json': '{}' })],
  ];

  it.each(moves)('%s', async (_name, move) => {
    expect(await again(...RUN)).toBeDefined();
    move();
    expect(await again(...RUN)).toBeUndefined();
  });

  it('another build', async () => {
    expect(await again(...RUN)).toBeDefined();
    appendFileSync(project.path('nodes/toy/double.ts'), '\nexport const unused = 1;\n');
    project.build();
    expect(await again(...RUN)).toBeUndefined();
  });

  it('once it has run, it stands again', async () => {
    project.edit('parts/twice.yaml', 'by: 2', 'by: 3');
    expect(await project.dag(...RUN)).toMatchObject({ code: 0 });
    expect(await again(...RUN)).toBeDefined();
  });
});

describe('a run that will not be repeated leaves no answer', () => {
  const answers = () => readdirSync(project.path('lake/cache/standing'));

  it('failed items', async () => {
    project.write({
      'dags/standing.yaml': PIPELINE.replace('{ warn: rows(frame) > 9999 }', 'rows(frame) > 9999'),
    });
    expect(await project.dag(...RUN)).toMatchObject({ code: 1 });
    expect(await again(...RUN)).toBeUndefined();
  });

  it('mended objects: only the run after it does', async () => {
    rmSync(neededObject());
    rmSync(join(project.path('lake/cache/standing'), answers()[0] ?? ''));
    const { code, err } = await project.dag(...RUN);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('runs again') });
    expect(await again(...RUN)).toBeUndefined();
    await project.dag(...RUN);
    expect(await again(...RUN)).toBeDefined();
  });

  it('a recheck', async () => {
    rmSync(project.path('lake/cache'), { recursive: true });
    await project.dag(...RUN, '--recheck');
    expect(await again(...RUN)).toBeUndefined();
  });

  it('keeps the latest command lines only', async () => {
    for (let rows = 0; rows < 40; rows++) old(`lake/cache/standing/${rows}.json`, 'x');
    await project.dag(...RUN, '--set', 'rows=5');
    expect(answers()).toHaveLength(32);
    expect(await again(...RUN, '--set', 'rows=5')).toBeDefined();
  });
});
