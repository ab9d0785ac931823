import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { errno } from '../../../engine/store/failure.js';

/** How a command ended; `signal` when something killed it. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandOptions {
  /** Another Node than the one the tests run on. */
  readonly node?: string;
  /** Options of Node itself, which its threads inherit. */
  readonly nodeOptions?: readonly string[];
  /** Variables besides those of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder it runs in; the project by default. */
  readonly cwd?: string;
}

/** A command that runs in a process group of its own, as one that a shell starts does. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Send a signal to the whole group. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when a text has appeared in what it printed; rejects when it ends without. */
  said(text: string): Promise<void>;
  /** The same for a number of whole lines on standard output. */
  lines(count: number): Promise<void>;
}

/** Start the built command line of a project. */
export function start(
  root: string,
  args: readonly string[],
  { node = process.execPath, nodeOptions = [], cwd = root, env: more = {} }: CommandOptions = {},
): Running {
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...env } = process.env;
  const child = spawn(node, [...nodeOptions, join(root, 'dist/dag.js'), ...args], {
    cwd,
    env: { ...env, ...more },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    tell();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    tell();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  const until = (there: () => boolean, what: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!there()) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`It ended without ${what}\n${out}${err}`)));
    });
  return {
    child,
    ended,
    signal: (name) => signalGroup(child, name),
    said: (text) => until(() => out.includes(text) || err.includes(text), `saying ${text}`),
    lines: (count) => until(() => out.split('\n').length > count, `${count} lines`),
  };
}

/** Run a command of the built command line to its end. */
export function dag(
  root: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Ended> {
  return start(root, args, options).ended;
}

/** The same, refusing any end but a good one. */
export function mustRun(
  root: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Ended> {
  return mustEnd(0, root, args, options);
}

/** The same, refusing any end but this exit code, and any stack trace. */
export async function mustEnd(
  code: number,
  root: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Ended> {
  const ended = await dag(root, args, options);
  const { out, err } = ended;
  if (ended.code === code && !/^ +at .+:\d+/m.test(err)) return ended;
  const how = `dag ${args.join(' ')} ended with ${ended.code ?? ended.signal}, not ${code}`;
  throw new Error(`${how}\n${out.slice(-3000)}\n${err.slice(-3000)}`);
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    // The group may have ended by itself a moment ago.
    if (errno(error) !== 'ESRCH') throw error;
  }
}
