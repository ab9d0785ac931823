import { chmodSync, cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { dag, printed, printedJson, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

let project: TestProject;
beforeAll(() => {
  // 1,000 rows: such columns are objects of their own, not part of a record.
  project = toyProject();
  project.edit('dags/chain.yaml', 'with: { times: $times', 'with: { rows: 1000, times: $times');
});
afterAll(() => project.remove());

/** Start a run with other numbers. @returns its id. */
async function run(times: number): Promise<string> {
  const out = await printed(project, 'run', 'chain', '--set', `times=${times}`);
  return /\(run (\w+)\)/.exec(out)?.[1] ?? '';
}

const objects = () =>
  readdirSync(project.path('lake/objects'), { recursive: true, encoding: 'utf8' })
    .map((name) => project.path('lake/objects', name))
    .filter((path) => statSync(path).isFile());

describe('dag audit', () => {
  /** A run that executed something, so that its ledger has lines. */
  let id = '';

  /** What audit says of a run after its ledger was changed; the change is taken back. */
  async function changed(id: string, edit: (lines: string[]) => readonly string[]) {
    const path = `lake/runs/${id}/audit.jsonl`;
    const before = project.read(path);
    project.write({ [path]: edit(before.split('\n')).join('\n') });
    const { code, out } = await dag(project, 'audit', id);
    project.write({ [path]: before });
    return { code, out };
  }

  it('finds runs sound', async () => {
    id = await run(2);
    await run(3);
    expect(await printed(project, 'audit')).toBe('2 runs: 2 sound, 0 open, 0 broken\n');
  });

  it.each([
    [
      'a changed byte',
      'line 2: it was changed',
      (lines: string[]) =>
        lines.map((l, i) => (i === 1 ? l.replace('"item":"numbers', '"item":"nombers') : l)),
    ],
    [
      'a line that was taken out',
      'line 3: it does not follow the line before',
      (lines: string[]) => lines.filter((_, i) => i !== 2),
    ],
    [
      'two lines that changed places',
      'line 2: it does not follow the line before',
      ([a = '', b = '', c = '', ...rest]: string[]) => [a, c, b, ...rest],
    ],
    [
      'lines that are missing at the end',
      'lines are missing from here on',
      (lines: string[]) => [...lines.slice(0, -3), ''],
    ],
    [
      'a line that is no JSON',
      'line 2: it is no JSON',
      (lines: string[]) => lines.map((l, i) => (i === 1 ? l.slice(1) : l)),
    ],
  ])('finds %s', async (_what, told, edit) => {
    const { code, out } = await changed(id, edit);
    expect(out).toContain(`broken  ${id}`);
    expect(out).toContain(told);
    expect(code).toBe(1);
  });

  it('tells programs the state of each run', async () => {
    expect(await printedJson(project, 'audit', id)).toMatchObject({
      runs: [{ run: id, state: 'sound' }],
      objects: null,
    });
  });

  it('finds a flipped bit in any object', async () => {
    expect(await printed(project, 'audit', '--objects')).toContain('all as their names say');
    const [path = ''] = objects();
    const bytes = readFileSync(path);
    chmodSync(path, 0o644);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const { code, out } = await dag(project, 'audit', '--objects');
    expect(out).toMatch(/corrupt {2}[0-9a-f]{64}\n/);
    expect(out).toContain('1 damaged');
    expect(code).toBe(1);
  });
});

describe('dag gc', () => {
  const stored = async () => objects().length;

  it('shows what would go, and touches nothing', async () => {
    await run(5);
    const before = await stored();
    const out = await printed(project, 'gc', '--keep', '1', '--young', '0');
    expect(out).toMatch(/^would remove \d+ runs?, \d+ records?, \d+ objects?/);
    expect(out).toContain('`dag gc --keep 1 --young 0 --apply` removes it');
    expect(out).not.toContain('younger');
    const pinned = await printed(project, 'gc', '--keep', '1', '--young', '0', '--pin', 'last~1');
    expect(pinned).toContain('`dag gc --keep 1 --young 0 --pin last~1 --apply` removes it');
    expect(await stored()).toBe(before);
  });

  it('keeps what is young', async () => {
    const before = await stored();
    const runs = readdirSync(project.path('lake/runs')).length;
    const out = await printed(project, 'gc', '--keep', '1', '--apply');
    expect(out).toContain(`${runs - 1} more runs are younger than 24 h and stay (--young)\n`);
    await printed(project, 'gc', '--keep', '0', '--apply');
    expect(await stored()).toBe(before);
  });

  it('keeps the last runs and pinned ones, and says of others that their results are gone', async () => {
    const pinned = await run(7);
    const dropped = await run(8);
    const kept = await run(9);
    const folder = project.path('lake/runs', dropped);
    cpSync(folder, project.path('before'), { recursive: true });
    await printed(project, 'gc', '--keep', '1', '--pin', pinned, '--young', '0', '--apply');
    expect(readdirSync(project.path('lake/runs')).sort()).toEqual([pinned, kept].sort());
    cpSync(project.path('before'), folder, { recursive: true });
    const frame = (id: string) =>
      dag(project, 'show', 'numbers.frame@a', '--run', id, '--rows', '2');
    expect((await frame(kept)).out).toContain('8991');
    expect((await frame(pinned)).out).toContain('6993');
    const { code, err } = await frame(dropped);
    expect(err).toContain('run the pipeline again');
    expect(code).toBe(2);
    expect(await printed(project, 'audit', '--objects')).toContain('0 broken');
  });

  it('takes nothing from a run that is under way', async () => {
    const started = project.start('run', 'chain', '--set', 'times=11', '--set', 'wait=4000');
    const ended = new Promise((done) => started.once('exit', done));
    const before = readdirSync(project.path('lake/runs'));
    const underWay = () => readdirSync(project.path('lake/runs')).length > before.length;
    while (!underWay() || objects().every((path) => Date.now() - statSync(path).mtimeMs > 4000))
      await new Promise((done) => setTimeout(done, 50));
    const out = await printed(project, 'gc', '--keep', '0', '--young', '0', '--apply');
    expect(out).toContain('a run is under way');
    expect(await ended).toBe(0);
    expect(readdirSync(project.path('lake/runs'))).toHaveLength(1);
    expect(await printed(project, 'audit', '--objects')).toContain('all as their names say');
    const again = ['run', 'chain', '--set', 'times=11', '--set', 'wait=4000'];
    expect(await printed(project, ...again)).toContain('5 items: 5 cached\n');
  });

  it('refuses to pin a run that is not there', async () => {
    const { code, err } = await dag(project, 'gc', '--pin', 'NOSUCH');
    expect(err).toContain('No run is called "NOSUCH"');
    expect(code).toBe(2);
  });
});
