import { reporter } from '../diag/diagnostic.js';
import type { Json } from '../yaml/value.js';
import { rememberFormula } from './formulas.js';
import { describe, entriesOf, type Given, itemsOf, spelled } from './given.js';
import { inside } from './what.js';
import type { Coercion, Made } from './world.js';

const report = reporter({
  'param/not-a-number': '{what} holds {found}: only finite numbers can be kept.',
});

/** The parts of an object; one with a problem is undefined. */
export type Fields = readonly (readonly [string, Made | undefined])[];

/** An object from its parts; undefined if one of them had a problem. */
export function assemble(parts: Fields): Made | undefined {
  const json: Record<string, Json> = {};
  for (const [key, made] of parts) {
    if (made) json[key] = made.json;
  }
  for (const [key, made] of parts) {
    if (!made) return undefined;
    if (made.formula) rememberFormula(json, key, made.formula);
  }
  return { json };
}

/** Plain data of any form; the command line may spell it as YAML. */
export function makeJson(given: Given, what: string, on: Coercion): Made | undefined {
  const value = written(given);
  if (value.kind === 'words') return { json: value.text };
  const items = itemsOf(value);
  if (items) {
    const made = items.map((item, i) => makeJson(item, inside(what, `[${i}]`), on));
    const json = made.flatMap((m) => (m ? [m.json] : []));
    return json.length === made.length ? { json } : undefined;
  }
  const entries = entriesOf(value);
  if (entries)
    return assemble(entries.map((e) => [e.key, makeJson(e.value, inside(what, `.${e.key}`), on)]));
  const json = value.kind === 'scalar' ? value.value : value.kind === 'data' ? value.json : null;
  if (typeof json !== 'number' || Number.isFinite(json)) return { json };
  on.problems.add(report('param/not-a-number', value.place, { what, found: describe(value) }));
  return undefined;
}

/** Words of the command line as the YAML they spell, where they spell any. */
export function written(given: Given): Given {
  return given.kind === 'words' ? (spelled(given) ?? given) : given;
}
