import { isAscii } from 'node:buffer';

/** Odd, with its bits well spread: what a digit of a hash is multiplied by. */
const SPREAD = 0x9e37_79b1;

/** Words one after the other in UTF-8, and where each ends. */
export interface Spelled {
  readonly bytes: Uint8Array;
  readonly ends: Readonly<Int32Array>;
}

/** The bytes of lists that have been spelled or read: a list is checked, read and written by its bytes, which are found once. */
const known = new WeakMap<readonly string[], Spelled>();

/** Words all of whose characters are one byte in UTF-8, put together at once; undefined where one is longer. */
export function spelled(words: readonly string[]): Spelled | undefined {
  const found = known.get(words);
  if (found) return found;
  const text = words.join('');
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length !== text.length) return undefined;
  const ends = new Int32Array(words.length);
  let end = 0;
  for (let word = 0; word < words.length; word++) {
    end += words[word]?.length ?? 0;
    ends[word] = end;
  }
  const plain = { bytes, ends };
  known.set(words, plain);
  return plain;
}

/** Lists of words one after the other, as one. */
export function joinedWords(lists: readonly (readonly string[])[]): readonly string[] {
  const words = new Array<string>(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    for (let word = 0; word < list.length; word++) words[at + word] = list[word] ?? '';
    at += list.length;
  }
  const parts = lists.flatMap((list) => known.get(list) ?? []);
  if (parts.length === lists.length) known.set(words, joinedBytes(parts, at));
  return words;
}

function joinedBytes(parts: readonly Spelled[], words: number): Spelled {
  const ends = new Int32Array(words);
  let at = 0;
  let start = 0;
  for (const part of parts) {
    for (let word = 0; word < part.ends.length; word++)
      ends[at + word] = start + (part.ends[word] ?? 0);
    at += part.ends.length;
    start += part.bytes.length;
  }
  return { bytes: Buffer.concat(parts.map(({ bytes }) => bytes)), ends };
}

/** The words at these places of a list, in this order. */
export function pickedWords(
  words: readonly string[],
  places: Readonly<Int32Array>,
): readonly string[] {
  const picked = new Array<string>(places.length);
  for (let i = 0; i < places.length; i++) picked[i] = words[places[i] ?? 0] ?? '';
  const from = known.get(words);
  if (from) known.set(picked, pickedBytes(from, places));
  return picked;
}

function pickedBytes({ bytes, ends }: Spelled, places: Readonly<Int32Array>): Spelled {
  const own = new Int32Array(places.length);
  let end = 0;
  for (let i = 0; i < places.length; i++) {
    const word = places[i] ?? 0;
    end += (ends[word] ?? 0) - startOf(ends, word);
    own[i] = end;
  }
  const target = new Uint8Array(end);
  let at = 0;
  for (let i = 0; i < places.length; i++) {
    const word = places[i] ?? 0;
    const to = ends[word] ?? 0;
    for (let from = startOf(ends, word); from < to; from++) target[at++] = bytes[from] ?? 0;
  }
  return { bytes: target, ends: own };
}

/** The words that bytes spell, where each of their characters is one byte; undefined where one is longer. */
export function read({ bytes, ends }: Spelled): readonly string[] | undefined {
  if (!isAscii(bytes)) return undefined;
  // The bytes may be in memory that is another's soon: these are not.
  const own = Buffer.from(bytes);
  const text = own.toString('latin1');
  const words = new Array<string>(ends.length);
  for (let word = 0; word < ends.length; word++)
    words[word] = text.slice(startOf(ends, word), ends[word]);
  known.set(words, { bytes: own, ends });
  return words;
}

/**
 * Whether no two words are equal, told from their bytes: ids by the hundred thousand are checked each time they are made or read, and
 * a set of texts takes many times as long.
 */
export function allDiffer({ bytes, ends }: Spelled): boolean {
  const mask = (1 << (33 - Math.clz32(ends.length))) - 1;
  // By hash the number of a word, from 1 on, or of the next one that had to step aside.
  const table = new Int32Array(mask + 1);
  const hashes = hashesOf(bytes, ends);
  for (let word = 0; word < ends.length; word++) {
    const hash = hashes[word] ?? 0;
    let at = hash & mask;
    for (let other = table[at] ?? 0; other > 0; other = table[at] ?? 0) {
      if (hashes[other - 1] === hash && equal(bytes, ends, word, other - 1)) return false;
      at = (at + 1) & mask;
    }
    table[at] = word + 1;
  }
  return true;
}

function startOf(ends: Readonly<Int32Array>, word: number): number {
  return word === 0 ? 0 : (ends[word - 1] ?? 0);
}

/** A hash of each word, four bytes at a time. */
function hashesOf(bytes: Uint8Array, ends: Readonly<Int32Array>): Readonly<Int32Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const hashes = new Int32Array(ends.length);
  let i = 0;
  for (let word = 0; word < ends.length; word++) {
    const to = ends[word] ?? 0;
    let hash = to - i;
    for (; i + 4 <= to; i += 4) hash = mixed(hash, view.getInt32(i, true));
    for (; i < to; i++) hash = mixed(hash, view.getUint8(i));
    hashes[word] = hash;
  }
  return hashes;
}

function mixed(hash: number, digit: number): number {
  const product = Math.imul(hash ^ digit, SPREAD);
  return product ^ (product >>> 15);
}

function equal(bytes: Uint8Array, ends: Readonly<Int32Array>, a: number, b: number): boolean {
  const [from, other] = [startOf(ends, a), startOf(ends, b)];
  const length = (ends[a] ?? 0) - from;
  if (length !== (ends[b] ?? 0) - other) return false;
  for (let i = 0; i < length; i++) if (bytes[from + i] !== bytes[other + i]) return false;
  return true;
}
