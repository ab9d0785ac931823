import type { Compiled } from '../run/compile.js';
import type { Project } from '../run/project.js';
import { encodeColumn } from '../store/codecs/column.js';
import { sha256 } from '../store/digest.js';
import type { StoredFrame } from '../store/stored.js';
import type { Made } from './choose.js';
import type { Finding } from './finding.js';
import { subjectOf } from './subjects.js';

/** Where a second run in another order gave other bytes than the run that was recorded. */
export type Reversed = ReadonlyMap<Made, readonly Finding[]>;

/**
 * Run items once more on their own rows, the last one first, and hold every column to the bytes that the pipeline recorded. What a
 * node keeps from one item to the next, such as a cache or a running fit, comes to light here.
 */
export async function inReverse(
  project: Project,
  compiled: Compiled,
  made: readonly Made[],
): Promise<Reversed> {
  const found = new Map<Made, readonly Finding[]>();
  for (const one of [...made].reverse()) {
    const { entry, task } = one;
    const subject = await subjectOf(project, compiled, entry, task);
    const given = await subject.run(subject.tables.map((t) => t.frame));
    if (given.kind === 'refused' || entry.state.kind !== 'given') continue;
    const findings = Object.entries(entry.state.outputs).flatMap(([port, stored]) => {
      const frame = given.frames[port];
      if (stored.kind !== 'frame' || !frame) return [];
      return otherColumns(stored, (name) => sha256(encodeColumn(frame.get(name)))).map((d) => ({
        test: 'reversed' as const,
        port,
        known: 0,
        how: 'items run in reverse order',
        ...d,
      }));
    });
    found.set(one, findings);
  }
  return found;
}

function otherColumns({ columns }: StoredFrame, digestOf: (name: string) => string) {
  return columns.flatMap(({ name, object }) => {
    const is = digestOf(name);
    return is === object ? [] : [{ column: name, was: object.slice(0, 10), is: is.slice(0, 10) }];
  });
}
