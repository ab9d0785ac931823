import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import { feature } from '../../../nodes/kinds/feature.js';
import { casesIn, cellsOf, given } from '../../kit/cases.js';
import { installFormulas, ROOT } from '../../kit/specs.js';

beforeAll(installFormulas);

describe.each(globSync('spec/features/**/*.yaml', { cwd: ROOT }).sort())('%s', (file) => {
  const cases = casesIn(file);
  it('has a case', () => expect(readFileSync(`${ROOT}${file}`, 'utf8')).toContain('\ncases:\n'));
  if (cases.length === 0) return;
  it.each(cases.map((one, i) => [one.doc ?? `case ${i + 1}`, one] as const))('%s', (_doc, one) => {
    const wanted = cellsOf(one.gives ?? []);
    const found = given(file, one, feature);
    expect(found.map(rounded)).toEqual(wanted.map(rounded));
  });
});

/** Ten digits: cases are written by hand. */
function rounded(x: number): number {
  return Number(x.toPrecision(10));
}
