import { reporter } from '../diag/diagnostic.js';
import type { ParamType } from '../sdk/params.js';
import type { Json } from '../yaml/value.js';
import { type Given, itemsOf, spelled } from './given.js';
import { wrongType } from './scalars.js';
import type { Coercion, Made } from './world.js';

const report = reporter({
  'param/length': '{what} must have {bound} items, found {found}.',
});

/** The longest list a parameter may hold. */
const MAX_ITEMS = 100_000;

/** The type of a list. */
export type ListType = Extract<ParamType, { as: 'list' }>;

/** A list as it was given: `a,b,c` on the command line is one, and so is `[a, b, c]`. */
export function listOf(given: Given, type: ListType): Given {
  return given.kind === 'words' ? split(given, type) : given;
}

/** The items of what `listOf` gave; undefined after reporting that it is no list, or too long a one. */
export function itemsWithin(
  list: Given,
  given: Given,
  what: string,
  on: Coercion,
): readonly Given[] | undefined {
  const items = itemsOf(list);
  if (!items) return wrongType(given, 'a list', what, on, listHint(given));
  if (items.length <= MAX_ITEMS) return items;
  const facts = { what, bound: `at most ${MAX_ITEMS}`, found: items.length };
  on.problems.add(report('param/length', given.place, facts));
  return undefined;
}

/** A list that has as many items as its type asks for; undefined after reporting that it has not. */
export function counted(
  json: readonly Json[],
  given: Given,
  type: ListType,
  what: string,
  on: Coercion,
): Made | undefined {
  const short = type.min !== undefined && json.length < type.min;
  if (!short && (type.max === undefined || json.length <= type.max)) return { json };
  const bound = short ? `at least ${type.min}` : `at most ${type.max}`;
  on.problems.add(report('param/length', given.place, { what, bound, found: json.length }));
  return undefined;
}

function split(given: Given & { kind: 'words' }, type: ListType): Given {
  const { text, place } = given;
  if (/^\s*\[/.test(text) || ['list', 'record', 'map', 'span'].includes(type.of['x-dag'].as)) {
    return spelled(given) ?? given;
  }
  let offset = 0;
  const items = text.split(',').map((part): Given => {
    const start = offset + (part.length - part.trimStart().length);
    offset += part.length + 1;
    const col = place.col + start;
    const length = Math.max(1, part.trim().length);
    return { kind: 'words', text: part.trim(), place: { ...place, col, length } };
  });
  return { kind: 'list', items: text.trim() === '' ? [] : items, place };
}

function listHint(given: Given): string | undefined {
  return given.kind === 'scalar' && given.value !== null
    ? `write [${String(given.value)}]`
    : undefined;
}
