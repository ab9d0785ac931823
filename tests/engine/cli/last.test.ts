import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { CHAIN, dag, printed, printedJson, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(60_000);

const PUBLISHED = CHAIN.replace('dag: chain', 'dag: told').replace(
  'in: { totals: doubled.total } }',
  'in: { totals: doubled.total }, publish: { total: lake/told } }',
);

let project: TestProject;
let own: string;
beforeAll(async () => {
  project = toyProject({ 'dags/told.yaml': PUBLISHED });
  await printed(project, 'run', 'chain');
  own = await lastId();
  await dag(project, 'pit', 'dags/told.yaml', '--set', 'times=5');
});
afterAll(() => project.remove());

async function lastId(): Promise<string> {
  return Object(await printedJson(project, 'runs')).at(-1).run;
}

describe('what dag pit ran', () => {
  it('is listed, by whom it was made', async () => {
    const found = Object(await printedJson(project, 'runs'));
    expect(found).toMatchObject([
      { by: 'run', pipeline: 'chain' },
      { by: 'pit', pipeline: 'told' },
    ]);
    expect(await printed(project, 'runs')).toMatch(/ pit +told /);
  });

  it('is not the last run, whatever asks for it', async () => {
    const sum = 'select total, count(*) over () as n from total.total';
    const told = await printed(project, 'query', sum, '--csv');
    expect(told).toBe(await printed(project, 'query', sum, '--csv', '--run', own));
    expect(told).not.toBe(await printed(project, 'query', sum, '--csv', '--run', await lastId()));
    expect(await printed(project, 'show', 'total')).toBe(
      await printed(project, 'show', 'total', '--run', own),
    );
    expect(await printed(project, 'diff', 'last', own)).toContain('gave the same');
  });

  it('publishes nothing', () => expect(existsSync(project.path('lake/told'))).toBe(false));
});
