import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../../engine/diag/refusal.js';
import { flagColumn, numberColumn, timeColumn } from '../../../engine/frame/build.js';
import { type Column, MISSING_TEXT } from '../../../engine/frame/column.js';
import { textColumn } from '../../../engine/frame/text.js';
import { decodeColumn, encodeColumn, encodedBytes } from '../../../engine/store/codecs/column.js';
import { anyColumn } from '../frame/kit/columns.js';
import { expectRefusal } from '../frame/kit/refusal.js';

const someColumn = fc.integer({ min: 0, max: 9 }).chain(anyColumn);

/** A column as plain data, for comparison across the memory it stands in. */
function plain(column: Column): unknown {
  if (column.dtype !== 'text') return { dtype: column.dtype, values: [...column.values] };
  return { dtype: 'text', codes: [...column.codes], words: column.words };
}

/** The same bytes elsewhere in memory, `shift` bytes off. */
function shifted(bytes: Uint8Array, shift: number): Uint8Array {
  const moved = new Uint8Array(bytes.length + shift).subarray(shift);
  moved.set(bytes);
  return moved;
}

describe('column bytes', () => {
  it('are laid out as documented', () => {
    const hex = (column: Column) => Buffer.from(encodeColumn(column)).toString('hex');
    const head = (dtype: string, rows: string) => `4441474301${dtype}0000${rows}00000000000000`;
    expect(hex(numberColumn([1, Number.NaN]))).toBe(
      `${head('00', '02')}000000000000f03f000000000000f87f`,
    );
    expect(hex(flagColumn([true, null, false]))).toBe(`${head('01', '03')}01ff00`);
    expect(hex(textColumn(['é', null, 'é']))).toBe(
      `${head('02', '03')}00000000ffffffff00000000000000000100000002000000c3a9`,
    );
    expect(hex(timeColumn([5]))).toBe(`${head('03', '01')}0000000000001440`);
  });

  it('come back as the column they were, wherever they stand', () => {
    fc.assert(
      fc.property(someColumn, fc.integer({ min: 0, max: 8 }), (column, shift) => {
        const bytes = encodeColumn(column);
        expect(plain(decodeColumn(shifted(bytes, shift)))).toEqual(plain(column));
        expect(encodeColumn(decodeColumn(bytes))).toEqual(bytes);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('are read without a copy when aligned, also from shared memory', () => {
    const bytes = encodeColumn(numberColumn([1, 2]));
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    for (const memory of [bytes, shared]) {
      const column = decodeColumn(memory);
      expect(column.dtype === 'f64' && column.values.buffer).toBe(memory.buffer);
    }
    const texts = encodeColumn(textColumn(['a', 'b']));
    const sharedTexts = new Uint8Array(new SharedArrayBuffer(texts.length));
    sharedTexts.set(texts);
    expect(plain(decodeColumn(sharedTexts))).toEqual(plain(textColumn(['a', 'b'])));
  });

  it('have one NaN and one zero time', () => {
    const odd = new Float64Array(1);
    new Uint32Array(odd.buffer).set([7, 0xfff8_0001]);
    expect(encodeColumn(numberColumn(odd))).toEqual(encodeColumn(numberColumn([Number.NaN])));
    expect(encodeColumn(timeColumn([-0]))).toEqual(encodeColumn(timeColumn([0])));
    expect(new Uint32Array(odd.buffer)[0]).toBe(7);
  });

  it('are equal for equal texts, whatever the dictionary', () => {
    const messy: Column = {
      dtype: 'text',
      codes: Uint32Array.of(2, 0, 3, MISSING_TEXT),
      words: ['b', 'unused', 'a', 'b'],
    };
    expect(encodeColumn(messy)).toEqual(encodeColumn(textColumn(['a', 'b', 'b', null])));
  });

  it('know their size beforehand', () => {
    expect(encodeColumn(numberColumn([1, 2])).length).toBe(encodedBytes('f64', 2));
    expect(encodeColumn(flagColumn([true])).length).toBe(encodedBytes('bool', 1));
  });

  it.each<[string, Column, string, object]>([
    ['∞', numberColumn([1, -Infinity]), 'store/infinite', { found: -Infinity, row: 1 }],
    ['a missing time', timeColumn([Number.NaN]), 'store/bad-time', { row: 0 }],
    ['half a millisecond', timeColumn([0, 1.5]), 'store/bad-time', { found: 1.5, row: 1 }],
    [
      'another flag',
      { dtype: 'bool', values: Uint8Array.of(0, 2) },
      'store/bad-flag',
      { found: 2, row: 1 },
    ],
    [
      'a code without word',
      { dtype: 'text', codes: Uint32Array.of(1), words: ['a'] },
      'store/bad-code',
      { found: 1, row: 0, words: 1 },
    ],
    ['half a character', textColumn(['a', '\ud800']), 'store/bad-word', { word: 1 }],
  ])('refuse %s', (_, column, code, facts) => {
    expectRefusal(() => encodeColumn(column), code, { ...facts });
  });
});

describe('malformed bytes', () => {
  const good = encodeColumn(textColumn(['a', null, 'bc']));
  const change = (at: number, value: number) => {
    const bytes = Uint8Array.from(good);
    bytes[at] = value;
    return bytes;
  };

  it.each([
    ['no header', good.subarray(0, 15), '15 bytes are no header'],
    ['another magic', change(0, 0), 'the magic is wrong'],
    ['another version', change(4, 9), 'version 9 is unknown'],
    ['an unknown dtype', change(5, 9), 'dtype 9 is unknown'],
    ['reserved bytes', change(6, 1), 'reserved bytes are set'],
    ['absurdly many rows', change(15, 255), 'rows do not fit'],
    ['padding', change(28, 1), 'padding is set'],
    ['a code without word', change(16, 7), 'code 7 has no word'],
    ['words in another order', change(16, 1), 'order of first appearance'],
    ['a missing end', good.subarray(0, good.length - 1), 'word 1 is cut off'],
    ['a tail', shifted(Uint8Array.from([...good, 0]), 0), 'bytes stand where'],
    ['bad UTF-8', change(good.length - 1, 0xff), 'word 1 is no UTF-8'],
    [
      'a flag that is none',
      Uint8Array.from([...encodeColumn(flagColumn([true])).subarray(0, 16), 7]),
      'a flag is no flag',
    ],
  ])('are refused: %s', (_, bytes, reason) => {
    expectRefusal(() => decodeColumn(bytes), 'store/corrupt', {
      reason: expect.stringContaining(reason),
    });
  });

  it('never do more than be refused', () => {
    const mangled = fc.tuple(someColumn, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat());
    fc.assert(
      fc.property(mangled, ([column, at, value, cut]) => {
        const bytes = Uint8Array.from(encodeColumn(column));
        bytes[at % bytes.length] = value;
        try {
          decodeColumn(bytes.subarray(0, bytes.length - (cut % 3)));
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
