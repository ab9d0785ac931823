import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runAgain } from '../../../../engine/cli/again.js';
import { siteOf } from '../../../../engine/run/site.js';
import { type Evidence, stillSo } from '../../../../engine/run/standing/evidence.js';
import { Store } from '../../../../engine/store/store.js';
import { flipBit } from '../../../chaos/kit/damage.js';
import { screen } from '../../cli/kit.js';
import { again, neededObject, old, oneOf, project, RUN, ranBeforeEach } from './kit.js';

ranBeforeEach();

describe('anything that moves makes it a run', () => {
  const moves: readonly (readonly [string, () => void])[] = [
    [
      'a comment in the pipeline',
      () => appendFileSync(project.path('dags/standing.yaml'), '# x\n'),
    ],
    ['a part of the pipeline', () => project.edit('parts/twice.yaml', 'by: 2', 'by: 3')],
    [
      'a new composed operator',
      () =>
        project.write({ 'spec/formulas/new.yaml': 'formula: new\nargs: { x: series }\nexpr: x\n' }),
    ],
    ['an input file', () => old('input/numbers.txt', '1\n2\n4\n')],
    ['an input file that is gone', () => rmSync(project.path('input/numbers.txt'))],
    ['another input file', () => old('input/more.txt', '5\n')],
    ['a lost record', () => rmSync(oneOf('records', '.idx'))],
    ['a lost segment of records', () => rmSync(oneOf('records', '.rec'))],
    ['a torn index', () => writeFileSync(oneOf('records', '.idx'), 'x')],
    ['a damaged head', () => flipBit(oneOf('records', '.rec'), 0.01)],
    ['a lost output', () => rmSync(neededObject())],
    ['a changed output', () => flipBit(neededObject(), 0.5, { touched: true })],
    ['a lost published file', () => rmSync(oneOf('tables', '.parquet'))],
    ['a changed published file', () => appendFileSync(oneOf('tables', '.parquet'), 'x')],
    ['a lost ledger of published files', () => rmSync(oneOf('tables', '.json'))],
    ['a damaged ledger of published files', () => writeFileSync(oneOf('tables', '.json'), '{')],
    ['a damaged answer', () => flipBit(oneOf('cache/standing', '.json'), 0.5)],
    ['a lost answer', () => rmSync(project.path('lake/cache'), { recursive: true })],
    ['a lost lake', () => rmSync(project.path('lake'), { recursive: true })],
    ['a folder that is published since', () => project.write({ 'input/.published.json': '{}' })],
  ];

  it.each(moves)('%s', async (_name, move) => {
    expect(await again(...RUN)).toBeDefined();
    move();
    expect(await again(...RUN)).toBeUndefined();
  });

  it('a listed folder with a link out of the project, which a run refuses', () => {
    const site = siteOf(project.root);
    const store = Store.open(site.lake);
    const listed: Evidence = {
      build: basename(site.build),
      files: {},
      folders: { 'spec/events': ['spec/events/one.yaml'] },
      formulas: [],
      exist: {},
      published: {},
      lists: [],
      data: {},
      publications: {},
    };
    project.write({ 'spec/events/one.yaml': 'event: one\n' });
    expect(stillSo(site, store, listed)).toBe(true);
    symlinkSync('/etc/hostname', project.path('spec/events/two.yaml'));
    expect(stillSo(site, store, listed)).toBe(false);
    rmSync(project.path('spec'), { recursive: true });
  });

  it('a folder with data that is now a link out of the project', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'dag-elsewhere-'));
    renameSync(project.path('input'), join(elsewhere, 'input'));
    symlinkSync(join(elsewhere, 'input'), project.path('input'));
    expect(await again(...RUN)).toBeUndefined();
    rmSync(project.path('input'));
    rmSync(elsewhere, { recursive: true });
  });

  it('another project with the same lake, or in a copy of the folder', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'dag-copy-'));
    cpSync(project.root, copy, { recursive: true });
    const { io } = screen({ cwd: copy, home: copy }, RUN);
    expect(await runAgain(io)).toBeUndefined();
    rmSync(copy, { recursive: true });
  });

  it('another build', async () => {
    expect(await again(...RUN)).toBeDefined();
    appendFileSync(project.path('nodes/toy/double.ts'), '\nexport const unused = 1;\n');
    project.build();
    expect(await again(...RUN)).toBeUndefined();
  });

  it('once it has run, it stands again', async () => {
    project.edit('parts/twice.yaml', 'by: 2', 'by: 3');
    expect(await project.dag(...RUN)).toMatchObject({ code: 0 });
    expect(await again(...RUN)).toBeDefined();
  });
});
