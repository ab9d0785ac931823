import type { Diagnostic } from './diagnostic.js';
import { Refusal } from './refusal.js';

/** Collects every problem of one piece of work, so that a user sees all of them at once. */
export class Problems {
  readonly #found: Diagnostic[] = [];

  add(...diagnostics: readonly Diagnostic[]): void {
    this.#found.push(...diagnostics);
  }

  /** All problems, errors and warnings, sorted by file, line and column; repeats are dropped. */
  get all(): readonly Diagnostic[] {
    const seen = new Set<string>();
    const unique = this.#found.filter((d) => {
      const id = `${d.code}|${at(d)}|${d.message}`;
      return seen.has(id) ? false : seen.add(id);
    });
    return unique.sort((a, b) => byPlace(a, b));
  }

  get errors(): readonly Diagnostic[] {
    return this.all.filter((d) => d.severity === 'error');
  }

  /** True once an error (not just a warning) was reported. */
  get failed(): boolean {
    return this.#found.some((d) => d.severity === 'error');
  }

  /** Stop here if any error was found. */
  settle(): void {
    if (this.failed) throw new Refusal(this.all);
  }
}

function at(d: Diagnostic): string {
  return d.place ? `${d.place.file}:${d.place.line}:${d.place.col}` : '';
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [p, q] = [a.place, b.place];
  if (!p || !q) return p ? -1 : q ? 1 : order(a.code, b.code);
  return order(p.file, q.file) || p.line - q.line || p.col - q.col || order(a.code, b.code);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
