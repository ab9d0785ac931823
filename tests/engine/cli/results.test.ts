import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { dag, printed, printedJson, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

let project: TestProject;
let summary: string;
beforeAll(async () => {
  project = toyProject();
  summary = await printed(project, 'run', 'chain');
  await printed(project, 'run', 'chain', '--set', 'times=3');
});
afterAll(() => project.remove());

describe('dag run', () => {
  it('ends with what was done, where the time went and what came out', () => {
    const lines = summary.split('\n');
    expect(lines[0]).toMatch(/^chain done in [\d.]+ s {2}\(run [0-9A-Z]{26}\)$/);
    // Both names give equal numbers, and what is made from equal things is made once.
    expect(lines[1]).toMatch(/^ {2}5 items: (1 cached, 4 done|4 done, 1 joined)$/);
    expect(lines[2]).toMatch(
      /^ {2}time of items: hash .*, read .*, user .*, write .*; queue .* an item/,
    );
    expect(lines[3]).toMatch(/^ {2}total {2}[0-9a-f]{10}$/);
  });

  it('prints events as lines of JSON', async () => {
    const { out, err, code } = await dag(project, 'run', 'chain', '--json');
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ event: 'run-started', pipeline: 'chain' });
    expect(events.at(-1)).toMatchObject({ event: 'run-ended', summary: { outcome: 'done' } });
    expect({ err, code }).toEqual({ err: '', code: 0 });
  });

  it('takes a file, a name, and a path from a folder inside the project', async () => {
    for (const name of ['chain', 'dags/chain.yaml', project.path('dags/chain.yaml')])
      expect(await printed(project, 'run', name)).toContain('chain done');
  });
});

describe('dag runs', () => {
  it('lists runs, the last one at the end', async () => {
    const found = Object(await printedJson(project, 'runs'));
    const ids = found.map(({ run }: { readonly run: string }) => run);
    expect(ids).toEqual([...ids].sort());
    expect(await printed(project, 'runs', '--last', '1')).toContain(ids.at(-1));
    expect(await printed(project, 'runs', '--last', '1')).not.toContain(ids[0]);
  });
});

