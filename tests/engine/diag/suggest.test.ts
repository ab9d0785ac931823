import { describe, expect, it } from '@jest/globals';
import { nearest, suggestion } from '../../../engine/diag/suggest.js';

const FRUIT = ['apple', 'pear', 'fig', 'banana'];

describe('the nearest name', () => {
  it.each([
    ['aple', 'apple'],
    ['APPLE', 'apple'],
    ['paer', 'pear'],
    ['fg', 'fig'],
    ['bnaana', 'banana'],
    ['cherry', undefined],
    ['reap', undefined],
    ['', undefined],
  ])('of %j is %j', (typed, meant) => expect(nearest(typed, FRUIT)).toBe(meant));

  it('does not depend on the order of the legal names', () => {
    expect(nearest('fog', ['fig', 'fag'])).toBe('fag');
    expect(nearest('fog', ['fag', 'fig'])).toBe('fag');
  });
});

describe('a suggestion', () => {
  it.each([
    ['aple', FRUIT, 'did you mean "apple"?'],
    ['cherry', FRUIT, 'one of: apple, banana, fig, pear'],
    ['cherry', [], undefined],
    [
      'cherry',
      Array.from({ length: 13 }, (_, i) => `n${String(i).padStart(2, '0')}`),
      'one of: n00, n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11 … (13 in all)',
    ],
  ])('for %j among %j', (typed, legal, text) => expect(suggestion(typed, legal)).toBe(text));
});
