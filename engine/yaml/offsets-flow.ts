import { type Offsets, OffsetsBuilder } from './offsets-builder.js';

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Plain text, and what stands between single quotes: line breaks fold (YAML 1.2, section 6.5). */
export function foldedOffsets(text: string, start: number): Offsets {
  const out = new OffsetsBuilder();
  fold(text, start, (part, at) => out.copy(part, at), out);
  return out.done(start + text.length);
}

/** `source` with its quotes; `''` is one quote. */
export function singleQuotedOffsets(source: string, start: number): Offsets {
  const out = new OffsetsBuilder();
  const copy = (part: string, at: number) => {
    for (const { 0: piece, index } of part.matchAll(/''|[^']+|'/g)) {
      if (piece === "''") out.add("'", at + index, at + index + 2);
      else out.copy(piece, at + index);
    }
  };
  fold(source.slice(1, -1), start + 1, copy, out);
  return out.done(start + source.length - 1);
}

/** `source` with its quotes; escapes stand for characters, line breaks fold. */
export function doubleQuotedOffsets(source: string, start: number): Offsets {
  const out = new OffsetsBuilder();
  const end = source.length - 1;
  const pattern =
    /\\(?:\r?\n[ \t]*|x.{2}|u.{4}|U.{8}|[\s\S])|[ \t]*(?:\r?\n[ \t]*)+|[^\\\n\r \t]+|[ \t]+/y;
  for (let at = 1; at < end; ) {
    pattern.lastIndex = at;
    const piece = pattern.exec(source)?.[0].slice(0, end - at) ?? source.charAt(at);
    const [from, to] = [start + at, start + at + piece.length];
    if (piece.startsWith('\\')) out.add(unescaped(piece), from, to);
    else if (piece.includes('\n')) out.add(folded(piece), from, to);
    else out.copy(piece, from);
    at += piece.length;
  }
  return out.done(start + end);
}

function unescaped(piece: string): string {
  const kind = piece.charAt(1);
  if (kind === '\n' || kind === '\r') return '';
  if (HEX_LENGTH[kind] !== undefined)
    return String.fromCodePoint(Number.parseInt(piece.slice(2), 16));
  return SHORT_ESCAPES[kind] ?? kind;
}

/** One line break is a space; every further one is itself. */
function folded(breaks: string): string {
  const count = breaks.split('\n').length - 1;
  return count === 1 ? ' ' : '\n'.repeat(count - 1);
}

/** Line breaks with the white space around them; the look-behind keeps long runs of spaces linear. */
const BREAKS = /(?<![ \t])[ \t]*(?:\r?\n[ \t]*)+/g;

/** Walk the lines of a text; white space around its line breaks is dropped. */
function fold(
  text: string,
  start: number,
  copy: (part: string, at: number) => void,
  out: OffsetsBuilder,
): void {
  let at = 0;
  for (const { 0: breaks, index } of text.matchAll(BREAKS)) {
    copy(text.slice(at, index), start + at);
    out.add(folded(breaks), start + index, start + index + breaks.length);
    at = index + breaks.length;
  }
  copy(text.slice(at), start + at);
}
