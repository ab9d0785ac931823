import { renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestProject } from '../kit/project.js';
import { mustRun } from './kit/command.js';
import { flipBit } from './kit/damage.js';
import { objectsIn, Saved } from './kit/lakes.js';
import { fresh, toyProject } from './kit/project.js';
import { sample } from './kit/settings.js';
import { audit, countsOf, type State, stateOf } from './kit/state.js';

/* Odd paths, and clocks that go wrong between runs: none of it may matter. */

const RUN = ['run', 'dags/diamond.yaml'];
const PUBLISHED = `dag: published
doc: A table, published.
stages:
  numbers: { use: toy.numbers, publish: { frame: lake/tables } }
out: { frame: numbers.frame }
`;

let project: TestProject;
let state: State;
beforeAll(async () => {
  project = toyProject();
  project.write({ 'dags/published.yaml': PUBLISHED });
  state = await fresh(project, 'dags/diamond.yaml');
});
afterAll(() => project.remove());

describe('a project in an odd place', () => {
  const names = [
    "it's ünïcödé 日本 %20 #1 $HOME",
    'a b  c',
    "o'brien",
    '🚀',
    '-x',
    'per%20cent #1',
    'dollar$HOME',
    'new\nline',
  ];
  it.each(sample(names, 1))(
    '%j: runs, publishes and answers queries',
    async (name) => {
      const moved = `${project.root} ${name}`;
      renameSync(project.root, moved);
      try {
        rmSync(`${moved}/lake`, { recursive: true });
        await mustRun(moved, RUN);
        expect(stateOf(`${moved}/lake`)).toEqual(state);
        await mustRun(moved, ['query', 'select count(*) from doubled']);
        await mustRun(moved, ['run', 'dags/published.yaml']);
        await mustRun(moved, ['run', 'dags/published.yaml']);
        expect(countsOf(`${moved}/lake`)).toEqual({ cached: 1 });
      } finally {
        renameSync(moved, project.root);
      }
    },
    60_000,
  );
});

describe('a clock', () => {
  const script = fileURLToPath(new URL('kit/shift-clock.mjs', import.meta.url));
  const at = (hours: number) => ({
    nodeOptions: ['--import', script],
    env: { SHIFT_HOURS: String(hours) },
  });

  it.each(sample([-50_000, -1, 1, 50_000], 1))(
    'wrong by %i hours: nothing runs again',
    async (hours) => {
      await fresh(project, 'dags/diamond.yaml');
      await mustRun(project.root, RUN, at(hours));
      await mustRun(project.root, RUN, at(0));
      expect(countsOf(project.path('lake'))).toEqual({ cached: 5 });
      expect(await audit(project.root)).toMatchObject({ code: 0 });
    },
    60_000,
  );

  it('set back after a run in the future: repairs are found by the next run', async () => {
    const lake = project.path('lake');
    rmSync(lake, { recursive: true, force: true });
    await mustRun(project.root, RUN, at(50_000));
    const saved = new Saved(lake);
    for (const path of objectsIn(lake)) flipBit(path, 0.5, { touched: true });
    await mustRun(project.root, RUN, at(0));
    await mustRun(project.root, RUN, at(0));
    expect(countsOf(lake)).toEqual({ cached: 5 });
    expect(stateOf(lake)).toEqual(state);

    // A record that is damaged is the latest of its key until a later one comes; "later" is not by the clock alone.
    saved.restore();
    const [segment = ''] = saved.files('records', '.rec');
    flipBit(segment, 0.001);
    await mustRun(project.root, RUN, at(0));
    await mustRun(project.root, RUN, at(0));
    expect(countsOf(lake)).toEqual({ cached: 5 });
    expect(stateOf(lake)).toEqual(state);
  });
});
