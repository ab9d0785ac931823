import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { BAD, CASES, compileCase, printed } from './corpus.js';

const update = process.env.UPDATE_GOLDEN === '1';

describe('what is wrong is told', () => {
  it('has enough to tell', () => expect(CASES.length).toBeGreaterThanOrEqual(60));

  it.each(CASES)('%s', (file) => {
    const golden = path.join(BAD, file.replace(/\.yaml$/, '.txt'));
    const found = printed(file);
    if (update) writeFileSync(golden, found);
    expect(existsSync(golden)).toBe(true);
    expect(found).toBe(readFileSync(golden, 'utf8'));
  });

  it.each(CASES)('%s has an error with a place, and fills every hole', (file) => {
    const { graph, problems } = compileCase(file, readFileSync(path.join(BAD, file), 'utf8'));
    expect(graph).toBeUndefined();
    expect(problems.some((p) => p.severity === 'error')).toBe(true);
    for (const problem of problems) {
      expect(problem.place).toBeDefined();
      expect(problem.message).not.toMatch(/\{\w+\}|undefined|\[object/);
    }
  });
});
