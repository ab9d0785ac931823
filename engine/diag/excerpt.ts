import { type Cell, cells } from './cells.js';
import type { Place } from './diagnostic.js';
import type { Lines } from './lines.js';

/** The line a problem stands in, as printed, and the marks under it. */
export interface Excerpt {
  readonly number: number;
  readonly line: string;
  readonly marks: string;
}

/** Columns an excerpt may take; longer lines are cut around the mark. */
const WIDTH = 96;
/** Columns kept to the left of the mark when a line is cut. */
const LEAD = 32;
const CUT: Cell = { shown: '…', width: 1, units: 0 };

/**
 * The excerpt of a place, or undefined when the text has no such line.
 * Marks stand under the shown text, also after tabs, control characters and wide characters.
 */
export function excerpt(place: Place, lines: Lines): Excerpt | undefined {
  const line = lines.line(place.line);
  if (line === undefined) return undefined;
  const start = Math.min(place.col - 1, line.length);
  // Only the neighbourhood is looked at: a line may be a megabyte long.
  const from = boundary(line, Math.max(0, start - 2 * WIDTH));
  const to = boundary(line, Math.min(line.length, start + 2 * WIDTH));
  const parts = split(line.slice(from, to), start - from, place.length);
  const before =
    from > 0 || widthOf(parts.before) > WIDTH - LEAD ? lead(parts.before) : parts.before;
  const rest = WIDTH - widthOf(before);
  const marked = take(parts.marked, rest - 1);
  const shown = [...before, ...marked];
  const room = WIDTH - widthOf(shown);
  const whole = to === line.length && widthOf(parts.after) <= room && marked === parts.marked;
  const after = whole
    ? parts.after
    : [...take(parts.after, room - 1, marked !== parts.marked), CUT];
  return {
    number: place.line,
    line: text([...shown, ...after]).trimEnd(),
    marks: ' '.repeat(widthOf(before)) + '~'.repeat(Math.max(1, widthOf(marked))),
  };
}

interface Parts {
  readonly before: readonly Cell[];
  readonly marked: readonly Cell[];
  readonly after: readonly Cell[];
}

function split(line: string, start: number, length: number): Parts {
  const all = cells(line);
  const [before, marked, after]: [Cell[], Cell[], Cell[]] = [[], [], []];
  let at = 0;
  for (const cell of all) {
    // A cell that the mark touches is marked whole, so that a mark never ends inside a pair of units.
    if (at + cell.units <= start) before.push(cell);
    else if (at < start + length) marked.push(cell);
    else after.push(cell);
    at += cell.units;
  }
  return { before, marked, after };
}

function lead(before: readonly Cell[]): readonly Cell[] {
  let from = before.length;
  for (let left = LEAD - 1; from > 0; from--) {
    left -= before[from - 1]?.width ?? 0;
    if (left < 0) break;
  }
  return [CUT, ...before.slice(from)];
}

/** As many cells as fit; the same array when all do. */
function take(all: readonly Cell[], room: number, none = false): readonly Cell[] {
  let left = none ? 0 : room;
  const end = all.findIndex((cell) => {
    left -= cell.width;
    return left < 0;
  });
  return end === -1 ? all : all.slice(0, end);
}

function widthOf(all: readonly Cell[]): number {
  return all.reduce((sum, cell) => sum + cell.width, 0);
}

function text(all: readonly Cell[]): string {
  return all.map((cell) => cell.shown).join('');
}

/** Step off the middle of a surrogate pair. */
function boundary(line: string, at: number): number {
  const unit = line.charCodeAt(at);
  return at > 0 && unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
