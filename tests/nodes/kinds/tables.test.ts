import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readContract } from '../../../engine/frame/contract.js';
import { PRINTS } from '../../../nodes/kinds/tables.js';
import { ROOT } from '../../kit/specs.js';

describe('tables that formulas read on a clock of their own', () => {
  it.each(Object.keys(PRINTS))('%s is as late as its contract says', (name) => {
    const { contract } = readContract(
      parse(readFileSync(`${ROOT}spec/contracts/${name}.yaml`, 'utf8')),
    );
    expect(contract?.spacing).toBeUndefined();
    const plus = PRINTS[name]?.delay;
    const column = PRINTS[name]?.available ?? 'ts';
    expect(contract?.available).toEqual({ kind: 'after', column, plus });
  });
});
