import { sameRows } from './align.js';
import { type Run, second } from './blind.js';
import { compare, ROWS } from './differ.js';
import { taken } from './futures.js';
import { knownTimes, spanOf } from './known.js';

const CHUNKS = 3;

/** A node whose row comes from the same row alone gives the same rows from any piece of its inputs. */
export async function inChunks(run: Run): Promise<void> {
  if (run.subject.time !== 'row') return;
  const [from, to] = spanOf(run.tables);
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    const [start, end] = [0, 1].map((i) => from + ((chunk + i) / CHUNKS) * (to - from));
    const inside = (ms: number): boolean => ms > (start ?? 0) && ms <= (end ?? 0);
    const frames = run.tables.map(({ frame, contract }) => {
      const known = knownTimes(frame, contract);
      return known ? taken(frame, (row) => inside(known[row] ?? 0)) : frame;
    });
    await second(run, 'chunks', `part ${chunk + 1} of ${CHUNKS} alone`, frames, (output, a, b) => {
      const known = knownTimes(a, output.contract);
      if (!known || !output.contract || output.window) return { cells: 0, differences: [] };
      const pairs = sameRows(a, b, output.contract);
      const counts = (row: number): boolean => inside(known[row] ?? 0);
      const expected = known.reduce((n, ms) => n + (inside(ms) ? 1 : 0), 0);
      const found = pairs.base.reduce((n, row) => n + (counts(row) ? 1 : 0), 0);
      const rows = (n: number): string => `${n} rows`;
      const lost = {
        port: output.port,
        column: ROWS,
        known: start ?? 0,
        was: rows(expected),
        is: rows(found),
      };
      if (expected !== found) return { cells: found, differences: [lost] };
      return compare(output, a, b, pairs, () => ({ within: 0, counts }));
    });
  }
}
