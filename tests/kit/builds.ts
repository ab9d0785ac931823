import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';

/*
 * Two dozen suites build projects whose sources are the same, so a run of the tests makes each build once. A kept build is a folder
 * named by the digest of all that it was made of: it has the list of plugins and the build under its own name.
 */

/** Written by the build, not read by it. */
const LIST = 'nodes/index.ts';
/** As the build does it: file times are coarse. */
const CLOCK_STEP = 20;

/**
 * Build a project, or give it the build that was made of equal sources in this run.
 * @param build  builds it in earnest.
 */
export function buildOnce(root: string, build: () => void): void {
  const folder = process.env.DAG_TEST_BUILDS;
  // Packages of a project's own can change a build, and are too many to read.
  const own = !lstatSync(join(root, 'node_modules')).isSymbolicLink();
  if (folder === undefined || own) {
    build();
    return;
  }
  const kept = join(folder, digestOf(root));
  if (existsSync(kept)) take(root, kept);
  else {
    build();
    keep(root, kept);
  }
}

function digestOf(root: string): string {
  const hash = createHash('sha256').update(readlinkSync(join(root, 'node_modules')));
  const below = ['engine', 'nodes'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  );
  for (const file of ['package.json', 'tsconfig.json', ...below.sort()]) {
    const path = join(root, file);
    if (file === LIST || !statSync(path).isFile()) continue;
    hash.update(`${file}\n`).update(createHash('sha256').update(readFileSync(path)).digest());
  }
  return hash.digest('hex');
}

/** Under its name in one step; whoever kept an equal build meanwhile has kept this one. */
function keep(root: string, kept: string): void {
  const made = mkdtempSync(`${kept}-`);
  const dist = realpathSync(join(root, 'dist'));
  cpSync(dist, join(made, 'builds', basename(dist)), { recursive: true });
  cpSync(join(root, LIST), join(made, basename(LIST)));
  try {
    renameSync(made, kept);
  } catch (error) {
    rmSync(made, { recursive: true });
    if (!existsSync(kept)) throw error;
  }
}

function take(root: string, kept: string): void {
  const list = readFileSync(join(kept, basename(LIST)), 'utf8');
  if (!existsSync(join(root, LIST)) || readFileSync(join(root, LIST), 'utf8') !== list) {
    writeFileSync(join(root, LIST), list);
    // What is written now must not look newer than the build.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * CLOCK_STEP);
  }
  const [name = ''] = readdirSync(join(kept, 'builds'));
  const time = (Date.now() - CLOCK_STEP) / 1000;
  cpSync(join(kept, 'builds', name), join(root, '.dist', name), { recursive: true });
  utimesSync(join(root, '.dist', name, 'catalogue.json'), time, time);
  const link = join(root, '.dist', `link-${process.pid}`);
  symlinkSync(join('.dist', name), link);
  renameSync(link, join(root, 'dist'));
}
