import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOnce } from './builds.js';

/** The checkout that the tests lie in. */
export const CHECKOUT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** What a command printed and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A project of its own in a temporary folder: the engine of this checkout, and the nodes and YAML that a test writes. */
export class TestProject {
  readonly root = mkdtempSync(join(tmpdir(), 'dag-test-'));

  /** @param from  Folders of the checkout that are copied besides the engine, e.g. `nodes`, `spec`, `dags`. */
  constructor(from: readonly string[] = []) {
    const keep = (path: string) => !path.includes('node_modules');
    for (const folder of ['engine', ...from])
      cpSync(join(CHECKOUT, folder), join(this.root, folder), { recursive: true, filter: keep });
    for (const file of ['package.json', 'dag', 'tsconfig.json'])
      cpSync(join(CHECKOUT, file), join(this.root, file));
    symlinkSync(join(CHECKOUT, 'node_modules'), join(this.root, 'node_modules'));
    mkdirSync(join(this.root, 'nodes'), { recursive: true });
    mkdirSync(join(this.root, 'spec'), { recursive: true });
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  /** Write files by their project-relative path. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(file)), { recursive: true });
      writeFileSync(this.path(file), text);
    }
  }

  edit(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
    this.write({ [file]: text.replace(from, to) });
  }

  /** Build it; of equal sources once in a run of the tests. */
  build(): void {
    buildOnce(this.root, () => {
      execFileSync(process.execPath, [this.path('engine/build.mjs'), this.root], {
        cwd: this.root,
        env: plainEnv(),
        stdio: 'pipe',
      });
    });
  }

  /** Run the built command line; nothing is rebuilt. */
  dag(...args: readonly string[]): Promise<Ended> {
    return new Promise((done) => {
      const options = { cwd: this.root, env: plainEnv(), maxBuffer: 1 << 28 };
      const child = execFile(
        process.execPath,
        [this.path('dist/dag.js'), ...args],
        options,
        (_error, out, err) => done({ code: child.exitCode, out, err }),
      );
    });
  }

  /** Start a command and leave it running. */
  start(...args: readonly string[]) {
    return spawn(process.execPath, [this.path('dist/dag.js'), ...args], {
      cwd: this.root,
      env: plainEnv(),
      stdio: 'pipe',
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The environment without what the test runner added for itself. */
function plainEnv(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...env } = process.env;
  return env;
}
