import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinedWords, pickedWords, read, spelled } from '../../../engine/frame/words.js';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 4 });
const words = fc.array(word, { maxLength: 12 });

/** The same words in a list that nothing is known of. */
function fresh(list: readonly string[]): readonly string[] {
  return [...list];
}

function bytesOf(list: readonly string[]): readonly unknown[] {
  const plain = spelled(list);
  return plain ? [Buffer.from(plain.bytes).toString('hex'), [...plain.ends]] : [];
}

describe('the bytes of lists made of others are those of the words', () => {
  it('of lists that are joined, spelled before or not', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(words, fc.boolean()), { maxLength: 5 }), (lists) => {
        for (const [list, before] of lists) if (before) spelled(list);
        const joined = joinedWords(lists.map(([list]) => list));
        expect(joined).toEqual(lists.flatMap(([list]) => list));
        expect(bytesOf(joined)).toEqual(bytesOf(fresh(joined)));
      }),
    );
  });

  it('of words that are picked, in any order and twice', () => {
    fc.assert(
      fc.property(
        words,
        fc.array(fc.nat(), { maxLength: 20 }),
        fc.boolean(),
        (list, at, before) => {
          if (before) spelled(list);
          const places = Int32Array.from(list.length === 0 ? [] : at.map((i) => i % list.length));
          const picked = pickedWords(list, places);
          expect(picked).toEqual([...places].map((place) => list[place]));
          expect(bytesOf(picked)).toEqual(bytesOf(fresh(picked)));
        },
      ),
    );
  });

  it('of words that were read, though what they were read from is overwritten', () => {
    const bytes = Uint8Array.from(Buffer.from('abc'));
    const list = read({ bytes, ends: Int32Array.of(1, 3) }) ?? [];
    bytes.fill(0x7a);
    expect(list).toEqual(['a', 'bc']);
    expect(bytesOf(list)).toEqual(bytesOf(['a', 'bc']));
  });
});
