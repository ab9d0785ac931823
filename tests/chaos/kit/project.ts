import { rmSync } from 'node:fs';
import { TestProject } from '../../kit/project.js';
import { mustRun } from './command.js';
import { type State, stateOf } from './state.js';
import { DIAMOND, FAN, TOYS } from './toys.js';

/** A small project of toy nodes, built; with `dags/diamond.yaml` and `dags/fan.yaml`. */
export function toyProject(): TestProject {
  const project = new TestProject();
  project.write({ ...TOYS, 'dags/diamond.yaml': DIAMOND, 'dags/fan.yaml': FAN });
  project.build();
  return project;
}

/** Empty the lake and run a pipeline. */
export async function fresh(
  project: TestProject,
  pipeline: string,
  ...args: readonly string[]
): Promise<State> {
  rmSync(project.path('lake'), { recursive: true, force: true });
  await mustRun(project.root, ['run', pipeline, ...args]);
  return stateOf(project.path('lake'));
}

/** A pipeline of one faulty item, one behind it, and one that has nothing to do with it. */
export function faulty(how: string, more = ''): string {
  return `dag: faulty
doc: One item goes wrong.
stages:
  numbers: { use: toy.numbers }
  bad: { use: toy.faulty, in: { frame: numbers.frame }, with: { how: ${how} }${more} }
  after: { use: toy.double, in: { frame: bad.frame }, with: { by: 5 } }
  good: { use: toy.double, in: { frame: numbers.frame } }
out: { after: after.frame, good: good.frame }
`;
}
