import { type Place, reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import type { ParamSchema } from '../sdk/params.js';
import { canonical } from '../yaml/canonical.js';
import type { Json } from '../yaml/value.js';
import { make } from './coerce.js';
import { fits } from './fits.js';
import { describeJson, type Given, leafText, wholeName } from './given.js';
import type { Binding, Dimension, Point } from './graph.js';
import { substitute, type Use, usesIn } from './names.js';
import { typeText } from './typetext.js';
import type { World } from './world.js';

const report = reporter({
  'graph/unknown-name': 'Nothing here is called "{name}".',
  'graph/joined-name': '"{name}" is joined with other text, but a name stands alone.',
  'graph/unset': '{what} takes "{name}", which has no value.',
  'param/other-type': '{what} is {wanted}, and "{name}" is {found}.',
});

export type Round = Readonly<Record<string, Json>>;

/** What a `$name` stands for: a value once the points of some dimensions and the variables of a loop are known. */
export interface Term {
  /** undefined: only a run can tell. */
  readonly type: ParamSchema | undefined;
  readonly place: Place;
  readonly dims: readonly Dimension[];
  readonly rounds: readonly string[];
  /** Terms of equal identity are equal at every point, whatever a run will bring; others may be equal too. */
  readonly identity: string;
  /** undefined: an optional parameter without a value. @throws Refusal when the value does not fit its type. */
  at(binding: Binding, round: Round): Json | undefined;
}

/** The names that may be used in one place of a pipeline. */
export interface Names {
  /** The term of a name, marked as used; undefined where there is none. */
  find(name: string): Term | undefined;
  /** Why a name that exists elsewhere cannot be used here. */
  why(name: string): string | undefined;
  readonly all: readonly string[];
}

/** Where a term is made and what it may ask. */
export interface TermContext {
  readonly names: Names;
  readonly world: World;
  readonly problems: Problems;
}

/** A term that never changes. */
export function constantTerm(
  json: Json | undefined,
  type: ParamSchema | undefined,
  place: Place,
): Term {
  const identity = `=${json === undefined ? '' : canonical(json)}`;
  return { type, place, dims: [], rounds: [], identity, at: () => json };
}

/** The point of a dimension as a term. */
export function dimensionTerm(dimension: Dimension, type: ParamSchema | undefined): Term {
  const at = (binding: Binding): Json => {
    const point = binding.get(dimension);
    if (!point) throw new Error(`No point of ${dimension.id} is bound.`);
    return point.value;
  };
  const identity = `dimension ${dimension.id}`;
  // Two points of a ragged dimension may share an id: fold 1 of one rhythm is not fold 1 of another.
  const dims = [...dimension.depends, dimension];
  return { type, place: dimension.place, dims, rounds: [], identity, at };
}

/** A variable of `repeat: { over }` as a term. */
export function roundTerm(name: string, type: ParamSchema | undefined, place: Place): Term {
  const identity = `round ${placeText(place)} ${name}`;
  return { type, place, dims: [], rounds: [name], identity, at: (_binding, round) => round[name] };
}

/**
 * A written value with its `$names`, as a term of the type it must have. Names, types and values that can be seen now are
 * checked now; the rest when the point is known.
 * @returns undefined when a problem was reported.
 */
export function termOf(
  given: Given,
  schema: ParamSchema,
  what: string,
  place: Place,
  on: TermContext,
): Term | undefined {
  const uses = usesIn(given, schema, on.world.kinds);
  const found = resolveUses(uses, on);
  if (!found || !wholeFits(given, schema, what, found, on)) return undefined;
  const terms = [...found.values()];
  const dims = union(terms.map((t) => t.dims));
  const rounds = union(terms.map((t) => t.rounds));
  const evaluate = (binding: Binding, round: Round, problems: Problems): Json | undefined => {
    const constants: Record<string, Json> = {};
    for (const [name, term] of found) {
      const json = term.at(binding, round);
      if (json !== undefined) constants[name] = json;
    }
    const lookup = (name: string) => ({ json: constants[name], row: !found.get(name)?.type });
    const value = substitute(given, schema, on.world.kinds, lookup);
    if (!value) return unsetValue(given, schema, what, on, problems);
    return make(value, schema, what, { world: on.world, problems, constants })?.json;
  };
  if (dims.length === 0 && rounds.length === 0) {
    const own = new Problems();
    const json = evaluate(new Map(), {}, own);
    on.problems.add(...own.all);
    return own.failed ? undefined : constantTerm(json, schema, place);
  }
  const at = remembered(dims, rounds, (binding, round) => {
    const own = new Problems();
    const json = evaluate(binding, round, own);
    if (own.failed) refuse(...own.all);
    return json;
  });
  // A whole `$name` is what it names; a value that only contains names is what is written there, with what these name: a part
  // that is used twice stands at one place and may be given different values.
  const whole = found.get(wholeName(leafText(given) ?? '') ?? '');
  const named = [...found].map(([name, term]) => `$${name} ${term.identity}`).sort();
  const identity = whole?.identity ?? `value ${placeText(given.place)} (${named.join(', ')})`;
  return { type: schema, place, dims, rounds, identity, at };
}

/** What an optional parameter without a value gives: nothing where that is allowed, the default of what takes it, or a problem. */
function unsetValue(
  given: Given,
  schema: ParamSchema,
  what: string,
  on: TermContext,
  problems: Problems,
): Json | undefined {
  if (schema['x-dag'].as === 'optional') return undefined;
  if (schema.default !== undefined) {
    const data = { kind: 'data', json: schema.default, place: given.place } as const;
    return make(data, schema, what, { world: on.world, problems, constants: {} })?.json;
  }
  const name = wholeName(leafText(given) ?? '');
  const hint = 'give it a value or a default';
  problems.add(report('graph/unset', given.place, { what, name: `$${name}` }, { hint }));
  return undefined;
}

/** The terms of all names; undefined when one is unknown. */
function resolveUses(uses: readonly Use[], on: TermContext): Map<string, Term> | undefined {
  const found = new Map<string, Term>();
  let failed = false;
  for (const { name, place, how } of uses) {
    if (how === 'joined' && !on.names.all.includes(name)) continue;
    const term = on.names.find(name);
    if (how === 'joined') {
      const hint = 'text is never put together; make the whole value a parameter';
      on.problems.add(report('graph/joined-name', place, { name: `$${name}` }, { hint }));
    } else if (!term && !on.names.all.includes(name)) {
      const hint = on.names.why(name) ?? suggestion(name, on.names.all);
      on.problems.add(report('graph/unknown-name', place, { name: `$${name}` }, { hint }));
    } else if (term) {
      found.set(name, term);
      continue;
    }
    // Otherwise it is declared, and has a problem of its own.
    failed = true;
  }
  return failed ? undefined : found;
}

/** A value that is one whole `$name` must have the type that is wanted. */
function wholeFits(
  given: Given,
  schema: ParamSchema,
  what: string,
  found: ReadonlyMap<string, Term>,
  on: TermContext,
): boolean {
  const name = wholeName(leafText(given) ?? '');
  const term = name === undefined ? undefined : found.get(name);
  if (!term?.type || fits(term.type, schema)) return true;
  const facts = { what, name: `$${name}`, wanted: article(schema), found: article(term.type) };
  const related = [{ message: `"$${name}" is declared here`, place: term.place }];
  on.problems.add(report('param/other-type', given.place, facts, { related }));
  return false;
}

function article(schema: ParamSchema): string {
  const text = typeText(schema);
  return /^[aeiou]/.test(text) ? `an ${text}` : `a ${text}`;
}

/** The values of a list-typed constant, for loops and dimensions; a problem for anything else is the caller's. */
export function listOfTerm(json: Json | undefined): readonly Json[] | undefined {
  return Array.isArray(json) ? json : undefined;
}

export function describeTerm(term: Term): string {
  if (term.dims.length > 0) return `different for every ${term.dims.map((d) => d.name).join(', ')}`;
  return describeJson(term.at(new Map(), {}) ?? null);
}

function union<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return [...new Set(lists.flat())];
}

function placeText({ file, line, col }: Place): string {
  return `${file}:${line}:${col}`;
}

type At = Term['at'];

interface Branch {
  readonly points: Map<Point, Branch>;
  readonly rounds: Map<string, Json | undefined>;
}

/** One evaluation for each combination of points: equal points give the same object, so that its digest is kept too. */
function remembered(dims: readonly Dimension[], rounds: readonly string[], at: At): At {
  const root: Branch = { points: new Map(), rounds: new Map() };
  return (binding, round) => {
    let branch = root;
    for (const dimension of dims) {
      const point = binding.get(dimension);
      if (!point) throw new Error(`No point of ${dimension.id} is bound.`);
      const next = branch.points.get(point) ?? { points: new Map(), rounds: new Map() };
      branch.points.set(point, next);
      branch = next;
    }
    const key =
      rounds.length === 0 ? '' : JSON.stringify(rounds.map((name) => round[name] ?? null));
    if (!branch.rounds.has(key)) branch.rounds.set(key, at(binding, round));
    return branch.rounds.get(key);
  };
}
