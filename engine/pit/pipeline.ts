import type { Compiled } from '../run/compile.js';
import type { Project } from '../run/project.js';
import { walkStored } from '../run/stored-walk.js';
import { type Certificate, certificateOf, withMore } from './certificate.js';
import { type Made, worthTesting } from './choose.js';
import { type Effort, type Examined, examine } from './examine.js';
import type { Findings } from './finding.js';
import { inReverse } from './reversed.js';
import { Shelf } from './shelf.js';
import { examineSource } from './sources.js';
import { subjectOf } from './subjects.js';

/** What is tested, and how much of it. */
export interface PitOptions {
  readonly effort: Effort;
  /** Items of a stage that compute the same formulas. */
  readonly most: number;
  /** Which items are meant; all unless told. */
  readonly wants?: (made: Made) => boolean;
  /** Test again what has a certificate. */
  readonly anew?: boolean;
  /** Told of each certificate as it is there. */
  readonly told?: (certificate: Certificate, known: boolean) => void;
}

/** What came of it, and what was not tested and why. */
export interface PitReport {
  readonly certificates: readonly Certificate[];
  /** How many of them were made now; the others were there. */
  readonly fresh: number;
  /** Sources whose rows and stamps are taken on trust. */
  readonly trusted: readonly string[];
  /** Stages that estimate from all they are given: the compiler holds them to their windows. */
  readonly estimates: readonly string[];
  /** Stages whose node can be run, but that have no table with times to cut, or no rows in it. */
  readonly timeless: readonly string[];
}

/** Test every item of a pipeline that has run. @throws Refusal where an item cannot be read or fails. */
export async function pitPipeline(
  project: Project,
  compiled: Compiled,
  options: PitOptions,
): Promise<PitReport> {
  const { walk, ingredients } = walkStored(project, compiled);
  const made = walk.entries.flatMap((entry): Made[] =>
    entry.keyed ? [{ entry, task: ingredients.taskOf(entry, 1) }] : [],
  );
  const wanted = options.wants ? made.filter(options.wants) : made;
  const shelf = new Shelf(project, compiled.graph.contracts);
  const found = new Map<Made, { readonly certificate: Certificate; readonly seconds: number }>();
  const certificates: Certificate[] = [];
  const trusted = new Set<string>();
  const timeless = new Set<string>();
  const tell = (certificate: Certificate, known: boolean): void => {
    certificates.push(certificate);
    options.told?.(certificate, known);
  };
  for (const one of worthTesting(wanted.filter(testable), options.most)) {
    const known = options.anew ? undefined : shelf.find(one, options.effort);
    const began = performance.now();
    const certificate = known ?? (await certify(project, compiled, one, options.effort));
    const seconds = (performance.now() - began) / 1000;
    if (typeof certificate === 'string')
      (certificate === 'trusted' ? trusted : timeless).add(one.entry.stage.path);
    else if (known) tell(known, true);
    else found.set(one, { certificate, seconds });
  }
  const reversed = await inReverse(project, compiled, [...found.keys()]);
  for (const [one, { certificate, seconds }] of found) {
    const whole = withMore(certificate, reversed.get(one));
    shelf.keep(one, options.effort, whole, seconds);
    tell(whole, false);
  }
  project.store.flush();
  const estimates = compiled.graph.stages.filter((s) => s.node.time === 'fit').map((s) => s.path);
  return {
    certificates,
    fresh: found.size,
    trusted: [...trusted],
    estimates,
    timeless: [...timeless],
  };
}

/** Estimates see all rows they are given, by definition. */
function testable({ entry }: Made): boolean {
  return (
    entry.stage.node.time !== 'fit' &&
    Object.values(entry.stage.node.out).some((p) => p.kind === 'frame')
  );
}

/** @returns `trusted` for a source that cannot be asked for less, `timeless` where there are no rows with times to cut. */
async function certify(
  project: Project,
  compiled: Compiled,
  made: Made,
  effort: Effort,
): Promise<Certificate | 'trusted' | 'timeless'> {
  const subject = await subjectOf(project, compiled, made.entry, made.task);
  if (!subject.outputs.some(({ contract }) => contract?.available)) return 'timeless';
  if (made.task.inputs.length === 0) {
    const findings = await examineSource(project, compiled, made);
    return findings ? certificateOf(made, subject, effort, examinedAs(findings)) : 'trusted';
  }
  if (subject.tables.every(({ frame }) => frame.length < 2)) return 'timeless';
  const found = await examine(subject, effort);
  return certificateOf(made, subject, effort, found);
}

function examinedAs({ all, tallies, refusals }: Findings): Examined {
  return {
    findings: all,
    tallies,
    bounds: [],
    cuts: 0,
    rows: 0,
    authors: [],
    refusals: [...refusals],
  };
}
