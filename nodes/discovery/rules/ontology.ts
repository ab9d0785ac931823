import { type Formula, namesIn, type SpecOf, sha256 } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { feature } from '../../kinds/feature.js';
import type { state } from '../../kinds/state.js';
import type { template } from '../../kinds/template.js';
import { readOf, resolvedRule, standingOn } from './resolved.js';

/** The specs that say what a blueprint means. */
export interface Ontology {
  readonly events: ReadonlyMap<string, SpecOf<typeof event>>;
  readonly features: ReadonlyMap<string, SpecOf<typeof feature>>;
  readonly templates: ReadonlyMap<string, SpecOf<typeof template>>;
  readonly states: ReadonlyMap<string, SpecOf<typeof state>>;
}

/** Names of the rules that a blueprint stands on. */
export interface Named {
  readonly event: string;
  /** As its decisions name it: a filter over a base is both. */
  readonly template: string;
  readonly state: string | null;
}

/** A rule that a blueprint names and no spec tells. */
export interface Unknown {
  readonly kind: 'event' | 'template' | 'state';
  readonly id: string;
}

/** The specs by their ids. */
export function ontologyOf(specs: {
  readonly events: readonly SpecOf<typeof event>[];
  readonly features: readonly SpecOf<typeof feature>[];
  readonly templates: readonly SpecOf<typeof template>[];
  readonly states: readonly SpecOf<typeof state>[];
}): Ontology {
  const byId = <T extends { readonly id: string }>(list: readonly T[]) =>
    new Map(list.map((spec) => [spec.id, spec]));
  return {
    events: byId(specs.events),
    features: byId(specs.features),
    templates: byId(specs.templates),
    states: byId(specs.states),
  };
}

/** Digests of rules by what they are rules of: `event VOL_SPIKE`, `template only_if_trend`, `state SPIKE_ACTIVE`. */
export type Parts = Readonly<Record<string, string>>;

/**
 * Digests of all that decides what a blueprint does: the rule of its event down to the features, of its template and of its state.
 * What is said about them is not part of it.
 * @returns  `sha256:` and 64 hex digits of each rule, or the first rule that no spec tells
 */
export function partsOf(named: Named, specs: Ontology): Parts | Unknown {
  const event = specs.events.get(named.event);
  if (!event) return { kind: 'event', id: named.event };
  const found = new Map([[`event ${event.id}`, [resolvedRule(event, specs.features)]]]);
  for (const id of templatesIn(named.template)) {
    const template = specs.templates.get(id);
    if (!template) return { kind: 'template', id };
    found.set(`template ${id}`, [...rulesOf(template, specs, new Set())]);
  }
  if (named.state !== null) {
    const state = specs.states.get(named.state);
    if (!state) return { kind: 'state', id: named.state };
    found.set(`state ${state.id}`, [...rulesOf(state, specs, new Set([named.state]))]);
  }
  const digests = [...found].map(([name, rules]) => [name, digestOf(rules.join('\n\n'))]);
  return Object.fromEntries(digests);
}

/** One digest of all parts. */
export function ontologyHash(parts: Parts): string {
  const lines = Object.entries(parts).map(([name, digest]) => `${name} ${digest}`);
  return digestOf(lines.sort().join('\n'));
}

/** Whether a rule is missing. */
export function isUnknown(found: Parts | Unknown): found is Unknown {
  return 'kind' in found;
}

function digestOf(text: string): string {
  return `sha256:${sha256(text)}`;
}

/** What a template or state says, and all that its formulas stand on: features, operators, events and other states. */
function rulesOf(spec: unknown, specs: Ontology, seen: Set<string>): readonly string[] {
  const trees = formulasIn(spec).map(({ tree }) => tree);
  const parts = [ruleText(spec), ...standingOn(trees, specs.features)];
  const told = new Set(trees.flatMap((tree) => [...namesIn(tree)]));
  for (const name of [...new Set([...told].map((one) => one.split('.')[0] ?? ''))].sort()) {
    const severe = told.has(`${name}.severity`);
    const read = severe ? `${name}.severity` : name;
    if (seen.has(read)) continue;
    seen.add(read);
    const event = specs.events.get(name);
    if (event) parts.push(readOf(event, severe, specs.features));
    const state = specs.states.get(name);
    if (state) parts.push(...rulesOf(state, specs, seen));
  }
  return parts;
}

function formulasIn(value: unknown): readonly Formula[] {
  if (isFormula(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(formulasIn);
}

function isFormula(value: unknown): value is Formula {
  return typeof value === 'object' && value !== null && 'tree' in value && 'text' in value;
}

/** A filter and its base, or the one template there is. */
export function templatesIn(template: string): readonly string[] {
  return template.replace(')', '').split('(');
}

/** A spec as text: formulas as they are written, keys in order, its name and what is said about it left out. */
export function ruleText(spec: unknown): string {
  return written(spec, SAID);
}

/** @param left  fields to leave out here; further down a clause may have any of these names, and decides. */
function written(value: unknown, left: ReadonlySet<string>): string {
  if (isFormula(value)) return value.text;
  if (Array.isArray(value)) return `[${value.map((part) => written(part, NONE)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const kept = Object.entries(value).filter(([key, part]) => !left.has(key) && part !== undefined);
  return `{${kept
    .map(([key, part]) => `${key}:${written(part, NONE)}`)
    .sort()
    .join(',')}}`;
}

const NONE: ReadonlySet<string> = new Set();

/** Fields that name and describe a spec, or tell what to try it on, and decide nothing of what it does. */
const SAID = new Set([
  'id',
  'title',
  'doc',
  'source',
  'cases',
  'families',
  'templates',
  'min_events',
]);
