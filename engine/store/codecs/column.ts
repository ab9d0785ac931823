import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import {
  type Column,
  type Dtype,
  MISSING_FLAG,
  MISSING_TEXT,
  type Numbers,
  type TextColumn,
} from '../../frame/column.js';
import { canonicalText, foundCanonical, inOrder, isCanonical } from '../../frame/text.js';
import { allDiffer, read, type Spelled, spelled } from '../../frame/words.js';

/**
 * Canonical bytes of a column: equal columns have equal bytes.
 *
 *   0  4  magic `DAGC`
 *   4  1  version
 *   5  1  dtype: 0 f64, 1 bool, 2 text, 3 time
 *   6  2  zero
 *   8  8  rows, unsigned, little-endian, as all that follows
 *  16  …  f64, time: 8 bytes a row, one NaN;  bool: 1 byte a row;
 *         text: a u32 code a row, padded to 8, then the number of words (u32), their byte lengths (u32 each), their UTF-8
 */
const MAGIC = 0x4347_4144;
const VERSION = 1;
const HEADER = 16;
const DTYPES: readonly Dtype[] = ['f64', 'bool', 'text', 'time'];
/** The bits of the one NaN, low word first. */
const NAN_LOW = 0;
const NAN_HIGH = 0x7ff8_0000;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const report = reporter({
  'store/infinite':
    'A column holds {found} (row {row}); only finite and missing numbers can be stored.',
  'store/bad-time':
    'A time column holds {found} (row {row}); times are whole UTC milliseconds, never missing.',
  'store/bad-flag': 'A boolean column holds byte {found} (row {row}); 0, 1 and 255 are legal.',
  'store/bad-code': 'A text column holds code {found} (row {row}) but has {words} words.',
  'store/bad-word': 'A text column holds half a character (a lone surrogate) in word {word}.',
  'store/corrupt': 'Stored column bytes are malformed: {reason}.',
  'store/big-endian': 'Columns are stored little-endian; this machine is big-endian.',
});

/** The canonical bytes of a column. @throws store/infinite, store/bad-time, store/bad-flag, store/bad-code, store/bad-word */
export function encodeColumn(column: Column): Uint8Array {
  expectLittleEndian();
  switch (column.dtype) {
    case 'f64':
      return encodeNumbers(column.values);
    case 'time':
      return encodeTimes(column.values);
    case 'bool':
      return encodeFlags(column.values);
    case 'text':
      return encodeTexts(column);
  }
}

/**
 * The column that bytes hold; they are those of an object, so their hash was checked. Numbers, flags and codes are views of the bytes when these are aligned to 8, else copies.
 * @throws store/corrupt
 */
export function decodeColumn(bytes: Uint8Array): Column {
  expectLittleEndian();
  if (bytes.length < HEADER) return corrupt(`${bytes.length} bytes are no header`);
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  if (head.getUint32(0, true) !== MAGIC) return corrupt('the magic is wrong');
  if (head.getUint8(4) !== VERSION) return corrupt(`version ${head.getUint8(4)} is unknown`);
  if (head.getUint16(6, true) !== 0) return corrupt('reserved bytes are set');
  const rows = Number(head.getBigUint64(8, true));
  if (rows > bytes.length) return corrupt(`${rows} rows do not fit ${bytes.length} bytes`);
  const payload = aligned(bytes);
  const dtype = DTYPES[head.getUint8(5)];
  switch (dtype) {
    case undefined:
      return corrupt(`dtype ${head.getUint8(5)} is unknown`);
    case 'text':
      return decodeTexts(payload, rows);
    case 'bool':
      expectLength(payload, rows);
      if (!areFlags(payload)) return corrupt('a flag is no flag');
      return { dtype, values: payload };
    default:
      expectLength(payload, 8 * rows);
      return { dtype, values: new Float64Array(payload.buffer, payload.byteOffset, rows) };
  }
}

/** A function called for each byte takes seven times as long: a twenty-fifth of the time of a run of discovery. */
function areFlags(bytes: Uint8Array): boolean {
  for (let row = 0; row < bytes.length; row++) {
    const flag = bytes[row] ?? MISSING_FLAG;
    if (flag > 1 && flag !== MISSING_FLAG) return false;
  }
  return true;
}

/** How many bytes `encodeColumn` gives for a column of fixed width. */
export function encodedBytes(dtype: Exclude<Dtype, 'text'>, rows: number): number {
  return HEADER + rows * (dtype === 'bool' ? 1 : 8);
}

function encodeNumbers(values: Numbers): Uint8Array {
  const bytes = start('f64', values.length, 8 * values.length);
  const target = new Float64Array(bytes.buffer, HEADER, values.length);
  const words = new Uint32Array(bytes.buffer, HEADER, 2 * values.length);
  target.set(values);
  for (let row = 0; row < target.length; row++) {
    const value = target[row] ?? 0;
    // Only NaN and ±∞ are not 0 away from themselves.
    if (value - value === 0) continue;
    if (!Number.isNaN(value)) refuse(report('store/infinite', undefined, { found: value, row }));
    words[2 * row] = NAN_LOW;
    words[2 * row + 1] = NAN_HIGH;
  }
  return bytes;
}

function encodeTimes(values: Numbers): Uint8Array {
  const bytes = start('time', values.length, 8 * values.length);
  const target = new Float64Array(bytes.buffer, HEADER, values.length);
  for (let row = 0; row < values.length; row++) {
    const time = values[row] ?? Number.NaN;
    if (!Number.isSafeInteger(time))
      refuse(report('store/bad-time', undefined, { found: time, row }));
    target[row] = time + 0; // −0 + 0 is 0: one zero, one hash
  }
  return bytes;
}

