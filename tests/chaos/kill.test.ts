import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestProject } from '../kit/project.js';
import { mustRun } from './kit/command.js';
import { killMany, undisturbed } from './kit/kill.js';
import { SMOKE_KILLS, TOURNAMENT_KILLS } from './kit/settings.js';
import { audit, stateOf } from './kit/state.js';

/*
 * kill -9 of a run and all its threads at random moments, then a run that may end: it ends with the digests of an undisturbed
 * one, items included, and leaves a store in which every byte is what its name says.
 */

let project: TestProject;
beforeAll(() => {
  project = new TestProject(['nodes', 'spec', 'dags']);
  project.build();
}, 60_000);
afterAll(() => project.remove());

const SMOKE = ['dags/smoke.yaml', '--json'];
const NOTHING = { different: [], unsound: [] };
const told = (line: string) => {
  if (SMOKE_KILLS > 5) process.stderr.write(`${line}\n`);
};

describe('a run that was killed', () => {
  it(
    `ends as if nothing had happened: smoke, ${SMOKE_KILLS} moments`,
    async () => {
      const report = await killMany(project.root, SMOKE, SMOKE_KILLS, told);
      told(JSON.stringify(report));
      expect(report).toMatchObject({ ...NOTHING, killed: SMOKE_KILLS });
      // One file a kill may be left half-written, and `dag gc` removes it.
      expect(report.leftovers).toBeLessThanOrEqual(8);
    },
    60_000 + SMOKE_KILLS * 30_000,
  );

  const tournament = TOURNAMENT_KILLS > 0 ? it : it.skip;
  tournament(
    `ends as if nothing had happened: tournament, ${TOURNAMENT_KILLS} moments`,
    async () => {
      const args = ['dags/tournament.yaml', '--json'];
      const report = await killMany(project.root, args, TOURNAMENT_KILLS, told);
      told(JSON.stringify(report));
      expect(report).toMatchObject({ ...NOTHING, killed: TOURNAMENT_KILLS });
    },
    600_000 + TOURNAMENT_KILLS * 600_000,
  );
});

describe('two runs started together on one lake', () => {
  it('both end well, with the same digests', async () => {
    const { state } = await undisturbed(project.root, SMOKE);
    const lake = project.path('lake');
    await mustRun(project.root, ['gc', '--keep', '0', '--young', '0', '--apply']);
    await Promise.all([
      mustRun(project.root, ['run', ...SMOKE]),
      mustRun(project.root, ['run', ...SMOKE]),
    ]);
    expect(stateOf(lake, 'last')).toEqual(state);
    expect(stateOf(lake, 'last~1')).toEqual(state);
    expect(await audit(project.root)).toMatchObject({ code: 0, damaged: [], broken: [] });
  }, 120_000);
});
