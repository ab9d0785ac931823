import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  filesOf,
  LEDGER,
  publishedText,
  readPublished,
} from '../../../../engine/run/publish/published.js';
import { stillSo } from '../../../../engine/run/standing/evidence.js';
import { defineNode, port, t } from '../../../../engine/sdk/index.js';
import { InlineProject, type Ran } from '../../../kit/run.js';

/* What one pipeline published is read by another one, as it was published or not at all; before it was, there is nothing. */

const measures = defineNode({
  type: 'toy.measures',
  doc: 'Something that takes long.',
  time: 'fit',
  in: {},
  out: { table: port.json('What was measured.') },
  params: { value: t.integer({ doc: 'What comes out.' }), salt: t.integer({ doc: 'Beside it.' }) },
  run: (_ins, { value }) => ({ table: [value] }),
});
const reads = defineNode({
  type: 'toy.reads',
  doc: 'What was measured last.',
  time: 'fit',
  effects: ['ledger'],
  in: {},
  out: { found: port.json<readonly string[]>('The files that are there.') },
  params: { folder: t.folder({ doc: 'Where it is published.' }) },
  files: ({ folder }, world) => world.published(folder, '*.json', 'dags/measure.yaml'),
  run: (_ins, _params, ctx) => ({ found: ctx.files.map((path) => readFileSync(path, 'utf8')) }),
});
const tells = defineNode({
  type: 'toy.tells',
  doc: 'A report.',
  time: 'fit',
  in: { found: port.json<readonly string[]>('What was measured.') },
  out: { text: port.json('The same.') },
  params: {},
  run: ({ found }) => ({ text: found }),
});

const MEASURE = `dag: measure
params: { value: 1, salt: 1 }
stages:
  measure: { use: toy.measures, with: { value: $value, salt: $salt }, publish: { table: lake/measured } }
out: { table: measure.table }
`;
const TELL = `dag: tell
stages:
  read: { use: toy.reads, with: { folder: lake/measured } }
  tell: { use: toy.tells, in: { found: read.found } }
out: { found: read.found, text: tell.text }
`;

let project: InlineProject;
let folder: string;
beforeEach(() => {
  project = new InlineProject([measures, reads, tells]);
  project.write({ 'dags/measure.yaml': MEASURE, 'dags/tell.yaml': TELL });
  folder = join(project.root, 'lake/measured');
});
afterEach(() => project.remove());

const measure = (value: number, salt = 1) =>
  project.run('dags/measure.yaml', {
    sets: [
      { path: 'value', text: String(value) },
      { path: 'salt', text: String(salt) },
    ],
  });
const tell = () => project.run('dags/tell.yaml');
const problems = ({ events }: Ran) =>
  events.flatMap((e) => (e.event === 'item-ended' ? (e.problems ?? []) : []));
const CACHED = { read: 'cached', tell: 'cached' };
const table = () => join(folder, 'table.json');

describe('what another pipeline published', () => {
  it('is nothing before it did, and a second run is warm', async () => {
    expect((await tell()).outcomes).toEqual({ read: 'done', tell: 'done' });
    expect((await tell()).outcomes).toEqual(CACHED);
    mkdirSync(folder, { recursive: true });
    expect((await tell()).outcomes).toEqual(CACHED);
  });

  it('is read when it did, by whom it concerns alone', async () => {
    const none = await tell();
    await measure(5);
    const some = await tell();
    expect(some.outcomes).toEqual({ read: 'done', tell: 'done' });
    expect(some.summary.outs.text?.digest).not.toBe(none.summary.outs.text?.digest);
    expect((await tell()).outcomes).toEqual(CACHED);
    await measure(6);
    expect((await tell()).outcomes).toEqual({ read: 'done', tell: 'done' });
  });

  it('is the same where another run gave the same', async () => {
    await measure(5);
    await tell();
    await measure(5, 2);
    expect((await tell()).outcomes).toEqual(CACHED);
  });

  const EDITS: readonly (readonly [string, () => void, string, string])[] = [
    ['edited', () => writeFileSync(table(), '[6]\n'), 'run/not-as-published', 'was changed since'],
    ['torn', () => writeFileSync(table(), '['), 'run/not-as-published', 'was changed since'],
    ['gone', () => rmSync(table()), 'run/not-as-published', 'was published and is gone'],
    [
      'beside one of nobody',
      () => writeFileSync(join(folder, 'other.json'), '[]\n'),
      'run/not-as-published',
      'other.json was published by nobody',
    ],
    [
      'without its ledger',
      () => rmSync(join(folder, LEDGER)),
      'run/not-as-published',
      'table.json was published by nobody',
    ],
    [
      'with a ledger that is torn',
      () => writeFileSync(join(folder, LEDGER), '{'),
      'run/damaged-ledger',
      'nobody can tell whether lake/measured is as it was published',
    ],
  ];

  it.each(EDITS)('is refused where it is %s', async (_name, edit, code, words) => {
    await measure(5);
    const { answer } = await tell();
    if (!answer) throw new Error('a run of which nothing can be told again');
    const open = project.open();
    expect(stillSo(open, open.store, answer.evidence)).toBe(true);
    edit();
    // A run that is only told again would be no answer either.
    expect(stillSo(open, open.store, answer.evidence)).toBe(false);
    const ran = await tell();
    expect(ran.outcomes.read).toBe('failed');
    const [problem] = problems(ran);
    expect(problem).toMatchObject({ code, place: { file: 'dags/tell.yaml', line: 3 } });
    expect(problem?.message).toContain(words);
    expect(problem?.hint).toBe(
      '`dag run dags/measure.yaml` publishes it anew; to go without, remove lake/measured',
    );
  });

  it('is mended by the pipeline that publishes it, and forgotten where its folder is removed', async () => {
    await measure(5);
    await tell();
    writeFileSync(table(), '[6]\n');
    await measure(5);
    expect((await tell()).outcomes).toEqual(CACHED);
    rmSync(folder, { recursive: true });
    expect((await tell()).exit).toBe(0);
  });

  it('may be the old or the new one where a process was killed while it published', async () => {
    await measure(5);
    const before = readPublished(folder);
    await measure(6);
    const after = readPublished(folder);
    if (typeof before !== 'object' || typeof after !== 'object') throw new Error('no ledger');
    const [old, made] = [before.ports.table, filesOf(after.ports.table).get('table.json')];
    if (!old || !made) throw new Error('nothing was published');
    const ports = { table: { ...old, writing: { 'table.json': [made] } } };
    writeFileSync(join(folder, LEDGER), publishedText({ ...before, ports }));
    for (const text of ['[5]\n', '[6]\n']) {
      writeFileSync(table(), text);
      expect((await tell()).exit).toBe(0);
    }
    writeFileSync(table(), '[7]\n');
    expect(problems(await tell()).map(({ code }) => code)).toEqual(['run/not-as-published']);
  });
});
