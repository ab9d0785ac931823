import { describe, expect, it } from '@jest/globals';
import { nodesIn } from '../../../nodes/discovery/rules/conditions.js';
import { formula } from '../../kit/research.js';

const told = (text: string) =>
  nodesIn(formula(text).tree).map(
    ({ feature, operator, value }) => `${feature} ${operator} ${value}`,
  );

describe('what condition nodes can say of a formula', () => {
  it.each([
    ['a comparison with a number', 'er_96 >= 0.3', ['er_96 >= 0.3']],
    ['a negative number', 'rv_z < -1.5', ['rv_z < -1.5']],
    ['the number first', '0.3 > er_96', ['er_96 < 0.3']],
    ['parts of a conjunction', 'a > 1 and (b == 2 and c <= 3)', ['a > 1', 'b == 2', 'c <= 3']],
    ['what it can, of more', 'a > 1 and abs(b) > 2 and c > d', ['a > 1']],
    ['no part of an alternative', 'a > 1 or b > 2', []],
    ['no denial', 'not (a > 1)', []],
    ['no other than equal', 'a != 1', []],
    ['no text', "liq_state == 'low'", []],
    ['no table of its own', 'funding.rate > 0', []],
    ['no arithmetic', 'a + 1 > 2', []],
    ['no time', 'a > 5m', []],
    ['no side', 'sign(ret_96) == $side', []],
  ])('%s: %s', (_, text, nodes) => {
    expect(told(text)).toEqual(nodes);
  });
});
