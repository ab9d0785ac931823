import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alone } from '../../../../engine/run/publish/lock.js';
import { readPublished } from '../../../../engine/run/publish/published.js';
import { InlineProject } from '../../../kit/run.js';
import { TOY_NODES } from '../../../kit/toy-nodes.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dag-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const mark = (pid: number) =>
  writeFileSync(join(folder, '.publishing'), JSON.stringify({ pid, host: hostname() }));

describe('a folder that is being published to', () => {
  it('is worked on by one after the other, also where one fails', async () => {
    const steps: string[] = [];
    const work = (name: string) =>
      alone(folder, async () => {
        steps.push(`${name} starts`);
        await new Promise((done) => setTimeout(done, 20));
        steps.push(`${name} ends`);
        if (name === 'a') throw new Error('broken');
      });
    const [a, b] = await Promise.allSettled([work('a'), work('b')]);
    expect([a?.status, b?.status]).toEqual(['rejected', 'fulfilled']);
    expect(steps).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is free again when its process was killed', async () => {
    mark(2 ** 22 + 1); // above the largest process id
    await alone(folder, async () => expect(existsSync(join(folder, '.publishing'))).toBe(true));
  });

  it('is free again when a mark was left half written', async () => {
    writeFileSync(join(folder, '.publishing'), '');
    await expect(alone(folder, async () => 0, { patience: 100 })).rejects.toThrow('publish/busy');
    utimesSync(join(folder, '.publishing'), new Date(2024, 0), new Date(2024, 0));
    expect(await alone(folder, async () => 1)).toBe(1);
  });

  it('is cleared by one process at a time', async () => {
    mark(2 ** 22 + 1);
    const guard = join(folder, '.publishing.clearing');
    writeFileSync(guard, '');
    const waits = alone(folder, async () => 1);
    await new Promise((done) => setTimeout(done, 100));
    expect(existsSync(guard)).toBe(true);
    rmSync(guard);
    expect(await waits).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not waited for by a run that is interrupted', async () => {
    mark(process.ppid);
    const abort = new AbortController();
    const waits = alone(folder, async () => 1, { signal: abort.signal });
    abort.abort();
    expect(await waits).toBeUndefined();
  });

  it('is not waited for for ever', async () => {
    mark(process.ppid);
    await expect(alone(folder, async () => 0, { patience: 100 })).rejects.toThrow('publish/busy');
  });

  it('ends as one of two runs with different settings left it', async () => {
    const project = new InlineProject(TOY_NODES);
    project.write({
      'dags/tables.yaml': `dag: tables
doc: Tables.
params:
  names: { type: list text, default: [a, b] }
  times: 1
profiles:
  other: { names: [b, c], times: 3 }
dimensions:
  name: $names
stages:
  numbers: { foreach: name, use: toy.numbers, with: { times: $times, name: $name }, publish: { frame: lake/tables } }
out: { frames: numbers.frame }
`,
    });
    const profiles = ['other', undefined, 'other', undefined];
    const run = (profile: string | undefined) =>
      project.run('dags/tables.yaml', { ...(profile !== undefined && { profile }) });
    await Promise.all(profiles.map(run));
    const tables = join(project.root, 'lake/tables');
    const found = Object(readPublished(tables));
    const { profile, items, writing } = found.ports.frame;
    const names = profile === 'other' ? ['b', 'c'] : ['a', 'b'];
    expect(Object.keys(items)).toEqual(names.map((name) => `${name}/frame`));
    expect(
      readdirSync(tables)
        .filter((name) => !name.startsWith('.'))
        .sort(),
    ).toEqual(names);
    expect(writing).toEqual({});
    const { events } = await run(profile ?? undefined);
    expect(events.filter(({ event }) => event === 'published')).toEqual([]);
    project.remove();
  });
});
