const FORM = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
/** Whole numbers of up to 15 digits and these powers are exact, so one division rounds to the nearest double (Clinger 1990). */
const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
const MOST_DIGITS = 15;
/** No number of a file has more; `textAt` gives no more. */
const MOST_SIGNS = 64;

const [MINUS, DOT, ZERO] = [45, 46, 48];

/**
 * The number that bytes [from, to) spell in decimal: the double nearest to it, as `Number` gives. NaN if they spell none;
 * NaN, infinities, hexadecimal, blanks and separators are none, and so is what has more than 64 signs.
 */
export function decimalAt(bytes: Uint8Array, from: number, to: number): number {
  const start = bytes[from] === MINUS ? from + 1 : from;
  let value = 0;
  let point = to;
  for (let i = start; i < to; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === DOT - ZERO && point === to) point = i;
    else return spelt(bytes, from, to);
  }
  const decimals = Math.max(0, to - point - 1);
  const digits = to - start - (point < to ? 1 : 0);
  const scale = POWERS[decimals];
  if (digits === 0 || digits > MOST_DIGITS || scale === undefined) return spelt(bytes, from, to);
  return start > from ? -value / scale : value / scale;
}

/** The slow way, for exponents and many digits. */
function spelt(bytes: Uint8Array, from: number, to: number): number {
  const text = textAt(bytes, from, to);
  if (to - from > MOST_SIGNS || !FORM.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Bytes [from, to) as text, as far as a message or a short value needs it; bytes beyond ASCII become one sign each. */
export function textAt(bytes: Uint8Array, from: number, to: number): string {
  const end = Math.min(to, from + MOST_SIGNS);
  return String.fromCharCode(...bytes.subarray(from, end));
}
