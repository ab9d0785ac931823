import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestProject } from '../kit/project.js';
import { dag, mustRun } from './kit/command.js';
import { fresh, toyProject } from './kit/project.js';
import { LARGE, OTHER_NODE, sample } from './kit/settings.js';
import { type State, stateOf } from './kit/state.js';

/*
 * Every output of every item is bit-identical however the run was executed: threads, executor, version of Node. The keys are, too.
 */

const HOW: readonly (readonly [string, readonly string[]])[] = [
  ['eight threads', ['--threads', '8']],
  ['inline', ['--executor', 'inline']],
  ['one thread', ['--threads', '1']],
  ['two threads', ['--threads', '2']],
  ['little memory', ['--threads', '4', '--memory', '512MiB']],
  ['durably', ['--durability', 'run']],
];
const PIPELINES = LARGE ? ['dags/smoke.yaml', 'dags/tournament.yaml'] : [];
const other = OTHER_NODE === undefined ? it.skip : it;

describe.each(['dags/diamond.yaml'])('%s', (pipeline) => {
  let project: TestProject;
  let first: State;
  beforeAll(async () => {
    project = toyProject();
    first = await fresh(project, pipeline);
  });
  afterAll(() => project.remove());

  it.each(sample(HOW, 2))(
    '%s: the same',
    async (_name, args) => {
      expect(await fresh(project, pipeline, ...args)).toEqual(first);
    },
    60_000,
  );
});

const large = PIPELINES.length > 0 ? describe : describe.skip;
large.each(PIPELINES.length > 0 ? PIPELINES : ['(large)'])('%s', (pipeline) => {
  let project: TestProject;
  let first: State;
  beforeAll(async () => {
    project = new TestProject(['nodes', 'spec', 'dags']);
    project.build();
    first = await fresh(project, pipeline);
    process.stderr.write(
      `${pipeline}: ${Object.keys(first.items).length} items, out ${JSON.stringify(first.outs)}\n`,
    );
  }, 900_000);
  afterAll(() => project.remove());

  it.each(HOW)(
    '%s: the same',
    async (_name, args) => {
      expect(await fresh(project, pipeline, ...args)).toEqual(first);
    },
    900_000,
  );

  other(
    'another Node: the same',
    async () => {
      const node = OTHER_NODE ?? '';
      rmSync(project.path('lake'), { recursive: true });
      await mustRun(project.root, ['run', pipeline], { node });
      expect(stateOf(project.path('lake'))).toEqual(first);
      // And it takes what the first Node made for known, and the other way round.
      await mustRun(project.root, ['run', pipeline]);
      expect((await dag(project.root, ['run', pipeline, '--json'], { node })).out).not.toContain(
        'item-started',
      );
    },
    900_000,
  );
});
