import { type Random, stream } from '../sdk/random.js';
import { sha256 } from '../store/digest.js';
import { type AuthoredRows, authoredRows } from './authors.js';
import { blindTo, blindToMore, type Run, sameAgain } from './blind.js';
import { type Bound, reachOf } from './bounds.js';
import { inChunks } from './chunks.js';
import { claimsOf } from './claims.js';
import { cutsOf } from './cuts.js';
import { type Finding, Findings, type Tally, type Test } from './finding.js';
import { everyRow } from './mosaic.js';
import { planted } from './plant.js';
import { rareCuts } from './rare.js';
import { settledFrom } from './starts.js';
import type { Subject, Table } from './subject.js';

/** How much is tried. */
export interface Effort {
  /** Moments at which the future is taken away. */
  readonly cuts: number;
  readonly seed: number;
}

/** What the two-run test found out about one item. */
export interface Examined {
  readonly findings: readonly Finding[];
  readonly tallies: ReadonlyMap<Test, Tally>;
  readonly bounds: readonly Bound[];
  readonly cuts: number;
  readonly rows: number;
  /** Whose rows they are, where tables say. */
  readonly authors: readonly AuthoredRows[];
  /** Sentences of nodes that refused what a test gave them. */
  readonly refusals: readonly string[];
}

/**
 * Run a node again and again on inputs that differ only where it must not matter, and hold what it gives to what it gave. The
 * inputs are those of the item, with holes and bad ticks planted; where the node refuses these, as they are.
 */
export async function examine(subject: Subject, { cuts, seed }: Effort): Promise<Examined> {
  const digest = sha256(`${seed} ${subject.item}`);
  const random = stream([
    Number.parseInt(digest.slice(0, 8), 16),
    Number.parseInt(digest.slice(8, 16), 16),
  ]);
  const hard = planted(subject.tables, random);
  const refused = new Findings(subject);
  const run =
    (await runOn(subject, hard, random, refused)) ??
    (await runOn(subject, subject.tables, random, refused));
  if (!run) return examined(subject, refused, [], 0, {});
  const rare = rareCuts(subject.outputs, run.base, run.tables, Math.ceil(cuts / 2), random);
  const chosen = [...cutsOf(run.tables, cuts, random), ...rare];
  await blindTo(run, chosen);
  await blindToMore(run);
  const backwards = subject.time === 'future' ? [] : await lookingBack(run);
  await sameAgain(run);
  return examined(subject, run.findings, backwards, chosen.length, run.base);
}

/** What is claimed of rows that look back only. */
async function lookingBack(run: Run): Promise<readonly Bound[]> {
  await settledFrom(run);
  await everyRow(run);
  await inChunks(run);
  return hasClaims(run) ? reachOf(run) : [];
}

async function runOn(
  subject: Subject,
  tables: readonly Table[],
  random: Random,
  refused: Findings,
): Promise<Run | undefined> {
  const given = await subject.run(tables.map((t) => t.frame));
  if (given.kind === 'given')
    return { subject, tables, base: given.frames, findings: new Findings(subject), random };
  refused.note('again', 'its own rows', given, () => []);
  return undefined;
}

function examined(
  { outputs }: Subject,
  { all, tallies, refusals }: Findings,
  bounds: readonly Bound[],
  cuts: number,
  base: Run['base'],
): Examined {
  const rows = Object.values(base).reduce((sum, frame) => sum + frame.length, 0);
  const authors = outputs.flatMap(({ port, authors: columns = [] }) => {
    const frame = base[port];
    return frame ? authoredRows(frame, columns) : [];
  });
  return { findings: all, tallies, bounds, cuts, rows, authors, refusals: [...refusals] };
}

/** Is there anything to say about how far back rows look? */
function hasClaims({ subject, base }: Run): boolean {
  return subject.outputs.some((output) => {
    const frame = base[output.port];
    return frame !== undefined && claimsOf(output, frame).size > 0;
  });
}
