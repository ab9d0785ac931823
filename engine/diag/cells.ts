/** One code point as a terminal shows it: printable text, and how many columns it takes. */
export interface Cell {
  readonly shown: string;
  readonly width: number;
  /** Length of its source in UTF-16 units. */
  readonly units: number;
}

/** Control and format characters (escape codes, text direction, joiners) and line separators: never printed as they are. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const UNSAFE_BUT_NEWLINE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const COMBINING = /\p{M}/u;
const PICTURE = /\p{Emoji_Presentation}/u;

/** Blocks whose characters take two columns (Unicode TR 11, wide and full-width). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

/** The cells of a line; tabs and control characters become visible and harmless. */
export function cells(line: string): readonly Cell[] {
  return Array.from(line, (char) => {
    const shown = UNSAFE.test(char) ? visible(char) : char;
    return { shown, width: width(shown), units: char.length };
  });
}

/** Text that cannot steer a terminal; line breaks stay. */
export function safe(text: string): string {
  return text.replace(UNSAFE_BUT_NEWLINE, visible);
}

function visible(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code === 0x09) return '→';
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `\\u{${code.toString(16)}}`;
}

function width(shown: string): number {
  if (shown.length > 2) return shown.length;
  const code = shown.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (COMBINING.test(shown)) return 0;
  if (PICTURE.test(shown)) return 2;
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}
