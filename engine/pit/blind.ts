import type { Frame } from '../frame/frame.js';
import type { Random } from '../sdk/random.js';
import type { Cut } from './cuts.js';
import { type Compared, compare, knownBy, ROWS } from './differ.js';
import { disturbed } from './disturb.js';
import type { Findings } from './finding.js';
import { FUTURES, type Future, withFuture } from './futures.js';
import { knownTimes, latest } from './known.js';
import type { Output, Subject, Table } from './subject.js';

/** One item as the tests see it: its tables, and what it gave from them. */
export interface Run {
  readonly subject: Subject;
  readonly tables: readonly Table[];
  readonly base: Readonly<Record<string, Frame>>;
  readonly findings: Findings;
  readonly random: Random;
}

const SENTENCES: Readonly<Record<Future, string>> = {
  removed: 'all that is known later removed',
  scrambled: 'all that is known later replaced',
  missing: 'all that is known later missing',
};

/** What was known by each cut must be the same whatever comes after it. The three futures take turns, removal at every cut. */
export async function blindTo(run: Run, cuts: readonly Cut[]): Promise<void> {
  for (const [i, { at, why }] of cuts.entries()) {
    const other = FUTURES[1 + (i % 2)] ?? 'scrambled';
    for (const future of ['removed', other] as const) {
      const frames = run.tables.map((t) => withFuture(t, at, future, run.random));
      const how = `${SENTENCES[future]} at ${iso(at)} (${why})`;
      await second(run, future, how, frames, (output, a, b) => knownBy(output, a, b, at));
    }
  }
}

/** Rows added at the end change nothing that was there. */
export async function blindToMore(run: Run): Promise<void> {
  const frames = run.tables.map((table) => longer(table, run.random));
  const grown = run.tables.filter((table, i) => frames[i] !== table.frame);
  if (grown.length === 0) return;
  // What is known after the first of them ended may rest on the rows that were added.
  const end = Math.min(...grown.map((t) => last(t)));
  await second(run, 'longer', `${MORE} rows more at the end`, frames, (output, a, b) =>
    knownBy(output, a, b, end),
  );
}

/** The same rows again: what a node keeps from one run to the next must not matter. */
export async function sameAgain(run: Run): Promise<void> {
  const frames = run.tables.map((t) => t.frame);
  await second(run, 'again', 'the same rows, after other runs', frames, (output, a, b) => {
    const rows = Int32Array.from({ length: a.length }, (_, i) => i);
    const count = (frame: Frame): string => `${frame.length} rows`;
    const lost = { port: output.port, column: ROWS, known: 0, was: count(a), is: count(b) };
    if (a.length !== b.length) return { cells: a.length, differences: [lost] };
    return compare(output, a, b, { base: rows, other: rows }, () => ({ within: 0 }));
  });
}

/** Run once more and hold each output to the base. */
export async function second(
  { subject, base, findings }: Run,
  test: Parameters<Findings['note']>[0],
  how: string,
  frames: readonly Frame[],
  compared: (output: Output, base: Frame, other: Frame) => Compared,
): Promise<void> {
  const given = await subject.run(frames);
  findings.note(test, how, given, () =>
    subject.outputs.flatMap((output) => {
      const before = base[output.port];
      const after = given.kind === 'given' ? given.frames[output.port] : undefined;
      return before && after ? [compared(output, before, after)] : [];
    }),
  );
}

const MORE = 300;

/** Rows appended on the grid of a table, with other values. A table without a grid stays as it is. */
function longer({ frame, contract }: Table, random: Random): Frame {
  const { spacing } = contract;
  if (!spacing || !frame.has(spacing.column) || frame.length === 0) return frame;
  const source = Int32Array.from({ length: frame.length + MORE }, (_, i) =>
    i < frame.length ? i : random.integer(frame.length),
  );
  const ts = frame.column(spacing.column);
  const end = ts[ts.length - 1] ?? 0;
  const times = Float64Array.from({ length: source.length }, (_, i) =>
    i < ts.length ? (ts[i] ?? 0) : end + (i - ts.length + 1) * spacing.every,
  );
  const added = frame.take(source).with(spacing.column, { dtype: 'time', values: times });
  return disturbed(added, contract, (row) => row >= frame.length, 'scrambled', random);
}

function last({ frame, contract }: Table): number {
  return latest(knownTimes(frame, contract) ?? []);
}

export function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
