import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allDiffer } from '../../../engine/store/codecs/words.js';

function told(words: readonly string[]): boolean {
  const parts = words.map((word) => Buffer.from(word, 'utf8'));
  let end = 0;
  const ends = Int32Array.from(parts, (part) => (end += part.length));
  return allDiffer(Uint8Array.from(Buffer.concat(parts)), ends);
}

describe('words that all differ are told by their bytes as a set of texts tells them', () => {
  it.each<readonly [what: string, words: readonly string[]]>([
    ['none', []],
    ['one', ['a']],
    ['the empty word, once', ['', 'a']],
    ['the empty word, twice', ['', 'a', '']],
    ['one that begins like another', ['ab', 'a', 'abc']],
    ['the same letters cut elsewhere', ['ab', 'c', 'a', 'bc']],
    ['the last like the first', ['é', '語', 'é']],
    ['many', Array.from({ length: 5000 }, (_, i) => `id${i}`)],
    ['many, and one again', [...Array.from({ length: 5000 }, (_, i) => `id${i}`), 'id77']],
  ])('%s', (_, words) => {
    expect(told(words)).toBe(new Set(words).size === words.length);
  });

  it('for any words of few letters', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        expect(told(words)).toBe(new Set(words).size === words.length);
      }),
    );
  });
});
