import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TestProject } from '../kit/project.js';
import { mustEnd, mustRun } from './kit/command.js';
import { fresh, toyProject } from './kit/project.js';
import { LARGE, sample } from './kit/settings.js';
import { audit, leftovers, type State, stateOf } from './kit/state.js';

/*
 * A lake on a file system that is full or cannot be written: an error that names the path, no stack trace, nothing half-written;
 * once there is room the next run ends as an undisturbed one. Needs the right to mount.
 */

const MOUNTS = mayMount();
const mounted = MOUNTS ? describe : describe.skip;
if (!MOUNTS) process.stderr.write('tests of full disks are skipped: this user may not mount\n');

function mayMount(): boolean {
  const folder = `/tmp/dag-mount-${process.pid}`;
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let project: TestProject;
let lake: string;
const mount = (options: string) => {
  rmSync(lake, { recursive: true, force: true });
  mkdirSync(lake);
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', lake]);
};
const remount = (options: string) => execFileSync('mount', ['-o', `remount,${options}`, lake]);
const unmount = () => {
  try {
    execFileSync('umount', ['-l', lake], { stdio: 'ignore' });
  } catch {
    // not mounted
  }
};

let state: State;
beforeAll(async () => {
  project = toyProject();
  lake = project.path('lake');
  state = await fresh(project, 'dags/fan.yaml');
});
afterEach(unmount);
afterAll(() => project.remove());

const SIZES = sample([40, 12, 0, 4, 8, 16, 20, 24, 32, 48, 56, 64, 72, 80, 96, 112, 128, 144], 1);

mounted('a full disk', () => {
  it.each(SIZES)(
    'after %i KiB: a clear error, and a good run once there is room',
    async (size) => {
      mount('size=8m');
      fill(8 * 1024 - size);
      const { err } = await mustEnd(1, project.root, ['run', 'dags/fan.yaml']);
      expect(err).toMatch(/store\/(disk-full|parquet)|disk is full|space/i);
      expect(err).toContain(lake);
      expect(leftovers(lake)).toEqual([]);
      rmSync(join(lake, 'ballast'));
      await mustRun(project.root, ['run', 'dags/fan.yaml']);
      expect(stateOf(lake)).toEqual(state);
      expect(await audit(project.root)).toMatchObject({ code: 0, damaged: [] });
      const tables = readdirSync(join(lake, 'tables')).filter((name) => !name.startsWith('.'));
      expect(tables).toHaveLength(6);
    },
    60_000,
  );

  /** Leave so many KiB. */
  function fill(size: number): void {
    writeFileSync(join(lake, 'ballast'), Buffer.alloc(size * 1024, 1));
  }
});

mounted('a lake that cannot be written', () => {
  it('can be looked at; a run says what is wrong', async () => {
    mount('size=8m');
    await mustRun(project.root, ['run', 'dags/fan.yaml']);
    remount('ro');
    for (const args of [
      ['runs'],
      ['show', 'total'],
      ['plan', 'dags/fan.yaml'],
      ['why', 'total'],
      ['audit', '--objects'],
      ['check'],
      ['ls'],
    ])
      await mustRun(project.root, args);
    const { err } = await mustEnd(1, project.root, ['run', 'dags/fan.yaml']);
    expect(err).toContain('store/read-only');
    remount('rw');
    await mustRun(project.root, ['run', 'dags/fan.yaml']);
    expect(stateOf(lake)).toEqual(state);
  });
});

const large = MOUNTS && LARGE ? it : it.skip;
large(
  'smoke on disks that are too small ends in words; with room, as undisturbed',
  async () => {
    const smoke = new TestProject(['nodes', 'spec', 'dags']);
    smoke.build();
    const undisturbed = await fresh(smoke, 'dags/smoke.yaml');
    lake = smoke.path('lake');
    for (const size of [1, 3, 6, 9, 12]) {
      mount(`size=${size}m`);
      const { err } = await mustEnd(1, smoke.root, ['run', 'dags/smoke.yaml']);
      expect(err).toContain('disk-full');
      remount('size=200m');
      await mustRun(smoke.root, ['run', 'dags/smoke.yaml']);
      expect({ size, ...stateOf(lake) }).toEqual({ size, ...undisturbed });
      unmount();
    }
    smoke.remove();
  },
  300_000,
);
