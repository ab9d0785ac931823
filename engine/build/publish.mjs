import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';

/*
 * Builds live side by side in `.dist/<digest of what they hold>`; `dist` is a link to the current one, replaced in one step.
 * A process that started from an older build keeps finding all of it; builds made at the same time end with the same link.
 */

/** Builds that are kept for processes which started from them. */
const KEPT = 20;

/** An empty folder for a build in the making. */
export function temporary(root) {
  const folder = join(root, '.dist', `new-${process.pid}-${process.hrtime.bigint()}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Make a finished folder the current build.
 * @param {string} made   as given by `temporary`.
 * @param {number} start  when its sources were first looked at, in milliseconds: whatever is newer makes the build stale.
 */
export function publish(root, made, start) {
  const name = digestOf(made);
  const kept = join(root, '.dist', name);
  const time = start / 1000;
  utimesSync(join(made, 'catalogue.json'), time, time);
  if (!moved(made, kept)) {
    utimesSync(join(kept, 'catalogue.json'), time, time);
    rmSync(made, { recursive: true });
  }
  const link = join(root, '.dist', `link-${process.pid}-${process.hrtime.bigint()}`);
  symlinkSync(join('.dist', name), link);
  const dist = join(root, 'dist');
  if (statSync(dist, { throwIfNoEntry: false }) && !isLink(dist)) rmSync(dist, { recursive: true });
  renameSync(link, dist);
  tidy(root, name);
}

/** @returns false where an equal build stands already. */
function moved(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST') return false;
    throw error;
  }
}

function isLink(path) {
  try {
    readlinkSync(path);
    return true;
  } catch (error) {
    if (error.code === 'EINVAL') return false;
    throw error;
  }
}

function tidy(root, current) {
  const folder = join(root, '.dist');
  const builds = readdirSync(folder)
    .filter((name) => /^[0-9a-f]{16}$/.test(name) && name !== current)
    .map((name) => ({
      name,
      at: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    }))
    .sort((a, b) => b.at - a.at);
  for (const { name } of builds.slice(KEPT))
    rmSync(join(folder, name), { recursive: true, force: true });
}

function digestOf(folder) {
  const hash = createHash('sha256');
  for (const path of readdirSync(folder, { recursive: true }).sort()) {
    const full = join(folder, path);
    if (statSync(full).isFile()) hash.update(`${path}\n`).update(readFileSync(full));
  }
  return hash.digest('hex').slice(0, 16);
}
