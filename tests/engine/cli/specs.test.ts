import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { dag, printed, printedJson, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

const TWICE = `formula: twice
doc: Twice a series.
args:
  x: { doc: The series. }
expr: 2 * x
cases:
  - rows: { x: [1, 2] }
    gives: [2, 4]
`;

let project: TestProject;
beforeAll(() => {
  project = toyProject({ 'spec/formulas/twice.yaml': TWICE });
});
afterAll(() => project.remove());

describe('dag test', () => {
  it('says that every case holds', async () => {
    expect(await printed(project, 'test')).toBe('1 case in 1 spec: all hold\n');
    expect(await printed(project, 'test', 'spec/formulas/twice.yaml')).toContain('all hold');
    expect(await printedJson(project, 'test')).toEqual({ cases: 1, specs: 1, problems: [] });
  });

  it('exits with 1 and shows the row, what was expected and what came', async () => {
    project.edit('spec/formulas/twice.yaml', '[2, 4]', '[2, 5]');
    const { code, out, err } = await dag(project, 'test');
    const json = await dag(project, 'test', '--json');
    project.edit('spec/formulas/twice.yaml', '[2, 5]', '[2, 4]');
    expect(err).toContain('spec/formulas/twice.yaml:8:');
    expect(err).toContain('gives: [2, 5]');
    expect(out).toBe('1 case in 1 spec: 1 problem\n');
    expect(code).toBe(1);
    expect(JSON.parse(json.out).problems).toHaveLength(1);
    expect(json.code).toBe(1);
  });

  it('refuses paths that are not there', async () => {
    const { code, err } = await dag(project, 'test', 'spec/formulas/thrice.yaml');
    expect(err).toContain('thrice');
    expect(code).toBe(2);
  });
});

describe('dag check', () => {
  it('says how many pipelines it has compiled', async () => {
    expect(await printed(project, 'check')).toBe('1 pipeline: 0 errors, 0 warnings\n');
    expect(await printedJson(project, 'check', 'chain')).toEqual({ problems: [] });
  });

  it('looks at specs that no pipeline uses, unless one is named', async () => {
    const file = 'spec/contracts/unused.yaml';
    project.write({ [file]: 'contract: unused\ncolumns: { ts: tiem }\nsort: [ts]\n' });
    const all = await dag(project, 'check');
    const one = await dag(project, 'check', 'chain');
    rmSync(project.path(file));
    expect(all.err).toContain(`${file}:2:12  contract/wrong-value`);
    expect(all.out).toBe('1 pipeline and 1 spec: 1 error, 0 warnings\n');
    expect([all.code, one.code]).toEqual([2, 0]);
  });
});

describe('dag check of a pipeline that waits for a value', () => {
  const WAITS = `dag: waits
doc: Has a parameter without a default.
params:
  rows: { type: integer }
stages:
  numbers: { use: toy.numbers, with: { rows: $rows } }
out: { frame: numbers.frame }
`;
  beforeAll(() => project.write({ 'dags/waits.yaml': WAITS }));
  afterAll(() => rmSync(project.path('dags/waits.yaml')));

  it('notes it where all are checked, and does not call the project wrong', async () => {
    const { code, out, err } = await dag(project, 'check');
    expect(err).toContain('dags/waits.yaml:4:');
    expect(err).toContain('check/needs-set');
    expect(err).toContain('needs --set rows=…');
    expect(err).toContain('`dag check dags/waits.yaml --set rows=…` checks it');
    expect({ code, out }).toEqual({ code: 0, out: '2 pipelines: 0 errors, 1 warning\n' });
  });

  it('is an error where it is named without the value', async () => {
    const { code, err } = await dag(project, 'check', 'waits');
    expect(err).toContain('graph/needs-value');
    expect(code).toBe(2);
    expect(await printed(project, 'check', 'waits', '--set', 'rows=2')).toContain('0 errors');
  });
});

describe('dag nodes', () => {
  it('lists nodes, those of an area, or explains one', async () => {
    const all = await printed(project, 'nodes');
    expect(all).toMatch(/^node +time +what it does\n/);
    expect(all).toContain('toy.numbers  row   A column of whole numbers, each times a factor.\n');
    expect(await printed(project, 'nodes', 'toy')).toBe(all);
    const page = await printed(project, 'nodes', 'toy.double');
    expect(page).toContain('- `frame`: frame. Any frame.\n');
    expect(page).toContain('- `wait`: integer, default `0`. Milliseconds.\n');
  });

  it('gives programs the metadata', async () => {
    expect(await printedJson(project, 'nodes', 'toy.sum')).toMatchObject([
      { type: 'toy.sum', time: 'fit', in: { totals: { kind: 'scalar', many: { min: 1 } } } },
    ]);
  });
});

describe('the limits of a run', () => {
  it.each([
    ['one thread', ['--threads', '1']],
    ['no thread', ['--executor', 'inline']],
    ['little memory', ['--memory', '64MiB']],
    ['results that survive a power cut', ['--durability', 'run']],
  ])('%s: the same result', async (_what, options) => {
    await printed(project, 'run', 'chain');
    const digest = /total +([0-9a-f]{10})/;
    const [, before] = digest.exec(await printed(project, 'run', 'chain')) ?? [];
    await printed(project, 'gc', '--keep', '0', '--young', '0', '--apply');
    const out = await printed(project, 'run', 'chain', ...options);
    expect(out).not.toContain('5 items: 5 cached');
    expect(digest.exec(out)?.[1]).toBe(before);
  });
});
