import { TestProject } from '../../kit/project.js';
import { TOYS } from '../../kit/toys.js';

/** Two items of two stages, gathered in a third; `wait` makes it last. */
export const CHAIN = `dag: chain
doc: Numbers, doubled and added up.
params:
  times: 2
  wait: 0
dimensions:
  name: [a, b]
stages:
  numbers: { foreach: name, use: toy.numbers, with: { times: $times, name: $name } }
  doubled: { foreach: name, use: toy.double, in: { frame: numbers.frame }, with: { wait: $wait } }
  total: { use: toy.sum, in: { totals: doubled.total } }
out: { total: total.total, names: total.names }
`;

/** A built project with the toy nodes and the pipeline above. */
export function toyProject(files: Readonly<Record<string, string>> = {}): TestProject {
  const project = new TestProject();
  project.write({ ...TOYS, 'dags/chain.yaml': CHAIN, ...files });
  project.build();
  return project;
}

/** What a command that must succeed prints on standard output. */
export async function printed(project: TestProject, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await project.dag(...args);
  if (code !== 0) throw new Error(`dag ${args.join(' ')} ended with ${code}:\n${err}${out}`);
  return out;
}

/** The same for commands that print one JSON document. */
export async function printedJson(
  project: TestProject,
  ...args: readonly string[]
): Promise<unknown> {
  return JSON.parse(await printed(project, ...args, '--json'));
}
