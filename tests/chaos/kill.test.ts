import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestProject } from '../kit/project.js';
import { mustRun } from './kit/command.js';
import { killMany, undisturbed } from './kit/kill.js';
import { toyProject } from './kit/project.js';
import { SMOKE_KILLS, TOURNAMENT_KILLS, TOY_KILLS } from './kit/settings.js';
import { audit, stateOf } from './kit/state.js';

/*
 * kill -9 of a run and all its threads at random moments, then a run that may end: it ends with the digests of an undisturbed
 * one, items included, and leaves a store in which every byte is what its name says. And two runs at once on one lake.
 */

const SECONDS = 1000;
const CASES = [
  { pipeline: 'dags/fan.yaml', kills: TOY_KILLS, toys: true, limit: 20 * SECONDS },
  { pipeline: 'dags/smoke.yaml', kills: SMOKE_KILLS, toys: false, limit: 60 * SECONDS },
  { pipeline: 'dags/tournament.yaml', kills: TOURNAMENT_KILLS, toys: false, limit: 1200 * SECONDS },
].filter(({ kills }) => kills > 0);

describe.each(CASES)('$pipeline', ({ pipeline, kills, toys, limit }) => {
  let project: TestProject;
  beforeAll(() => {
    project = toys ? toyProject() : new TestProject(['nodes', 'spec', 'dags']);
    if (!toys) project.build();
  }, 60 * SECONDS);
  afterAll(() => project.remove());

  const run = [pipeline, '--json'];
  const told = (line: string) => {
    if (!toys) process.stderr.write(`${line}\n`);
  };

  it(
    `killed at ${kills} moments: the next run ends as if nothing had happened`,
    async () => {
      const report = await killMany(project.root, run, kills, told);
      told(JSON.stringify(report));
      expect(report).toMatchObject({ killed: kills, different: [], unsound: [] });
      // A kill leaves at most what each thread was writing, and `dag gc` removes it.
      expect(report.leftovers).toBeLessThanOrEqual(8);
    },
    limit + kills * limit,
  );

  it(
    'two runs started together on one lake: both end well, with the same digests',
    async () => {
      const { state } = await undisturbed(project.root, run);
      const lake = project.path('lake');
      await mustRun(project.root, ['gc', '--keep', '0', '--young', '0', '--apply']);
      await Promise.all([1, 2].map(() => mustRun(project.root, ['run', ...run])));
      expect(stateOf(lake, 'last')).toEqual(state);
      expect(stateOf(lake, 'last~1')).toEqual(state);
      expect(await audit(project.root)).toMatchObject({ code: 0, damaged: [], broken: [] });
    },
    3 * limit,
  );
});
