import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestProject } from '../kit/project.js';
import { dag, mustRun } from './kit/command.js';
import { cut, flipBit } from './kit/damage.js';
import { Saved } from './kit/lakes.js';
import { fresh, toyProject } from './kit/project.js';
import { numbers } from './kit/random.js';
import { LARGE, SEED, sample } from './kit/settings.js';
import { audit, type State, stateOf } from './kit/state.js';

/*
 * Everything in a lake but objects: records, caches, run folders, published copies. Damage there costs time, never a result, and
 * never ends in a stack trace.
 */

const PIPELINE = `dag: published
doc: Values of every kind, published.
stages:
  lines: { use: toy.lines, with: { folder: input } }
  numbers: { use: toy.numbers, with: { rows: 300 }, publish: { frame: lake/tables, notes: lake/notes } }
  doubled: { use: toy.double, in: { frame: numbers.frame }, publish: { frame: lake/doubled } }
out: { frame: doubled.frame, lines: lines.frame }
`;
const RUN = ['run', 'dags/published.yaml'];

let project: TestProject;
let lake: string;
let saved: Saved;
let state: State;
let published: Readonly<Record<string, string>>;
beforeAll(async () => {
  project = toyProject();
  lake = project.path('lake');
  project.write({ 'dags/published.yaml': PIPELINE, 'input/numbers.txt': '1\n2\n3\n' });
  // Old enough that its digest is remembered.
  utimesSync(project.path('input/numbers.txt'), new Date(2024, 0), new Date(2024, 0));
  state = await fresh(project, 'dags/published.yaml');
  published = copies();
  saved = new Saved(lake);
});
afterAll(() => project.remove());

/** Published files, with their bytes. */
function copies(): Readonly<Record<string, string>> {
  const names = ['tables', 'notes', 'doubled'].flatMap((folder) =>
    readdirSync(join(lake, folder))
      // What stood in the place of a copy while the folder could not say whose it was is kept beside it.
      .filter((name) => !name.startsWith('.') && !name.endsWith('.aside'))
      .map((name) => `${folder}/${name}`),
  );
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(lake, name), 'base64')]),
  );
}

/** Plain files of a lake that are not objects. */
function files(): readonly string[] {
  return readdirSync(lake, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && !e.parentPath.includes('/objects/'))
    .map((e) => join(e.parentPath, e.name))
    .sort();
}

const garbage = (path: string) =>
  writeFileSync(path, Buffer.from('\u0000{"nothing": ]\n\xff\n', 'latin1'));
const DAMAGE: readonly (readonly [string, (path: string) => void])[] = [
  [
    'a flipped bit',
    (path) => flipBit(path, numbers(SEED, path.replace(/[0-9A-Z]{26}/g, ''))(), { touched: true }),
  ],
  ['a torn end', (path) => cut(path, 0.6)],
  ['garbage after it', (path) => appendFileSync(path, '\u0000garbage')],
  ['garbage instead', garbage],
  ['nothing in it', (path) => cut(path, 0)],
  ['a deletion', (path) => rmSync(path)],
];

describe('every file of a lake', () => {
  it.each(sample(DAMAGE, 1))(
    'with %s: the next run ends the same',
    async (_name, harm) => {
      saved.restore();
      for (const path of files()) harm(path);
      await mustRun(project.root, RUN);
      expect(stateOf(lake)).toEqual(state);
      expect(copies()).toEqual(published);
    },
    60_000,
  );

  const each = LARGE ? it : it.skip;
  each(
    'damaged alone: the next run ends the same, and every command ends in words',
    async () => {
      for (const [name, harm] of DAMAGE) {
        for (let index = 0; ; index++) {
          saved.restore();
          const path = files()[index];
          if (path === undefined) break;
          harm(path);
          for (const args of [
            ['plan', 'dags/published.yaml'],
            ['runs'],
            ['why', 'doubled'],
            ['audit', '--objects'],
            ['gc'],
            ['ls'],
          ]) {
            const { code, err } = await dag(project.root, args);
            expect({ name, path, args, code, err }).not.toMatchObject({ code: 3 });
          }
          await mustRun(project.root, RUN);
          expect({ name, path, ...stateOf(lake) }).toEqual({ name, path, ...state });
          expect(copies()).toEqual(published);
        }
      }
    },
    1_200_000,
  );
});

describe('records', () => {
  it('that are damaged are found by the audit, made anew by the next run, and not made to look sound by gc', async () => {
    saved.restore();
    const folder = join(lake, 'records');
    const name = readdirSync(folder).find((n) => n.endsWith('.rec')) ?? '';
    const bytes = readFileSync(join(folder, name), 'latin1');
    writeFileSync(join(folder, name), bytes.replace('"rows":300', '"rows":301'), 'latin1');
    expect((await audit(project.root)).code).toBe(1);
    await mustRun(project.root, ['gc', '--young', '0', '--apply']);
    await mustRun(project.root, RUN);
    expect(stateOf(lake)).toEqual(state);
    expect(await audit(project.root)).toMatchObject({ code: 0, damaged: [] });
  });

  it('of which one was lost run that item alone again', async () => {
    saved.restore();
    const folder = join(lake, 'records');
    const name = readdirSync(folder).find((n) => n.endsWith('.idx')) ?? '';
    cut(join(folder, name), 0.99);
    const { out } = await mustRun(project.root, [...RUN, '--json']);
    expect(out.match(/"item-started"/g)).toHaveLength(1);
    expect(stateOf(lake)).toEqual(state);
  });
});

describe('parsed YAML', () => {
  it('in which a digit is another does not change what runs', async () => {
    saved.restore();
    const cache = join(lake, 'cache/yaml.json');
    const text = readFileSync(cache, 'utf8');
    expect(text).toContain('300');
    writeFileSync(cache, text.replace('300', '301'));
    await mustRun(project.root, RUN);
    expect(stateOf(lake)).toEqual(state);
    expect(existsSync(cache)).toBe(true);
  });
});
