import type { Refuse } from './tell.js';

/** Longest line of a text file, in bytes: rows of data have a few hundred. */
export const LONGEST_LINE = 65_536;

const [COMMA, NEWLINE, RETURN] = [44, 10, 13];

/** Where a text file is being read: cell after cell, line after line. Nothing is copied. */
export class Scan {
  /** Line, counted from 1. */
  row = 1;
  /** The cell is bytes [from, to). */
  from: number;
  to = 0;
  #line: number;
  readonly #end: number;

  constructor(
    readonly file: string,
    readonly bytes: Uint8Array,
    readonly refuse: Refuse,
  ) {
    this.#line = hasMark(bytes) ? 3 : 0;
    this.from = this.#line;
    this.#end = withoutBlankEnd(bytes);
  }

  /** Is there another line? */
  get more(): boolean {
    return this.#line < this.#end;
  }

  /** Find the end of the cell that begins at `from`. @returns whether it is the last of its line. */
  cell(): boolean {
    const { bytes } = this;
    const limit = Math.min(this.#end, this.#line + LONGEST_LINE);
    let i = this.from;
    while (i < limit) {
      const byte = bytes[i];
      if (byte === COMMA || byte === NEWLINE) break;
      i += 1;
    }
    if (i === limit && i < this.#end) {
      this.refuse('ingest/long-line', { file: this.file, row: this.row, limit: LONGEST_LINE });
    }
    this.to = i;
    return i === this.#end || bytes[i] === NEWLINE;
  }

  /** Go to the cell after this one. */
  next(): void {
    this.from = this.to + 1;
  }

  /** Take the carriage return off the last cell of a line. */
  trim(): void {
    if (this.to > this.from && this.bytes[this.to - 1] === RETURN) this.to -= 1;
  }

  /** Go to the line after the one whose last cell was found. */
  nextLine(): void {
    let i = this.to;
    while (i < this.#end && this.bytes[i] !== NEWLINE) i += 1;
    this.#line = i + 1;
    this.from = this.#line;
    this.row += 1;
  }

  /** How many cells this line has. */
  width(): number {
    let cells = 1;
    for (let i = this.#line; i < this.#end && this.bytes[i] !== NEWLINE; i++) {
      if (this.bytes[i] === COMMA) cells += 1;
    }
    return cells;
  }

  /** How many lines are left, this one included. */
  lines(): number {
    let count = this.more ? 1 : 0;
    for (let i = this.#line; i < this.#end; i++) if (this.bytes[i] === NEWLINE) count += 1;
    return count;
  }

  /** The cells of this line as texts. */
  texts(): readonly string[] {
    const cells: string[] = [];
    for (let last = false; !last; this.next()) {
      last = this.cell();
      const next = this.to;
      if (last) this.trim();
      cells.push(new TextDecoder().decode(this.bytes.subarray(this.from, this.to)).trim());
      this.to = next;
    }
    this.to = this.from - 1;
    return cells;
  }
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Blank lines at the end are no rows. */
function withoutBlankEnd(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === NEWLINE || bytes[end - 1] === RETURN)) end -= 1;
  return end;
}
