import { isAscii } from 'node:buffer';

const FNV_START = 0x811c_9dc5;
const FNV_PRIME = 0x0100_0193;

/** Words one after the other in UTF-8, and where each ends. */
export interface Spelled {
  readonly bytes: Uint8Array;
  readonly ends: Readonly<Int32Array>;
}

/** Words all of whose characters are one byte in UTF-8, put together at once; undefined where one is longer. */
export function spelled(words: readonly string[]): Spelled | undefined {
  const text = words.join('');
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length !== text.length) return undefined;
  const ends = new Int32Array(words.length);
  let end = 0;
  for (let word = 0; word < words.length; word++) {
    end += words[word]?.length ?? 0;
    ends[word] = end;
  }
  return { bytes, ends };
}

/** The words that bytes spell, where each of their characters is one byte; undefined where one is longer. */
export function read({ bytes, ends }: Spelled): readonly string[] | undefined {
  if (!isAscii(bytes)) return undefined;
  const text = Buffer.from(bytes).toString('latin1');
  const words = new Array<string>(ends.length);
  for (let word = 0; word < ends.length; word++)
    words[word] = text.slice(startOf(ends, word), ends[word]);
  return words;
}

/**
 * Whether no two words are equal, told from their bytes: ids by the hundred thousand are checked each time they are made or read, and
 * a set of texts takes many times as long.
 * @see  Fowler, Noll & Vo, FNV-1a, for the hash
 */
export function allDiffer({ bytes, ends }: Spelled): boolean {
  const mask = (1 << (33 - Math.clz32(ends.length))) - 1;
  // By hash the number of a word, from 1 on, or of the next one that had to step aside.
  const table = new Int32Array(mask + 1);
  for (let word = 0; word < ends.length; word++) {
    let at = hashOf(bytes, startOf(ends, word), ends[word] ?? 0) & mask;
    for (let other = table[at] ?? 0; other > 0; other = table[at] ?? 0) {
      if (equal(bytes, ends, word, other - 1)) return false;
      at = (at + 1) & mask;
    }
    table[at] = word + 1;
  }
  return true;
}

function startOf(ends: Readonly<Int32Array>, word: number): number {
  return word === 0 ? 0 : (ends[word - 1] ?? 0);
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = FNV_START;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), FNV_PRIME);
  return hash ^ (hash >>> 16);
}

function equal(bytes: Uint8Array, ends: Readonly<Int32Array>, a: number, b: number): boolean {
  const [from, other] = [startOf(ends, a), startOf(ends, b)];
  const length = (ends[a] ?? 0) - from;
  if (length !== (ends[b] ?? 0) - other) return false;
  for (let i = 0; i < length; i++) if (bytes[from + i] !== bytes[other + i]) return false;
  return true;
}
