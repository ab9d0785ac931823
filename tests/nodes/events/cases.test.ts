import { beforeAll, describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import { casesIn, firings } from '../../kit/cases.js';
import { installFormulas, ROOT } from '../../kit/specs.js';

beforeAll(installFormulas);

describe.each(globSync('spec/events/**/*.yaml', { cwd: ROOT }).sort())('%s', (file) => {
  const cases = casesIn(file);
  it('shows a firing, a near miss and a cooldown', () => {
    expect(cases.length).toBeGreaterThanOrEqual(3);
    expect(cases.some((c) => (c.fires?.at.length ?? 0) > 0)).toBe(true);
    expect(cases.some((c) => c.fires?.at.length === 0)).toBe(true);
  });
  it.each(cases.map((one, i) => [one.doc ?? `case ${i + 1}`, one] as const))('%s', (_doc, one) => {
    const { at, side, severity } = firings(file, one);
    expect({ at, side }).toEqual({ at: one.fires?.at, side: one.fires?.side });
    expect(severity?.map((s) => Number(s.toPrecision(10)))).toEqual(one.fires?.severity);
  });
});
