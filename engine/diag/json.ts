import type { Diagnostic, Facts, Place } from './diagnostic.js';

/** A diagnostic as plain data for `--json`: every fact is a value that JSON can hold. */
export interface PlainDiagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly place: Place | null;
  readonly hint: string | null;
  readonly related: readonly { readonly message: string; readonly place: Place }[];
  readonly facts: { readonly [name: string]: PlainFact };
}

/** What is left of a fact. */
export type PlainFact =
  | null
  | boolean
  | number
  | string
  | readonly PlainFact[]
  | { readonly [name: string]: PlainFact };

/** Facts are shallow; anything deeper than this is told as text, so that a cycle ends. */
const DEPTH = 8;

/** Diagnostics as plain data, in the order given; numbers that JSON lacks (NaN, ∞) become text. */
export function toJson(diagnostics: readonly Diagnostic[]): readonly PlainDiagnostic[] {
  return diagnostics.map((d) => ({
    code: d.code,
    severity: d.severity,
    message: d.message,
    place: d.place ? plainPlace(d.place) : null,
    hint: d.hint ?? null,
    related: (d.related ?? []).map((r) => ({ message: r.message, place: plainPlace(r.place) })),
    facts: plainFacts(d.facts, DEPTH),
  }));
}

function plainPlace({ file, line, col, length }: Place): Place {
  return { file, line, col, length };
}

function plainFacts(facts: Facts | object, depth: number): { readonly [name: string]: PlainFact } {
  return Object.fromEntries(
    Object.entries(facts)
      .filter(([, fact]) => fact !== undefined)
      .map(([name, fact]) => [name, plainFact(fact, depth - 1)]),
  );
}

function plainFact(fact: unknown, depth: number): PlainFact {
  if (fact === null || typeof fact === 'boolean' || typeof fact === 'string') return fact;
  if (typeof fact === 'number') return Number.isFinite(fact) ? fact : String(fact);
  if (typeof fact !== 'object') return String(fact);
  if (depth <= 0) return '…';
  if (Array.isArray(fact)) return fact.map((item) => plainFact(item, depth - 1));
  return plainFacts(fact, depth);
}
