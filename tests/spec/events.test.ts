import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import { parse } from 'yaml';
import { ROOT } from '../kit/specs.js';

interface EventCases {
  readonly side: number | string;
  readonly cases: readonly {
    readonly fires: { readonly at: readonly number[]; readonly side?: readonly number[] };
  }[];
}

describe.each(globSync('spec/events/**/*.yaml', { cwd: ROOT }).sort())('%s', (file) => {
  const { side, cases } = parse(readFileSync(`${ROOT}${file}`, 'utf8')) as EventCases; // as the event kind checks

  it('shows that it fires, to which side if it points to one, and that it does not where it nearly would', () => {
    expect(cases.some((one) => one.fires.at.length > 0)).toBe(true);
    expect(side === 0 || cases.some((one) => one.fires.side !== undefined)).toBe(true);
    expect(cases.some((one) => one.fires.at.length === 0)).toBe(true);
  });
});
