import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { again, neededObject, old, PIPELINE, project, RUN, ranBeforeEach } from './kit.js';

ranBeforeEach();

describe('a run that will not be repeated leaves no answer', () => {
  const answers = () => readdirSync(project.path('lake/cache/standing'));

  it('failed items', async () => {
    project.write({
      'dags/standing.yaml': PIPELINE.replace('{ warn: rows(frame) > 9999 }', 'rows(frame) > 9999'),
    });
    expect(await project.dag(...RUN)).toMatchObject({ code: 1 });
    expect(await again(...RUN)).toBeUndefined();
  });

  it('mended objects: only the run after it does', async () => {
    rmSync(neededObject());
    rmSync(join(project.path('lake/cache/standing'), answers()[0] ?? ''));
    const { code, err } = await project.dag(...RUN);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('runs again') });
    expect(await again(...RUN)).toBeUndefined();
    await project.dag(...RUN);
    expect(await again(...RUN)).toBeDefined();
  });

  it('a recheck', async () => {
    rmSync(project.path('lake/cache'), { recursive: true });
    await project.dag(...RUN, '--recheck');
    expect(await again(...RUN)).toBeUndefined();
  });

  it('keeps the latest command lines only', async () => {
    for (let rows = 0; rows < 40; rows++) old(`lake/cache/standing/${rows}.json`, 'x');
    await project.dag(...RUN, '--set', 'rows=5');
    expect(answers()).toHaveLength(32);
    expect(await again(...RUN, '--set', 'rows=5')).toBeDefined();
  });
});
