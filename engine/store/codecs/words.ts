const FNV_START = 0x811c_9dc5;
const FNV_PRIME = 0x0100_0193;

/**
 * Whether no two words are equal, told from their bytes: hundreds of thousands of ids are checked each time they are read, and
 * a set of texts takes twenty times as long.
 * @param ends  where each word ends; the first begins at 0.
 * @see         Fowler, Noll & Vo, FNV-1a, for the hash
 */
export function allDiffer(bytes: Uint8Array, ends: Readonly<Int32Array>): boolean {
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
