import { describe, expect, it } from '@jest/globals';
import { specText } from '../../../engine/cli/shared/show-specs.js';

describe('specs as `dag show` prints them', () => {
  it('has a column for all that any of them says or a run told', () => {
    const rows = [
      {
        id: 'A',
        says: { family: 'F', bounds: { least: [1, 5] } },
        told: { count: 3, there: true },
      },
      { id: 'B', says: { family: 'G' }, told: {} },
    ];
    expect(specText(rows, 0).split('\n')).toEqual([
      'id  family  bounds      count  there',
      '--  ------  ----------  -----  -----',
      'A   F       least 1, 5      3   true',
      'B   G       ·               ·      ·',
      '2 specs',
      '',
    ]);
  });
});
