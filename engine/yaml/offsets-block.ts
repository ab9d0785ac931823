import type { CST } from 'yaml';
import { type Offsets, OffsetsBuilder } from './offsets-builder.js';

/** A source line of a block scalar: where it starts, its indentation, its text, and the length of its line break. */
interface Line {
  readonly at: number;
  readonly indent: number;
  readonly text: string;
  readonly brk: number;
}

/**
 * Map a block scalar (`|` or `>`), in the steps of the parser:
 * 1. split the source into lines, and find the last one with content;
 * 2. the first line with content (or the header) sets the indentation;
 * 3. join the lines: literally, or folded, where more-indented lines keep their breaks;
 * 4. chomp what follows the last line.
 */
export function blockOffsets(token: CST.BlockScalar): Offsets {
  const header = token.props.find((p) => p.type === 'block-scalar-header');
  const style = header && 'source' in header ? header.source : '|';
  const start = token.props.reduce(
    (at, p) => at + ('source' in p ? p.source.length : 0),
    token.offset,
  );
  const lines = split(token.source, start);
  const out = new OffsetsBuilder();
  const end = start + token.source.length;
  const filled = lines.findLastIndex((l) => l.text !== '') + 1;
  const keep = style.includes('+');
  if (filled === 0) {
    const breaks = keep && lines.length > 0 ? Math.max(1, lines.length - 1) : 0;
    for (let i = 0; i < breaks; i++) addBreak(out, lines[i]);
    return out.done(end);
  }
  const first = lines.findIndex((l) => l.text !== '');
  const trim = trimmed(style, token.indent, lines[first]);
  // Empty lines at the end that are indented deeper than the text belong to it.
  const deeper = lines.findIndex((l, i) => i >= filled && l.indent > trim);
  const stop = deeper === -1 ? filled : lines.findLastIndex((l) => l.indent > trim) + 1;
  for (const line of lines.slice(0, first)) {
    addText(out, line, trim);
    addBreak(out, line);
  }
  if (style.startsWith('>')) foldLines(out, lines.slice(first, stop), trim);
  else joinLines(out, lines.slice(first, stop), trim);
  chomp(out, lines, stop, trim, style);
  const last = lines[stop - 1];
  return out.done(last ? last.at + last.indent + last.text.length : end);
}

function split(source: string, start: number): readonly Line[] {
  if (source === '') return [];
  let at = start;
  return source.split('\n').map((raw, i, all) => {
    const crlf = raw.endsWith('\r');
    const body = crlf ? raw.slice(0, -1) : raw;
    const indent = /^ */.exec(body)?.[0].length ?? 0;
    const brk = i === all.length - 1 ? 0 : crlf ? 2 : 1;
    const line = { at, indent, text: body.slice(indent), brk };
    at += raw.length + 1;
    return line;
  });
}

function trimmed(style: string, parent: number, first: Line | undefined): number {
  const explicit = Number(/[1-9]/.exec(style)?.[0] ?? 0);
  return explicit === 0 ? (first?.indent ?? 0) : parent + explicit;
}

function joinLines(out: OffsetsBuilder, lines: readonly Line[], trim: number): void {
  lines.forEach((line, i) => {
    if (i > 0) addBreak(out, lines[i - 1]);
    addText(out, line, trim);
  });
}

/** Lines of plain text are joined by a space; empty lines, and all breaks around more-indented lines, are kept. */
function foldLines(out: OffsetsBuilder, lines: readonly Line[], trim: number): void {
  let separator = '';
  let previousDeeper = false;
  lines.forEach((line, i) => {
    const deeper = line.indent > trim || line.text.startsWith('\t');
    if (!deeper && line.text === '') {
      if (separator === '\n') addBreak(out, lines[i - 1]);
      separator = '\n';
      return;
    }
    addBreak(out, lines[i - 1], deeper ? keptBreaks(separator, previousDeeper) : separator);
    addText(out, line, trim);
    separator = deeper ? '\n' : ' ';
    previousDeeper = deeper;
  });
}

/** Before a more-indented line breaks are not folded, so those that were taken for folded ones come back. */
function keptBreaks(separator: string, previousDeeper: boolean): string {
  if (separator === ' ') return '\n';
  return separator === '\n' && !previousDeeper ? '\n\n' : separator;
}

function chomp(
  out: OffsetsBuilder,
  lines: readonly Line[],
  stop: number,
  trim: number,
  style: string,
): void {
  if (style.includes('-')) return;
  const rest = style.includes('+') ? lines.slice(stop) : [];
  for (const [i, line] of rest.entries()) {
    addBreak(out, lines[stop + i - 1]);
    addText(out, line, trim);
  }
  if (rest.length === 0) addBreak(out, lines[stop - 1]);
}

function addText(out: OffsetsBuilder, line: Line, trim: number): void {
  const cut = Math.min(line.indent, trim);
  out.copy(' '.repeat(line.indent - cut) + line.text, line.at + cut);
}

/** A break is written at the end of `line`. */
function addBreak(out: OffsetsBuilder, line: Line | undefined, characters = '\n'): void {
  const at = line ? line.at + line.indent + line.text.length : 0;
  out.add(characters, at, at + (line?.brk ?? 0));
}
