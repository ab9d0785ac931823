import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { CHAIN, dag, printed, printedJson, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

const PUBLISHED = CHAIN.replace('dag: chain', 'dag: published')
  .replace(
    'name: $name } }',
    'name: $name }, publish: { frame: lake/tables/all, total: lake/tables/all } }',
  )
  .replace('wait: $wait } }', 'wait: $wait }, publish: { frame: lake/twice } }');

let project: TestProject;
beforeAll(async () => {
  project = toyProject({ 'dags/published.yaml': PUBLISHED });
  await printed(project, 'run', 'published');
  await printed(project, 'run', 'chain', '--set', 'times=9');
});
afterAll(() => project.remove());

describe('dag query of what is published', () => {
  it.each([
    ['select sum(x) as n from published.tables_all', [{ n: 12 }]],
    [
      "select name, x from published.twice where name = 'b' order by x desc limit 1",
      [{ name: 'b', x: 8 }],
    ],
    [
      'select sum(a.x) as n from "published"."twice" a join published.tables_all b using (name, x)',
      [{ n: 8 }],
    ],
    [
      'select count(*) as n from published.twice t join numbers.frame n on t.name = n.name',
      [{ n: 18 }],
    ],
  ])('%s', async (sql, rows) => expect(await printedJson(project, 'query', sql)).toEqual(rows));

  it('takes no file that its pipeline did not publish', async () => {
    const copy = project.path('lake/twice/a/frame.parquet');
    project.write({ 'lake/twice/c/frame.parquet': 'mine' });
    const names = await printedJson(project, 'query', 'select distinct name from published.twice');
    expect(names).toHaveLength(2);
    const { code, err } = await dag(project, 'query', `select * from read_parquet('${copy}')`);
    expect(code).toBe(2);
    expect(err).toContain('hint: what pipelines published are tables');
  });

  it('says what is not there, and what cannot be read', async () => {
    expect((await dag(project, 'query', 'select * from published.twic')).err).toContain(
      'did you mean "published.twice"?',
    );
    project.write({ 'lake/twice/a/frame.parquet': 'garbage' });
    const { code, err } = await dag(project, 'query', 'select * from published.twice');
    expect(code).toBe(2);
    expect(err).toContain('query/published');
    await printed(project, 'run', 'published');
    expect(await printedJson(project, 'query', 'select sum(x) as n from published.twice')).toEqual([
      { n: 24 },
    ]);
  });
});
