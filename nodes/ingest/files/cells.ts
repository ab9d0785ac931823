import { decimalAt, textAt } from './decimal.js';
import { fromEpoch, fromText } from './moment.js';
import type { Reading, Wanted } from './rows.js';
import type { Refuse } from './tell.js';
import type { Unit } from './units.js';

/** Digits of a count that doubles hold exactly; one of nanoseconds has more. */
const EXACT_DIGITS = 15;
const NANO_DIGITS = 6;
const TEXT = new TextDecoder();

/** The value of the cell that bytes [from, to) are; NaN where they are none. The cell is not empty. */
export function cellValue(reading: Reading, bytes: Uint8Array, from: number, to: number): number {
  switch (reading.as) {
    case 'number':
      return decimalAt(bytes, from, to);
    case 'epoch':
      return epochAt(reading.seen, bytes, from, to);
    case 'time':
    case 'stamp':
      return fromText(textAt(bytes, from, to));
    case 'flag':
    case 'match':
      return textValue(reading, TEXT.decode(bytes.subarray(from, to)));
  }
}

/** The value of a text where the file has types of its own; NaN where it is none. */
export function textValue(reading: Reading, text: string): number {
  switch (reading.as) {
    case 'flag':
      return reading.yes.includes(text) ? 1 : reading.no.includes(text) ? 0 : Number.NaN;
    case 'match':
      return text === reading.text ? 1 : 0;
    case 'time':
    case 'stamp':
      return fromText(text);
    default: {
      const bytes = Uint8Array.from(text, (c) => Math.min(c.charCodeAt(0), 255));
      return text === '' ? Number.NaN : cellValue(reading, bytes, 0, bytes.length);
    }
  }
}

/** The value of a number where the file has types of its own. */
export function numberValue(reading: Reading, value: number): number {
  if (reading.as === 'number') return Number.isFinite(value) ? value : Number.NaN;
  return reading.as === 'epoch'
    ? fromEpoch(value, reading.seen)
    : textValue(reading, String(value));
}

/** Nanoseconds have more digits than a double: the last six are what lies between two milliseconds. */
function epochAt(seen: Set<Unit> | undefined, bytes: Uint8Array, from: number, to: number): number {
  if (to - from <= EXACT_DIGITS + 1) return fromEpoch(decimalAt(bytes, from, to), seen);
  const text = textAt(bytes, from, to);
  if (!/^\d{18,19}$/.test(text)) return fromEpoch(decimalAt(bytes, from, to), seen);
  seen?.add('ns');
  const ms = fromEpoch(Number(text.slice(0, -NANO_DIGITS)));
  return ms + Number(text.slice(-NANO_DIGITS)) / 1e6;
}

/** Stop at a cell that is not what its column is declared to be. */
export function refuseCell(
  refuse: Refuse,
  file: string,
  row: number,
  { name, reading }: Pick<Wanted, 'name' | 'reading'>,
  cell: string,
): never {
  const found = cell === '' ? 'empty' : cell.slice(0, 40);
  const facts = { file, row, column: name, found };
  if (reading.as === 'flag') {
    return refuse('ingest/not-a-flag', {
      ...facts,
      yes: reading.yes.join(', '),
      no: reading.no.join(', '),
    });
  }
  return refuse(reading.as === 'number' ? 'ingest/not-a-number' : 'ingest/bad-time', facts);
}
