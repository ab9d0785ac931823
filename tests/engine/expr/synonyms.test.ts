import { describe, expect, it } from '@jest/globals';
import { operators } from '../../../engine/expr/index.js';
import { SYNONYMS, synonym } from '../../../engine/expr/synonyms.js';
import { composedSet, formulaSources } from '../../../engine/graph/composed.js';
import { ROOT } from '../../kit/specs.js';

const { composed } = composedSet(formulaSources(ROOT), operators.keys());
const isOperator = (name: string) => operators.has(name) || composed.has(name);

describe('names of other tools', () => {
  it.each([...SYNONYMS])('%s leads to %s', (theirs, ours) => {
    expect(isOperator(theirs)).toBe(false);
    expect(isOperator(ours)).toBe(true);
    expect(synonym(theirs)).toContain(`here it is called ${ours}`);
  });

  it.each(['lead', 'next', 'future', 'forward', 'shift'])('%s may not look ahead', (name) => {
    expect(isOperator(name)).toBe(false);
    expect(synonym(name)).toContain('looking ahead exists only in targets, as ahead(x, n)');
  });

  it.each(['zscroe', 'constructor', 'mean'])('%s is none', (name) =>
    expect(synonym(name)).toBeUndefined(),
  );
});