describe('dag show', () => {
  it('shows how an item came about, and its only table', async () => {
    const out = await printed(project, 'show', 'numbers.frame@b', '--run', 'last~1');
    expect(out).toMatch(/^x\n-+\n0\n/);
    const item = await printed(project, 'show', 'numbers@b');
    expect(item).toMatch(/^numbers@b {2}\(toy\.numbers\)\nkey [0-9a-f]{64}\nmade /);
    expect(item).toContain('  frame: frame, 3 rows × 1 columns (x)\n');
  });

  it('lists the items of a stage in the order of their ids', async () => {
    const out = await printed(project, 'show', 'numbers.total');
    expect(
      out
        .split('\n')
        .slice(2)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['numbers@a', 'numbers@b', '']);
  });

  it('prints rows as JSON and CSV, all columns or some', async () => {
    const rows = [{ x: 0 }, { x: 3 }, { x: 6 }];
    await printed(project, 'run', 'chain', '--set', 'times=3');
    expect(await printedJson(project, 'show', 'numbers.frame@a')).toEqual(rows);
    expect(await printed(project, 'show', 'numbers.frame@a', '--csv')).toBe('x\n0\n3\n6\n');
    expect(await printed(project, 'show', 'numbers.frame@a', '--rows', '2')).toContain('⋮');
  });

  it.each([
    [['numbers@a', '--csv'], 'cli/several-ports'],
    [['numbers@a', '--rows', '2'], 'cli/several-ports'],
    [['numbers.frame', '--csv'], 'numbers.frame has 2 items: --csv shapes the table of one'],
  ])('refuses %j: which table is meant is not told', async (args, told) => {
    const { code, out, err } = await dag(project, 'show', ...args);
    expect(err).toContain(told);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it.each([
    ['nubmers', 'did you mean "numbers"?'],
    ['numbers.fram@a', 'did you mean "frame"?'],
    ['numbers@c', 'cli/no-item'],
  ])('does not know %s and helps', async (name, hint) => {
    const { code, err } = await dag(project, 'show', name);
    expect(err).toContain(hint);
    expect(code).toBe(2);
  });

  it('refuses columns that are not there, and runs that are not there', async () => {
    expect((await dag(project, 'show', 'numbers.frame@a', '--columns', 'y')).err).toContain(
      'no column y',
    );
    expect((await dag(project, 'show', 'total', '--run', 'NOSUCH')).err).toContain(
      '`dag runs` lists them',
    );
  });
});

describe('dag diff', () => {
  it('tells which settings and results differ', async () => {
    await printed(project, 'run', 'chain', '--set', 'times=2');
    await printed(project, 'run', 'chain', '--set', 'times=4');
    const out = await printed(project, 'diff', 'last~1', 'last');
    expect(out).toContain('param times: 2 → 4\n');
    expect(out).toContain('numbers\n  2 items: other results: frame, total\n');
    expect(await printed(project, 'diff', 'last~1', 'last', '--items')).toContain(
      '    numbers@b\n',
    );
    expect(await printedJson(project, 'diff', 'last~1', 'last')).toMatchObject({
      settings: expect.arrayContaining(['param times: 2 → 4']),
    });
  });

  it('says so when there is none', async () => {
    await printed(project, 'run', 'chain');
    await printed(project, 'run', 'chain');
    expect(await printed(project, 'diff', 'last~1', 'last')).toBe(
      'The runs had the same settings and gave the same.\n',
    );
  });
});

describe('dag ls', () => {
  it('lists what pipelines publish', async () => {
    const published = project
      .read('dags/chain.yaml')
      .replace('name: $name } }', 'name: $name }, publish: { frame: lake/numbers } }');
    project.write({ 'dags/published.yaml': published.replace('dag: chain', 'dag: published') });
    expect(await printed(project, 'ls')).toBe('The lake holds no dataset yet.\n');
    await printed(project, 'run', 'published');
    const ports = [{ name: 'frame', stage: 'numbers', items: 2, rows: 6, profile: null }];
    expect(await printedJson(project, 'ls')).toMatchObject([
      { folder: 'numbers', pipeline: 'published', files: 2, ports, damaged: false },
    ]);
    const last = (await printed(project, 'runs', '--last', '1')).match(/[0-9A-Z]{26}/)?.[0];
    const listed = await printed(project, 'ls', 'numbers');
    expect(listed).toMatch(/numbers +published +6 +/);
    expect(listed).toContain(`…${last?.slice(-8)}`);
    await printed(project, 'run', 'published', '--set', 'times=6');
    expect(await printed(project, 'ls', 'numbers')).toMatch(/numbers +published +times=6 +6 +/);
    project.edit('lake/numbers/.published.json', 'frame', 'fraud');
    expect(await printed(project, 'ls', 'numbers')).toMatch(/numbers +cannot be read/);
    expect((await dag(project, 'ls', 'nubmers')).err).toContain('did you mean "numbers"?');
  });
});

describe('a run that fails', () => {
  const FAILING = `dag: failing
doc: A check that does not hold.
stages:
  numbers: { use: toy.numbers, expect: [rows(frame) > 5] }
  doubled: { use: toy.double, in: { frame: numbers.frame } }
out: { total: doubled.total }
`;

  it('exits with 1, says what did not hold and what it stopped, and logs it', async () => {
    project.write({ 'dags/failing.yaml': FAILING });
    const { code, out, err } = await dag(project, 'run', 'failing');
    expect(code).toBe(1);
    expect(err).toContain('dags/failing.yaml:4:');
    expect(err).toContain('rows(frame) > 5');
    expect(out).toMatch(/failing failed in .*\n {2}2 items: 1 failed, 1 blocked/);
    const [{ run }] = Object(await printedJson(project, 'runs', '--last', '1'));
    const log = readFileSync(project.path('lake/runs', run, 'log.jsonl'), 'utf8');
    expect(JSON.parse(log.trim().split('\n').at(-1) ?? '')).toMatchObject({ level: 'error' });
    expect(existsSync(project.path('lake/crash.log'))).toBe(false);
    expect((await dag(project, 'show', 'doubled')).err).toContain('it ended as blocked');
  });

  it('exits with 2 where the pipeline is wrong, and shows every problem at once', async () => {
    project.write({
      'dags/wrong.yaml': FAILING.replace('dag: failing', 'dag: wrong')
        .replace('toy.numbers', 'toy.nubmers')
        .replace('toy.double', 'toy.duoble'),
    });
    const { code, err } = await dag(project, 'check', 'wrong');
    expect(code).toBe(2);
    expect(err).toContain('did you mean "toy.numbers"?');
    expect(err).toContain('did you mean "toy.double"?');
    const json = await dag(project, 'check', 'wrong', '--json');
    expect(JSON.parse(json.out).problems.length).toBeGreaterThanOrEqual(2);
    expect(json.code).toBe(2);
    expect((await dag(project, 'run', 'wrong')).code).toBe(2);
  });
});
