import { existsSync, readFileSync } from 'node:fs';
import { unzip } from '../files/archive.js';

// Which rows a file of the archive holds, as far as it matters for whether another may go: what tells a row from the others is its
// first cell, a time or a number.

/** Files that unpack to more are not compared: their rows would not fit into memory. */
const MOST = 1 << 27;
const [NEWLINE, COMMA] = [10, 44];
/** A first cell of digits and what times have between them; a header has none. */
const CELL = /^\d[\d :.-]*$/;
const UNREADABLE = new Error('no zip with one table');

/** First cells of a file, `unknown` where they are too many; undefined if no file lies there, or one that cannot be read. */
export type Cells = ReadonlySet<string> | 'unknown' | undefined;

export async function cellsIn(path: string): Promise<Cells> {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  if (path.endsWith('.csv')) return cellsOf(bytes);
  try {
    const unpacked = await unzip(path, bytes, () => {
      throw UNREADABLE;
    });
    return cellsOf(unpacked.bytes);
  } catch (thrown) {
    if (thrown === UNREADABLE) return undefined; // reading it says what is wrong with it
    throw thrown;
  }
}

function cellsOf(bytes: Uint8Array): Cells {
  if (bytes.length > MOST) return 'unknown';
  const [cells, decoder] = [new Set<string>(), new TextDecoder()];
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    const comma = line.indexOf(COMMA);
    const cell = decoder.decode(comma < 0 ? line : line.subarray(0, comma)).trim();
    if (CELL.test(cell)) cells.add(inMilliseconds(cell));
    start = end + 1;
  }
  return cells;
}

/** Spot has times in microseconds since 2025, in the archive alone. */
function inMilliseconds(cell: string): string {
  return /^\d{16}$/.test(cell) ? cell.slice(0, 13) : cell;
}

/** Minutes of times: archive and REST differ in how many milliseconds a stamp is late. */
export function minutesOf(cells: Cells): Cells {
  if (cells === undefined || cells === 'unknown') return cells;
  return new Set(
    [...cells].map((cell) => {
      return /^\d+$/.test(cell) ? String(Math.floor(Number(cell) / 60_000)) : cell.slice(0, 16);
    }),
  );
}

/** How many rows others lack: none of a file that cannot be read; undefined where that cannot be told. */
export function lackedBy(others: readonly Cells[], rows: Cells): number | undefined {
  if (rows === undefined) return 0;
  if (rows === 'unknown' || others.includes('unknown')) return undefined;
  const sets = others.filter((cells) => typeof cells === 'object');
  return [...rows].filter((cell) => !sets.some((set) => set.has(cell))).length;
}
