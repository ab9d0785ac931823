/** A stretch of one line in a text file. Lines and columns count from 1; `length` is at least 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly length: number;
}

/** Values that fill the holes of a message and let tools and tests look at the facts of a problem. */
export type Facts = Readonly<Record<string, unknown>>;

/** One problem, told to a person: what is wrong, where, and what to do about it. */
export interface Diagnostic {
  /** `area/problem`, e.g. `graph/unknown-stage`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly place?: Place | undefined;
  readonly hint?: string | undefined;
  readonly related?: readonly Related[] | undefined;
  readonly facts: Facts;
}

/** Another place that takes part in the problem, with a word on its role. */
export interface Related {
  readonly message: string;
  readonly place: Place;
}

/** What a caller may add to a problem when reporting it. */
export interface Detail {
  readonly hint?: string | undefined;
  readonly related?: readonly Related[] | undefined;
  readonly severity?: 'error' | 'warning' | undefined;
}

/** Sentences by code; `{name}` is a hole that the facts fill. */
export type Sentences = Readonly<Record<string, string>>;

/** Fill the `{holes}` of a sentence. An unfilled hole stays visible, and fails the test of its code. */
export function fill(sentence: string, facts: Facts): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) =>
    name in facts ? show(facts[name]) : hole,
  );
}

function show(fact: unknown): string {
  if (typeof fact === 'string') return fact;
  if (Array.isArray(fact)) return fact.map(show).join(', ');
  if (typeof fact === 'object' && fact !== null) return JSON.stringify(fact);
  return String(fact);
}

/**
 * Make the reporter of one area's problems from its sentences.
 * @returns `report(code, place, facts, detail)` giving a diagnostic; only declared codes type-check.
 */
export function reporter<S extends Sentences>(sentences: S) {
  return (
    code: keyof S & string,
    place: Place | undefined,
    facts: Facts = {},
    detail: Detail = {},
  ): Diagnostic => ({
    code,
    severity: detail.severity ?? 'error',
    message: fill(sentences[code] ?? code, facts),
    place,
    hint: detail.hint,
    related: detail.related,
    facts,
  });
}
