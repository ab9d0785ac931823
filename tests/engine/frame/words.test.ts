import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allDiffer, read, spelled } from '../../../engine/frame/words.js';

function told(words: readonly string[]): boolean {
  const parts = words.map((word) => Buffer.from(word, 'utf8'));
  let end = 0;
  const ends = Int32Array.from(parts, (part) => (end += part.length));
  return allDiffer({ bytes: Uint8Array.from(Buffer.concat(parts)), ends });
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

describe('words of one byte a character are spelled and read at once', () => {
  it.each<readonly [what: string, words: readonly string[]]>([
    ['none', []],
    ['the empty word', ['', 'a', '']],
    ['the last character of one byte', ['a\u007f', '\u0000']],
  ])('%s', (_, words) => {
    const plain = spelled(words);
    expect(plain && read(plain)).toEqual(words);
  });

  it.each<readonly [what: string, words: readonly string[]]>([
    ['the first character of two bytes', ['a', '\u0080']],
    ['half a character', ['a', '\ud800']],
    ['two halves that meet', ['\ud83d', '\ude00']],
  ])('but not with %s', (_, words) => {
    expect(spelled(words)).toBeUndefined();
  });

  it('for any words, as each of them by itself', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 5 })), (words) => {
        const plain = spelled(words);
        if (!plain) throw new Error('letters of one byte');
        const ends = words.map((_, i) => words.slice(0, i + 1).join('').length);
        expect([...plain.ends]).toEqual(ends);
        expect(Buffer.from(plain.bytes)).toEqual(Buffer.concat(words.map((w) => Buffer.from(w))));
        expect(read(plain)).toEqual(words);
      }),
    );
  });

  it('bytes that are not are not read', () => {
    const bytes = Buffer.from('aé', 'utf8');
    expect(read({ bytes, ends: Int32Array.of(bytes.length) })).toBeUndefined();
  });
});
