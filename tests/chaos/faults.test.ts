import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestProject } from '../kit/project.js';
import { mustEnd, mustRun, start } from './kit/command.js';
import { faulty, toyProject } from './kit/project.js';
import { LARGE, sample } from './kit/settings.js';
import { audit, countsOf, outcomesOf, stateOf } from './kit/state.js';

/*
 * Nodes that die, never return, eat all memory or read files that change; and people who interrupt. The item fails with a place, the
 * others go on, and the next run is a good one.
 */

let project: TestProject;
let lake: string;
beforeAll(() => {
  project = toyProject();
  lake = project.path('lake');
});
beforeEach(() => rmSync(lake, { recursive: true, force: true }));
afterAll(() => project.remove());

const RUN = ['run', 'dags/faulty.yaml', '--threads', '2'];
const LIMIT = ', timeout: 300ms';

interface Fault {
  readonly how: string;
  readonly more?: string;
  readonly args?: readonly string[];
  /** What must be told. */
  readonly told: string;
}

const INLINE = ['--executor', 'inline'];
const FAULTS: readonly Fault[] = [
  { how: 'exit', told: 'run/worker-died' },
  { how: 'spin', more: LIMIT, told: 'run/timeout' },
  { how: 'throw', args: INLINE, told: 'thrown on purpose' },
  { how: 'memory', told: 'run/worker-died', args: ['--memory', '768MiB'] },
  { how: 'throw', told: 'thrown on purpose' },
  { how: 'hang', more: LIMIT, told: 'run/timeout' },
  { how: 'stuck', more: LIMIT, told: 'run/timeout' },
  { how: 'hang', args: INLINE, more: LIMIT, told: 'run/timeout' },
  { how: 'stuck', args: INLINE, more: LIMIT, told: 'run/timeout' },
];

describe('a node that goes wrong', () => {
  it.each(sample(FAULTS, 1))(
    '$how $args: fails its item in words, and no other',
    async ({ how, more = '', args = [], told }) => {
      project.write({ 'dags/faulty.yaml': faulty(how, more) });
      const { err } = await mustEnd(1, project.root, [...RUN, ...args]);
      expect(err).toContain(told);
      expect(err).toContain('dags/faulty.yaml:5:3');
      expect(countsOf(lake)).toEqual({ done: 2, failed: 1, blocked: 1 });
      expect(await audit(project.root)).toMatchObject({ code: 0, damaged: [], broken: [] });
      project.write({ 'dags/faulty.yaml': faulty('fine') });
      await mustRun(project.root, RUN);
      expect(countsOf(lake)).toEqual({ cached: 2, done: 2 });
    },
    60_000,
  );

  it('leaves a promise behind that fails: told, and nothing hangs', async () => {
    project.write({
      'dags/faulty.yaml': faulty('reject').replace('how: reject', 'how: reject, wait: 100'),
    });
    const { err } = await mustEnd(1, project.root, RUN);
    expect(err).toContain('left behind');
    expect(err).toContain('dags/faulty.yaml:5:3');
  });
});

describe('a table that cannot be a dimension', () => {
  const cases = [
    ['[a, "b c"]', 'graph/bad-id'],
    ['[a, A]', 'graph/repeated-id'],
  ] as const;
  it.each(sample(cases, 1))(
    '%s: its item fails, once, with the place',
    async (ids, code) => {
      project.write({
        'dags/rows.yaml': `dag: rows
doc: Items from rows.
dimensions:
  row: list.rows
stages:
  list: { use: toy.list, with: { ids: ${ids} } }
  numbers: { foreach: row, use: toy.numbers, with: { rows: 2 } }
  total: { use: toy.sum, in: { frames: numbers.frame } }
out: { total: total.total }
`,
      });
      for (const run of ['first', 'second']) {
        const { err } = await mustEnd(1, project.root, ['run', 'dags/rows.yaml']);
        expect({ run, err }).toMatchObject({ err: expect.stringContaining(code) });
        expect(outcomesOf(lake)).toMatchObject({ list: ['failed'] });
      }
    },
    60_000,
  );
});

describe('an input file', () => {
  const pipeline = (wait: number) => `dag: reading
doc: Reads a file, slowly.
stages:
  lines: { use: toy.lines, with: { folder: input, wait: ${wait} } }
  after: { use: toy.double, in: { frame: lines.frame } }
out: { lines: lines.frame }
`;

  it.each(sample(['threads', 'inline'], 1))(
    'that changes while it is read: nothing is kept (%s)',
    async (executor) => {
      project.write({ 'dags/reading.yaml': pipeline(400), 'input/numbers.txt': '1\n2\n' });
      const run = start(project.root, [
        'run',
        'dags/reading.yaml',
        '--json',
        '--executor',
        executor,
      ]);
      await run.said('has read');
      writeFileSync(project.path('input/numbers.txt'), '3\n4\n');
      const { code, out } = await run.ended;
      expect({ code, out }).toMatchObject({
        code: 1,
        out: expect.stringContaining('run/input-changed'),
      });
      expect(countsOf(lake)).toEqual({ failed: 1, blocked: 1 });
      await mustRun(project.root, ['run', 'dags/reading.yaml']);
      const state = stateOf(lake);
      rmSync(lake, { recursive: true });
      await mustRun(project.root, ['run', 'dags/reading.yaml']);
      expect(stateOf(lake)).toEqual(state);
    },
    60_000,
  );

  (LARGE ? it : it.skip)(
    'that is gone when it is to be read, or afterwards: told by its name',
    async () => {
      project.write({ 'dags/reading.yaml': pipeline(600), 'input/numbers.txt': '1\n2\n' });
      const run = start(project.root, ['run', 'dags/reading.yaml', '--json']);
      await run.said('has read');
      rmSync(project.path('input/numbers.txt'));
      const { code, out } = await run.ended;
      expect({ code, out }).toMatchObject({
        code: 1,
        out: expect.stringContaining('numbers.txt'),
      });
    },
    60_000,
  );
});

describe('an interrupt', () => {
  const slow = (how: string) => faulty(how).replace(`how: ${how}`, `how: ${how}, wait: 500`);

  it.each(sample(['SIGINT', 'SIGTERM'] as const, 1))(
    '%s once: what runs may end, nothing else starts',
    async (signal) => {
      project.write({ 'dags/faulty.yaml': slow('slow') });
      const run = start(project.root, [...RUN, '--json']);
      await run.said('begins');
      run.signal(signal);
      const { code, err } = await run.ended;
      expect({ code, err }).toMatchObject({ code: 130 });
      expect(outcomesOf(lake)).toMatchObject({ bad: ['done'], after: ['cancelled'] });
      expect(await audit(project.root)).toMatchObject({ code: 0, broken: [] });
      await mustRun(project.root, RUN);
      expect(outcomesOf(lake)).toMatchObject({ bad: ['cached'] });
    },
    60_000,
  );

  it('twice: over at once', async () => {
    project.write({ 'dags/faulty.yaml': faulty('spin') });
    const run = start(project.root, [...RUN, '--json']);
    await run.said('begins');
    run.signal('SIGINT');
    await run.said('once more to stop at once');
    const began = performance.now();
    run.signal('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect(performance.now() - began).toBeLessThan(1500);
    await pause(50);
    project.write({ 'dags/faulty.yaml': faulty('fine') });
    await mustRun(project.root, RUN);
    expect(await audit(project.root)).toMatchObject({ code: 0, broken: [] });
  });
});
