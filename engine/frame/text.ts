import { MISSING_TEXT, type TextColumn } from './column.js';
import { allDiffer, pickedWords, spelled } from './words.js';

/** A text column from texts; words stand in order of first appearance, null is missing. */
export function textColumn(values: readonly (string | null)[]): TextColumn {
  const codes = new Uint32Array(values.length);
  const known = new Map<string, number>();
  values.forEach((text, row) => {
    codes[row] = text === null ? MISSING_TEXT : codeOf(known, text);
  });
  const words = [...known.keys()];
  distinctLists.add(words);
  return { dtype: 'text', codes, words };
}

/** Lists of words in which none stands twice: a column keeps its list when it is checked, read and written. */
const distinctLists = new WeakSet<readonly string[]>();

function distinct(words: readonly string[]): boolean {
  if (distinctLists.has(words)) return true;
  const plain = spelled(words);
  if (plain ? !allDiffer(plain) : new Set(words).size !== words.length) return false;
  distinctLists.add(words);
  return true;
}

/** A column whose words were found to be canonical by other means, as in the bytes they were read from. */
export function foundCanonical(codes: Readonly<Uint32Array>, words: readonly string[]): TextColumn {
  distinctLists.add(words);
  return { dtype: 'text', codes, words };
}

/**
 * The same texts with the words that occur, in order of first appearance.
 * Every text column of a frame goes through here, so cutting or picking rows cannot change the bytes of equal texts.
 * @param words  May hold words that never occur and words that stand twice; codes must be inside it or missing.
 */
export function canonicalText(codes: Readonly<Uint32Array>, words: readonly string[]): TextColumn {
  if (isCanonical(codes, words)) return { dtype: 'text', codes, words };
  const first = distinct(words) ? undefined : firstPlaces(words);
  const renamed = new Uint32Array(words.length).fill(MISSING_TEXT);
  const places = new Int32Array(words.length);
  const fresh = new Uint32Array(codes.length);
  let count = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? MISSING_TEXT;
    if (code === MISSING_TEXT) {
      fresh[row] = MISSING_TEXT;
      continue;
    }
    const place = first ? (first[code] ?? code) : code;
    if (renamed[place] === MISSING_TEXT) {
      renamed[place] = count;
      places[count] = place;
      count += 1;
    }
    fresh[row] = renamed[place] ?? MISSING_TEXT;
  }
  return foundCanonical(fresh, pickedWords(words, places.subarray(0, count)));
}

/** Where each word stands first. */
function firstPlaces(words: readonly string[]): Readonly<Int32Array> {
  const known = new Map<string, number>();
  return Int32Array.from(words, (word, place) => {
    const first = known.get(word) ?? place;
    if (first === place) known.set(word, place);
    return first;
  });
}

/** True when every word occurs, once, in order of first appearance. */
export function isCanonical(codes: Readonly<Uint32Array>, words: readonly string[]): boolean {
  return inOrder(codes, words.length) && distinct(words);
}

/** True when every code occurs, in order of first appearance. */
export function inOrder(codes: Readonly<Uint32Array>, count: number): boolean {
  let next = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? MISSING_TEXT;
    if (code === MISSING_TEXT || code < next) continue;
    if (code !== next) return false;
    next++;
  }
  return next === count;
}

/** The texts of a column, row by row. */
export function textsOf({ codes, words }: TextColumn): readonly (string | null)[] {
  const texts = new Array<string | null>(codes.length);
  for (let row = 0; row < codes.length; row++) texts[row] = words[codes[row] ?? 0] ?? null;
  return texts;
}

/** Rank of every word in code unit order: comparing ranks compares texts. */
export function wordRanks(words: readonly string[]): Readonly<Uint32Array> {
  const order = words.map((word, code) => ({ word, code }));
  order.sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : a.code - b.code));
  const ranks = new Uint32Array(words.length);
  order.forEach(({ code }, rank) => {
    ranks[code] = rank;
  });
  return ranks;
}

function codeOf(known: Map<string, number>, text: string): number {
  const found = known.get(text);
  if (found !== undefined) return found;
  known.set(text, known.size);
  return known.size - 1;
}
