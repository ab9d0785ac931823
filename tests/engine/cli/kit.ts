import { runProgram } from '../../../engine/cli/program.js';
import type { Io } from '../../../engine/cli/shared/io.js';
import { type Ended, TestProject } from '../../kit/project.js';
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

/** Where a command line is run. */
interface At {
  readonly cwd: string;
  /** The checkout that has the build. */
  readonly home: string;
}

/** A process as a command sees it, and what the command says to it. */
export function screen(
  { cwd, home }: At,
  argv: readonly string[] = [],
): { readonly io: Io; said: { out: string; err: string } } {
  const said = { out: '', err: '' };
  const io: Io = {
    cwd,
    argv,
    home,
    enter: () => {},
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    color: { out: false, err: false },
    live: false,
    width: 0,
    now: () => performance.now(),
    onInterrupt: () => () => {},
  };
  return { io, said };
}

/** Run a command line in this process: the same as in one of its own, and quicker. */
export async function line(at: At, ...argv: readonly string[]): Promise<Ended> {
  const { io, said } = screen(at, argv);
  const code = await runProgram(argv, io);
  return { code, ...said };
}

/** Run a command line in a project. */
export function dag({ root }: TestProject, ...argv: readonly string[]): Promise<Ended> {
  return line({ cwd: root, home: root }, ...argv);
}

/** What a command that must succeed prints on standard output. */
export async function printed(project: TestProject, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await dag(project, ...args);
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
