import type { Authors } from './authors.js';
import type { Compared } from './differ.js';
import type { Given, Subject } from './subject.js';

/** The kinds of second runs. */
export const TESTS = [
  'removed',
  'scrambled',
  'missing',
  'longer',
  'mosaic',
  'later start',
  'other past',
  'reach',
  'chunks',
  'shorter span',
  'again',
  'reversed',
] as const;
export type Test = (typeof TESTS)[number];

/** A cell that another run gave otherwise, and must not have. */
export interface Finding {
  readonly test: Test;
  readonly port: string;
  readonly column: string;
  /** When its row was known, UTC milliseconds. */
  readonly known: number;
  readonly was: string;
  readonly is: string;
  /** What was done to the inputs. */
  readonly how: string;
  /** Whose row it is, where the table says. */
  readonly of?: Authors;
}

/** How much one kind of test looked at. */
export interface Tally {
  readonly runs: number;
  readonly cells: number;
  /** Second runs in which the node refused its inputs. */
  readonly refused: number;
}

/** Collects what the tests of one item find: of each test, column and author of rows the first difference. */
export class Findings {
  readonly #found = new Map<string, Finding>();
  readonly #tallies = new Map<Test, Tally>();
  /** Why second runs were refused, each once. */
  readonly refusals = new Set<string>();

  constructor(readonly subject: Subject) {}

  get all(): readonly Finding[] {
    return [...this.#found.values()];
  }

  get tallies(): ReadonlyMap<Test, Tally> {
    return this.#tallies;
  }

  /** Note one second run: what every output's comparison found, or that the node refused. */
  note(test: Test, how: string, given: Given, compared: () => readonly Compared[]): void {
    const before = this.#tallies.get(test) ?? { runs: 0, cells: 0, refused: 0 };
    if (given.kind === 'refused') {
      for (const { message } of given.problems) this.refusals.add(message);
      this.#tallies.set(test, { ...before, runs: before.runs + 1, refused: before.refused + 1 });
      return;
    }
    let { cells } = before;
    for (const one of compared()) {
      cells += one.cells;
      for (const difference of one.differences) this.add({ test, how, ...difference });
    }
    this.#tallies.set(test, { ...before, runs: before.runs + 1, cells });
  }

  add(finding: Finding): void {
    const of = Object.values(finding.of ?? {}).join(' ');
    const id = `${finding.test} ${finding.port}.${finding.column} ${of}`;
    const known = this.#found.get(id);
    if (!known || finding.known < known.known) this.#found.set(id, finding);
  }
}
