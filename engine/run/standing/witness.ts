import type { Diagnostic } from '../../diag/diagnostic.js';
import type { Entry } from '../../plan/entry.js';
import type { Key } from '../../store/digest.js';
import type { Outcome, Summary } from '../events.js';
import type { Needed } from '../needed.js';
import type { Answer, Line, Warning } from './standing.js';

/** Warnings about this one run rather than about its results: what was damaged is mended, what was kept back is not out. */
const PASSING = /^(store|publish)\//;
/** Warnings of checks, which every run makes anew. All others are a node's: later runs count them. */
const CHECKS = /^run\//;

/** Takes down what a run tells, as the next one will tell it when nothing has moved. */
export class Witness {
  readonly #lines: Line[] = [];
  readonly #warnings: Warning[] = [];
  /** Warnings that nodes gave, by key. */
  readonly #given = new Map<Key, number>();
  #passing = false;

  /** @param entry  whose warning it is; none for those of the compiler. */
  warned(problem: Diagnostic, entry?: Entry): void {
    const { code } = problem;
    const key = entry?.keyed?.key;
    if (PASSING.test(code)) this.#passing = true;
    else if (entry === undefined || CHECKS.test(code))
      this.#warnings.push({ before: this.#lines.length, item: entry?.item.name, problem });
    else if (key) this.#given.set(key, (this.#given.get(key) ?? 0) + 1);
  }

  ended({ item, stage, keyed }: Entry, outcome: Outcome): void {
    const later = outcome === 'done' || outcome === 'joined' ? 'cached' : outcome;
    this.#lines.push([item.name, stage.node.type, later, keyed?.key ?? null]);
  }

  /** @returns undefined for a run that the next one will not repeat: something failed, or was mended. */
  answer(
    summary: Summary,
    needed: readonly Needed[],
    rest: Pick<Answer, 'evidence' | 'start'>,
  ): Answer | undefined {
    if (this.#passing || summary.outcome !== 'done') return undefined;
    const { counts, timings } = summary;
    return {
      ...rest,
      lines: this.#lines,
      needed: needed.flatMap(({ entry, port }) => (entry.keyed ? [[entry.keyed.key, port]] : [])),
      warnings: this.#warnings,
      summary: {
        ...summary,
        warnings: this.#warnings.filter(({ item }) => item !== undefined).length,
        remembered: this.#lines.reduce(
          (sum, [, , , key]) => sum + ((key && this.#given.get(key)) ?? 0),
          summary.remembered,
        ),
        counts: {
          ...counts,
          cached: counts.cached + counts.done + counts.joined,
          done: 0,
          joined: 0,
        },
        timings: Object.assign({}, ...Object.keys(timings).map((name) => ({ [name]: 0 }))),
      },
    };
  }
}
