import type { Frame } from '../frame/frame.js';
import type { Compiled } from '../run/compile.js';
import type { Project } from '../run/project.js';
import { encodeColumn } from '../store/codecs/column.js';
import { sha256 } from '../store/digest.js';
import type { StoredFrame } from '../store/stored.js';
import type { Made } from './choose.js';
import type { Compared } from './differ.js';
import type { Examined } from './examine.js';
import { Findings } from './finding.js';
import { subjectOf } from './subjects.js';

/** Where a second run in another order gave other bytes than the run that was recorded. */
export type Reversed = ReadonlyMap<Made, Pick<Examined, 'findings' | 'tallies'>>;

/**
 * Run items once more on their own rows, the last one first, and hold every column to the bytes that the pipeline recorded. What a
 * node keeps from one item to the next, such as a cache or a running fit, comes to light here.
 */
export async function inReverse(
  project: Project,
  compiled: Compiled,
  made: readonly Made[],
): Promise<Reversed> {
  const found = new Map<Made, Pick<Examined, 'findings' | 'tallies'>>();
  for (const one of [...made].reverse()) {
    const { entry, task } = one;
    const recorded = entry.state.kind === 'given' ? entry.state.outputs : {};
    const subject = await subjectOf(project, compiled, entry, task);
    const given = await subject.run(subject.tables.map((t) => t.frame));
    const findings = new Findings(subject);
    const frames = given.kind === 'given' ? given.frames : {};
    // What was recorded once and is refused now is another result, too.
    findings.note('reversed', HOW, { kind: 'given', frames }, () =>
      Object.entries(recorded).flatMap(([port, stored]) =>
        stored.kind === 'frame' ? [heldTo(stored, port, frames[port])] : [],
      ),
    );
    found.set(one, { findings: findings.all, tallies: findings.tallies });
  }
  return found;
}

const HOW = 'items run in reverse order';

function heldTo({ rows, columns }: StoredFrame, port: string, frame: Frame | undefined): Compared {
  const differences = columns.flatMap(({ name, object }) => {
    const is = frame?.has(name) ? sha256(encodeColumn(frame.get(name))) : 'nothing';
    if (is === object) return [];
    return [{ port, column: name, known: 0, was: object.slice(0, 10), is: is.slice(0, 10) }];
  });
  return { cells: rows * columns.length, differences };
}
