import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../engine/diag/refusal.js';
import { auditRun } from '../../../engine/ledger/audit.js';
import { RunFolder } from '../../../engine/ledger/folder.js';
import { commitOf } from '../../../engine/ledger/git.js';
import type { RunEnd, RunStart } from '../../../engine/ledger/manifest.js';
import {
  findRun,
  lastWith,
  listRuns,
  readItems,
  readManifest,
} from '../../../engine/ledger/runs.js';
import { outputsDigest } from '../../../engine/store/record.js';
import type { Stored } from '../../../engine/store/stored.js';

const root = mkdtempSync(join(tmpdir(), 'dag-ledger-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let lakes = 0;
const newLake = () => join(root, `lake${lakes++}`);

const start: RunStart = {
  pipeline: 'smoke',
  file: 'dags/smoke.yaml',
  sets: ['seed=3', 'api_key=hunter2'],
  params: { seed: 3, api_key: 'hunter2', url: 'https://me:hunter2@host/x?token=hunter2' },
  specs: { 'dags/smoke.yaml': 'ab' },
  code: { format: 1, kernel: 'cd' },
  stages: { a: { node: 'n.a', dims: ['x'] }, b: { node: 'n.b', dims: [] } },
  outs: { page: 'b.page' },
  options: { threads: 2 },
};
const end: RunEnd = {
  outcome: 'done',
  counts: { done: 1 },
  warnings: 0,
  degraded: [],
  elapsed: 5,
  timings: { user: 1 },
  outs: {},
  data: {},
};

const OUTPUTS: Readonly<Record<string, Stored>> = { total: { kind: 'scalar', value: 3 } };

function finished(lake: string, durability: 'relaxed' | 'run' = 'relaxed'): RunFolder {
  const run = new RunFolder(root, lake, start, { durability });
  run.audit({ type: 'action', step: 'a@x', status: 'success', outcome: { value: Number.NaN } });
  run.item({ item: 'a@x', key: 'k1', outcome: 'done' }, OUTPUTS);
  run.item({ item: 'b', key: undefined, outcome: 'skipped' });
  run.end(end);
  return run;
}

describe('the folder of a run', () => {
  it.each(['relaxed', 'run'] as const)('tells what was run and how it ended (%s)', (durability) => {
    const lake = newLake();
    const run = finished(lake, durability);
    const found = findRun(lake, 'last');
    expect(found.id).toBe(run.id);
    expect(readManifest(found)).toMatchObject({
      pipeline: 'smoke',
      result: { outcome: 'done' },
      audit: { count: 5 },
    });
    expect(readItems(found)).toEqual([
      { item: 'a@x', key: 'k1', outcome: 'done' },
      { item: 'b', outcome: 'skipped' },
    ]);
    expect(auditRun(found)).toMatchObject({ state: 'sound', count: 5, broken: null });
  });

  it('chains a line for each executed item, and one for all others', () => {
    const { folder } = finished(newLake());
    const lines = readFileSync(join(folder, 'audit.jsonl'), 'utf8').trim().split('\n');
    const records = lines.map((line) => JSON.parse(line));
    const digest = createHash('sha256').update('b  skipped\n').digest('hex');
    expect(records.slice(2)).toMatchObject([
      { type: 'item', item: 'a@x', key: 'k1', outcome: 'done', outputs: outputsDigest(OUTPUTS) },
      { type: 'fresh', count: 1, digest },
      { type: 'end', outcome: 'done' },
    ]);
  });

  it('keeps secrets out of every file', () => {
    const { folder } = finished(newLake());
    for (const name of ['manifest.json', 'audit.jsonl', 'items.jsonl']) {
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain('hunter2');
    }
  });

  it('is open while it runs, and readable when it was killed in the middle of a line', () => {
    const lake = newLake();
    const run = new RunFolder(root, lake, start, { durability: 'run' });
    run.item({ item: 'a', key: 'k', outcome: 'done' });
    run.item({ item: 'b', key: 'k', outcome: 'done' });
    truncateSync(join(run.folder, 'items.jsonl'), 60);
    const found = findRun(lake, 'last');
    expect(readItems(found)).toHaveLength(1);
    expect(auditRun(found)).toMatchObject({ state: 'open', count: 3 });
  });

  it.each([
    [
      'a line is cut off',
      (t: string) => t.slice(0, t.trimEnd().lastIndexOf('\n') + 1),
      { index: 4, why: 'truncated' },
    ],
    [
      'a word is changed',
      (t: string) => t.replace('success', 'failure'),
      { index: 1, why: 'content' },
    ],
    [
      'a line is added',
      (t: string) => t + t.slice(0, t.indexOf('\n') + 1),
      { index: 5, why: 'order' },
    ],
    ['a line is dropped', (t: string) => t.slice(t.indexOf('\n') + 1), { index: 0, why: 'order' }],
  ])('audit notices that %s', (_name, edit, broken) => {
    const lake = newLake();
    const { folder } = finished(lake);
    const path = join(folder, 'audit.jsonl');
    writeFileSync(path, edit(readFileSync(path, 'utf8')));
    expect(auditRun(findRun(lake, 'last'))).toMatchObject({ state: 'broken', broken });
  });

  it('runs are found by words and parts of ids', () => {
    const lake = newLake();
    const [first, second] = [finished(lake), finished(lake)];
    expect(listRuns(lake).map((r) => r.id)).toEqual([first.id, second.id]);
    expect(findRun(lake, 'last~1').id).toBe(first.id);
    expect(findRun(lake, second.id.slice(-6).toLowerCase()).id).toBe(second.id);
  });

  it.each([
    ['none', 'runs/none', 0],
    ['nosuch', 'runs/unknown', 1],
    ['last~1', 'runs/unknown', 1],
    ['0', 'runs/ambiguous', 2],
  ])('findRun(%j) is refused: %s', (name, code, runs) => {
    const lake = newLake();
    for (let i = 0; i < runs; i++) finished(lake);
    expect(codeOf(() => findRun(lake, name))).toBe(code);
  });
});

describe('the commit of a repository', () => {
  const commit = 'a'.repeat(40);
  it.each([
    ['a branch', { HEAD: 'ref: refs/heads/main\n', 'refs/heads/main': `${commit}\n` }, commit],
    [
      'a packed branch',
      { HEAD: 'ref: refs/heads/main\n', 'packed-refs': `# pack-refs\n${commit} refs/heads/main\n` },
      commit,
    ],
    ['detached', { HEAD: `${commit}\n` }, commit],
    ['no commit yet', { HEAD: 'ref: refs/heads/main\n' }, undefined],
  ])('%s', (name, files, expected) => {
    const folder = join(root, `git ${name}`);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, '.git', path, '..'), { recursive: true });
      writeFileSync(join(folder, '.git', path), text);
    }
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    expect(commitOf(join(folder, 'deep/er'))).toBe(expected);
  });

  it('a linked worktree', () => {
    const folder = join(root, 'linked');
    const git = join(root, 'main/.git/worktrees/linked');
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(root, 'main/.git/refs/heads'), { recursive: true });
    mkdirSync(git, { recursive: true });
    writeFileSync(join(folder, '.git'), `gitdir: ${git}\n`);
    writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/side\n');
    writeFileSync(join(git, 'commondir'), '../..\n');
    writeFileSync(join(root, 'main/.git/refs/heads/side'), `${commit}\n`);
    expect(commitOf(folder)).toBe(commit);
  });
});

it('the last run is the last that no test made', () => {
  const lake = newLake();
  const tested = () =>
    new RunFolder(root, lake, { ...start, by: 'pit' }, { durability: 'relaxed' });
  const alone = tested();
  expect(codeOf(() => findRun(lake, 'last'))).toBe('runs/only-tests');
  expect(codeOf(() => findRun(lake, 'nosuch'))).toBe('runs/unknown');
  const [first, second] = [finished(lake), finished(lake)];
  const after = tested();
  expect(findRun(lake, 'last').id).toBe(second.id);
  expect(findRun(lake, 'last~1').id).toBe(first.id);
  expect(codeOf(() => findRun(lake, 'last~2'))).toBe('runs/unknown');
  expect(findRun(lake, after.id).id).toBe(after.id);
  expect(lastWith(lake, ['a@x'])?.id).toBe(second.id);
  alone.item({ item: 'only', key: 'k', outcome: 'done' });
  alone.end(end);
  expect(lastWith(lake, ['only'])?.id).toBe(alone.id);
});

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.diagnostics[0]?.code;
    throw error;
  }
}