function encodeFlags(values: Readonly<Uint8Array>): Uint8Array {
  const bytes = start('bool', values.length, values.length);
  for (let row = 0; row < values.length; row++) {
    const flag = values[row] ?? MISSING_FLAG;
    if (flag > 1 && flag !== MISSING_FLAG)
      refuse(report('store/bad-flag', undefined, { found: flag, row }));
    bytes[HEADER + row] = flag;
  }
  return bytes;
}

function encodeTexts(column: TextColumn): Uint8Array {
  const { codes, words } = isCanonical(column.codes, column.words) ? column : tidied(column);
  const { bytes: utf8, ends } = spelled(words) ?? utf8Of(words);
  const dictionary = padded(4 * codes.length);
  const bytes = start('text', codes.length, dictionary + 4 + 4 * words.length + utf8.length);
  new Uint32Array(bytes.buffer, HEADER, codes.length).set(codes);
  const lengths = new Uint32Array(bytes.buffer, HEADER + dictionary, 1 + words.length);
  lengths[0] = words.length;
  for (let word = 0; word < words.length; word++)
    lengths[1 + word] = (ends[word] ?? 0) - (word === 0 ? 0 : (ends[word - 1] ?? 0));
  bytes.set(utf8, HEADER + dictionary + lengths.byteLength);
  return bytes;
}

function tidied({ codes, words }: TextColumn): TextColumn {
  const row = strayCode(codes, words.length);
  if (row >= 0) {
    refuse(report('store/bad-code', undefined, { found: codes[row], row, words: words.length }));
  }
  return canonicalText(codes, words);
}

/** The first row whose code is that of no word; −1 when there is none. */
function strayCode(codes: Readonly<Uint32Array>, count: number): number {
  return codes.findIndex((code) => code >= count && code !== MISSING_TEXT);
}

/** Words of any characters, word by word. */
function utf8Of(words: readonly string[]): Spelled {
  let end = 0;
  const ends = new Int32Array(words.length);
  const parts = words.map((word, i) => {
    if (/\p{Cs}/u.test(word)) refuse(report('store/bad-word', undefined, { word: i }));
    const part = Buffer.from(word, 'utf8');
    end += part.length;
    ends[i] = end;
    return part;
  });
  return { bytes: Buffer.concat(parts), ends };
}

function decodeTexts(payload: Uint8Array, rows: number): TextColumn {
  const dictionary = padded(4 * rows);
  if (payload.length < dictionary + 4) return corrupt('the dictionary is cut off');
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const count = view.getUint32(dictionary, true);
  const from = dictionary + 4 + 4 * count;
  if (from > payload.length) return corrupt(`${count} words do not fit`);
  const bytes = payload.subarray(from);
  const lengths = new Uint32Array(payload.buffer, payload.byteOffset + dictionary + 4, count);
  const ends = new Int32Array(count);
  let end = 0;
  for (let word = 0; word < count; word++) {
    end += lengths[word] ?? 0;
    if (end > bytes.length) return corrupt(`word ${word} is cut off`);
    ends[word] = end;
  }
  expectLength(payload, from + end);
  const words = read({ bytes, ends }) ?? utf8Words({ bytes, ends });
  const codes = new Uint32Array(payload.buffer, payload.byteOffset, rows);
  if (rows % 2 === 1 && view.getUint32(4 * rows, true) !== 0) return corrupt('padding is set');
  const ordered = inOrder(codes, count);
  const stray = ordered ? -1 : strayCode(codes, count);
  if (stray >= 0) return corrupt(`code ${codes[stray]} has no word`);
  if (!ordered || !allDiffer({ bytes, ends }))
    return corrupt('words are not in order of first appearance');
  return foundCanonical(codes, words);
}

function utf8Words({ bytes, ends }: Spelled): readonly string[] {
  return Array.from(ends, (end, word) => {
    return utf8Text(bytes.subarray(word === 0 ? 0 : ends[word - 1], end), word);
  });
}

/** Shared memory cannot be decoded in place by TextDecoder; Buffer copies, and words are short. */
function utf8Text(bytes: Uint8Array, word: number): string {
  const copy = Uint8Array.from(bytes);
  try {
    return UTF8.decode(copy);
  } catch {
    return corrupt(`word ${word} is no UTF-8`);
  }
}

function start(dtype: Dtype, rows: number, payload: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER + payload);
  const head = new DataView(bytes.buffer);
  head.setUint32(0, MAGIC, true);
  head.setUint8(4, VERSION);
  head.setUint8(5, DTYPES.indexOf(dtype));
  head.setBigUint64(8, BigInt(rows), true);
  return bytes;
}

/** The payload, copied when it does not start on a multiple of 8. */
function aligned(bytes: Uint8Array): Uint8Array {
  const payload = bytes.subarray(HEADER);
  return payload.byteOffset % 8 === 0 ? payload : Uint8Array.from(payload);
}

function expectLength(payload: Uint8Array, expected: number): void {
  if (payload.length !== expected)
    corrupt(`${payload.length} bytes stand where ${expected} are expected`);
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function expectLittleEndian(): void {
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1)
    refuse(report('store/big-endian', undefined));
}

function corrupt(reason: string): never {
  return refuse(report('store/corrupt', undefined, { reason }));
}
