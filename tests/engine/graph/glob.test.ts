import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fixedFolder, foreignWildcard, isGlob, matches } from '../../../engine/graph/glob.js';

describe('globs', () => {
  it.each([
    ['spec/**/*.yaml', 'spec/a.yaml', true],
    ['spec/**/*.yaml', 'spec/x/y/a.yaml', true],
    ['spec/**/*.yaml', 'spec/x/a.yml', false],
    ['spec/*.yaml', 'spec/x/a.yaml', false],
    ['spec/*/a?.yaml', 'spec/x/ab.yaml', true],
    ['spec/*/a?.yaml', 'spec/x/a.yaml', false],
    ['spec/**', 'spec/a/b.yaml', true],
    ['spec/a.yaml', 'spec/a.yaml', true],
    ['spec/*a*', 'spec/banana', true],
    ['spec/a', 'spec/A', false],
    ['spec/**/x/**/*.yaml', 'spec/x/a.yaml', true],
  ])('%s and %s', (glob, path, found) => expect(matches(glob, path)).toBe(found));

  it('agree with a regular expression on small patterns', () => {
    const parts = fc.array(fc.constantFrom('a', 'b', '*', '?', 'ab', '**'), {
      minLength: 1,
      maxLength: 4,
    });
    const names = fc.array(fc.stringMatching(/^[ab]{1,3}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, names, (pattern, path) => {
        expect(matches(pattern.join('/'), path.join('/'))).toBe(
          oracle(pattern).test(`/${path.join('/')}`),
        );
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('know where they start, and what they do not know', () => {
    expect([
      fixedFolder('spec/a/*/b.yaml'),
      fixedFolder('spec/a/b.yaml'),
      fixedFolder('*.yaml'),
    ]).toEqual(['spec/a', 'spec/a', '']);
    expect([isGlob('a/*'), isGlob('a/b.yaml')]).toEqual([true, false]);
    expect(['{a,b}', '[ab]', '!a', 'a*'].map(foreignWildcard)).toEqual(['{', '[', '!', undefined]);
  });
});

function oracle(parts: readonly string[]): RegExp {
  const text = parts.map((p) =>
    p === '**' ? '(?:/[^/]+)*' : `/${p.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}`,
  );
  return new RegExp(`^${text.join('')}$`);
}
