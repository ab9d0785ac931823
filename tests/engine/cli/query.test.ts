import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openRun } from '../../../engine/cli/shared/run-open.js';
import { ask } from '../../../engine/cli/shared/sql.js';
import { Refusal } from '../../../engine/diag/refusal.js';
import { openProject, type Project } from '../../../engine/run/project.js';
import type { TestProject } from '../../kit/project.js';
import { dag, printed, toyProject } from './kit.js';

const PARTS: Readonly<Record<string, string>> = {
  'nodes/toy/values.ts': `import { defineNode, Frame, port } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.values',
  doc: 'A table with a column of every type, and values that are no tables.',
  time: 'fit',
  in: {},
  out: {
    table: port.frame('Of every type.'),
    none: port.frame('A table without rows.'),
    list: port.json('Records.'),
    nothing: port.json('No record.'),
    page: port.file('A page.'),
  },
  params: {},
  run: () => ({
    table: Frame.of({ id: ['007', 'x "y"'], x: Float64Array.of(1.5, Number.NaN), fold: ['own', 'own'] }),
    none: Frame.of({ x: new Float64Array(0) }),
    list: [{ name: 'a', counts: { big: 3 } }, { name: 'b', counts: { big: 4 } }],
    nothing: [],
    page: { name: 'page.html', bytes: new TextEncoder().encode('<p>') },
  }),
});
`,
  'dags/parts/inner.yaml': `dag: inner
doc: One stage.
stages:
  numbers: { use: toy.numbers }
out: { frame: numbers.frame }
`,
  'dags/values.yaml': `dag: values
doc: Stages whose names SQL finds hard.
dimensions:
  fold: [1, 2, 10]
stages:
  table: { foreach: fold, use: toy.values }
  numbers: { foreach: fold, use: toy.numbers }
  part: { foreach: fold, use: dags/parts/inner.yaml }
out: { frame: numbers.frame }
`,
};

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

let project: TestProject;
let opened: Project;
beforeAll(async () => {
  project = toyProject(PARTS);
  await printed(project, 'run', 'values');
  opened = await openProject(project.root);
});
afterAll(() => {
  opened.store.close();
  project.remove();
});

/** The rows of an answer as records. */
async function query(sql: string): Promise<readonly unknown[]> {
  const { names, rows } = await ask(await openRun(opened), sql);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
}

/** What a query is refused with. */
async function refused(sql: string) {
  try {
    return { answer: await query(sql) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [problem] = error.diagnostics;
    return { code: problem?.code, told: `${problem?.message} ${problem?.hint ?? ''}` };
  }
}

describe('dag query', () => {
  it.each([
    [
      'has the dimensions of items as columns, in the order of their ids',
      'select distinct fold from numbers.frame',
      [{ fold: '1' }, { fold: '2' }, { fold: '10' }],
    ],
    [
      'names stages inside sub-pipelines with an underscore',
      'select count(*) as rows from part_numbers.frame',
      [{ rows: 9 }],
    ],
    [
      'takes stages whose names are words of SQL in quotes',
      'select count(*) as rows from "table"',
      [{ rows: 6 }],
    ],
    [
      'keeps text as text, missing values missing, and columns that hide a dimension',
      'select id, x, fold from "table"."table" limit 2',
      [
        { id: '007', x: 1.5, fold: 'own' },
        { id: 'x "y"', x: null, fold: 'own' },
      ],
    ],
    [
      'gives a row for each record of a list',
      `select name, counts from "table".list where fold = '10'`,
      [
        { name: 'a', counts: '{"big":3}' },
        { name: 'b', counts: '{"big":4}' },
      ],
    ],
    [
      'gives scalars with their dimensions',
      `select value from numbers.total where fold = '2'`,
      [{ value: 3 }],
    ],
    [
      'lists what can be asked, once each',
      ' Show Tables; ',
      ['numbers.frame', 'numbers.total', 'part_numbers.frame', 'part_numbers.total', 'table']
        .concat(['list', 'none', 'nothing', 'page'].map((port) => `table.${port}`))
        .map((name) => ({ name })),
    ],
    ['knows tables without rows', 'select count(*) as rows from "table".none', [{ rows: 0 }]],
    ['knows lists without records', 'select count(*) as rows from "table".nothing', [{ rows: 0 }]],
    [
      'tells name and size of files',
      `select name, bytes from "table".page limit 1`,
      [{ name: 'page.html', bytes: 3 }],
    ],
    [
      'joins stages',
      'select count(*) as n from numbers.frame a join part_numbers.frame b using (fold, x)',
      [{ n: 9 }],
    ],
    [
      'counts exactly',
      'select 12345678901234567890::hugeint as n',
      [{ n: '12345678901234567890' }],
    ],
  ])('%s', async (_what, sql, rows) => expect(await query(sql)).toEqual(rows));

  it('takes a statement that is ended, with a remark after it', async () =>
    expect(await query('select 1 as n; -- done')).toEqual([{ n: 1 }]));

  it('prints tables, and CSV with every digit', async () => {
    const sql = "select fold, x / 7 as x from numbers.frame where fold = '1' and x > 0 limit 1";
    expect(await printed(project, 'query', sql)).toBe(
      'fold         x\n----  --------\n1     0.142857\n',
    );
    const json = await printed(project, 'query', sql, '--json');
    expect(JSON.parse(json)).toEqual([{ fold: '1', x: 1 / 7 }]);
    expect(await printed(project, 'query', sql, '--csv')).toBe('fold,x\n1,0.14285714285714285\n');
  });
});

describe('a query that is wrong', () => {
  it('ends with 2 and says why', async () => {
    const { code, err, out } = await dag(project, 'query', 'select * from numbrs');
    expect(err).toContain('hint: did you mean "numbers"?');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it.each([
    ['select * from numbrs', 'query/sql', 'did you mean "numbers"?'],
    ['select * from part_numbers', 'query/sql', 'has several outputs: part_numbers.frame, part_n'],
    ['select y from numbers.frame', 'query/sql', 'Referenced column "y" not found'],
    ['select * from table', 'query/sql', '"table" is a word of SQL'],
    ['selec 1', 'query/sql', 'syntax error'],
    [' ', 'query/empty', 'no statement'],
    ['select 1; select 2', 'query/several', 'There are 2 statements'],
    [`select 1; copy (select 1) to 'x'`, 'query/several', 'There are 2 statements'],
  ])('%j is refused', async (sql, code, hint) => {
    expect(await refused(sql)).toEqual({ code, told: expect.stringContaining(hint) });
  });
});

describe('a query sees the outputs of its run and nothing else', () => {
  it.each([
    `copy (select 1) to '{file}'`,
    `attach '{file}' as other`,
    `export database '{file}'`,
    `select * from read_csv('{root}/package.json')`,
    `select * from read_text('{root}/package.json')`,
    `select * from read_parquet('{root}/lake/objects/**')`,
    `select * from glob('{root}/*')`,
    'install httpfs',
    'load httpfs',
    'set enable_external_access = true',
    `set temp_directory = '{file}'`,
  ])('%s', async (sql) => {
    const file = project.path('lake/outside');
    const filled = sql.replaceAll('{root}', project.root).replaceAll('{file}', file);
    expect(await refused(filled)).toMatchObject({ code: 'query/files' });
    expect(existsSync(file)).toBe(false);
  });

  it('nor a file that is named like a table', async () => {
    const found = await refused(`select * from '${project.path('package.json')}'`);
    expect(found).toMatchObject({ code: expect.stringMatching(/^query\//) });
  });
});
