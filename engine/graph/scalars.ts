import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import { milliseconds } from '../frame/duration.js';
import type { ParamType } from '../sdk/params.js';
import type { Json } from '../yaml/value.js';
import { day, instant, oddity } from './dates.js';
import { describe, entriesOf, type Given, isMap, leafText, spelled } from './given.js';
import { checkUnit } from './unit-text.js';
import { inside } from './what.js';
import type { Coercion, Made } from './world.js';

const report = reporter({
  'param/type': '{what} must be {expected}, found {found}.',
  'param/bounds': '{what} must be {bound}, found {found}.',
  'param/choice': '{what} cannot be "{found}".',
  'param/pattern': '{what} must be {form}, found "{found}".',
  'param/duration': '{what} must be a duration such as 90s, 5m, 4h, 30d or 2w, found {found}.',
  'param/date':
    '{what} must be a day such as 2024-01-31 or a time such as 2024-01-31T08:00Z, found {found}.',
  'param/span': '{what} ends before it starts: from {from} to {to}.',
});

type Scalar = Extract<ParamType, { as: 'number' | 'integer' }>;
type Text = Extract<ParamType, { as: 'text' }>;

/** Report that a value has the wrong type. @returns undefined, for the caller to return. */
export function wrongType(
  given: Given,
  expected: string,
  what: string,
  on: Coercion,
  hint?: string,
): undefined {
  const facts = { what, expected, found: describe(given) };
  on.problems.add(report('param/type', given.place, facts, { hint }));
  return undefined;
}

/** A number or integer within its bounds. */
export function makeNumber(
  given: Given,
  type: Scalar,
  what: string,
  on: Coercion,
): Made | undefined {
  const value = numberOf(given);
  const expected = type.as === 'integer' ? 'a whole number' : 'a number';
  if (value === undefined || !Number.isFinite(value)) {
    const spelledAsText = given.kind === 'scalar' && /^[-+]?\d+(\.\d+)?$/.test(String(given.value));
    const hint = spelledAsText ? 'remove the quotes' : undefined;
    return wrongType(given, expected, what, on, hint);
  }
  if (type.as === 'integer' && !Number.isSafeInteger(value))
    return wrongType(given, expected, what, on);
  const bound = brokenBound(value, type);
  if (bound !== undefined) {
    on.problems.add(report('param/bounds', given.place, { what, bound, found: value }));
    return undefined;
  }
  // −0 would print as 0 and compare as 0, yet divide differently.
  return { json: value === 0 ? 0 : value };
}

/** A whole number from which random streams are made. */
export function makeSeed(given: Given, what: string, on: Coercion): Made | undefined {
  return makeNumber(given, { as: 'integer', min: 0 }, what, on);
}

export function makeBoolean(given: Given, what: string, on: Coercion): Made | undefined {
  const json = jsonOf(given);
  if (typeof json === 'boolean') return { json };
  if (given.kind === 'words' && (given.text === 'true' || given.text === 'false')) {
    return { json: given.text === 'true' };
  }
  const hint = /^(yes|no|on|off)$/i.test(String(json)) ? 'write true or false' : undefined;
  return wrongType(given, 'true or false', what, on, hint);
}

/** Text, held to its choices or pattern. */
export function makeText(given: Given, type: Text, what: string, on: Coercion): Made | undefined {
  const json = given.kind === 'words' ? given.text : (rowText(given) ?? jsonOf(given));
  if (typeof json !== 'string') {
    const plain = typeof json === 'number' || typeof json === 'boolean';
    return wrongType(
      given,
      type.form ?? 'text',
      what,
      on,
      plain && type.form === undefined ? `in quotes it is text: "${json}"` : undefined,
    );
  }
  if (type.choices && !type.choices.includes(json)) {
    const hint = suggestion(json, type.choices);
    on.problems.add(
      report('param/choice', given.place, { what, found: json, choices: type.choices }, { hint }),
    );
    return undefined;
  }
  if (type.pattern !== undefined && !new RegExp(type.pattern, 'u').test(json)) {
    const facts = {
      what,
      form: type.form ?? `text like ${type.pattern}`,
      pattern: type.pattern,
      found: json,
    };
    on.problems.add(report('param/pattern', given.place, facts));
    return undefined;
  }
  if (type.unit && !checkUnit(json, given.place, on.problems)) return undefined;
  return { json };
}

/** A row of a table, where a text is wanted, is its id. */
function rowText(given: Given): string | undefined {
  return given.kind === 'data' && isMap(given.json) ? given.id : undefined;
}

/** Milliseconds; from a table or another parameter they come as milliseconds already. */
export function makeDuration(given: Given, what: string, on: Coercion): Made | undefined {
  if (given.kind === 'data' && isWhole(given.json) && given.json >= 0) return { json: given.json };
  const text = textOf(given);
  const ms = text === undefined ? undefined : milliseconds(text);
  if (ms !== undefined) return { json: ms };
  const hint = /^\d+(\.\d+)?$/.test(String(text ?? jsonOf(given)))
    ? 'a duration has a unit'
    : undefined;
  on.problems.add(
    report('param/duration', given.place, { what, found: describe(given) }, { hint }),
  );
  return undefined;
}

/** UTC milliseconds of a day or time. */
export function makeDate(given: Given, what: string, on: Coercion): Made | undefined {
  const json = dateOf(given)?.at;
  return json === undefined ? wrongDate(given, what, on) : { json };
}

/** Half-open milliseconds; authored as days, of which `to` is included. */
export function makeSpan(given: Given, what: string, on: Coercion): Made | undefined {
  const value = given.kind === 'words' ? (spelled(given) ?? given) : given;
  const entries = entriesOf(value);
  if (!entries) {
    const expected = 'a span { from: 2024-01-01, to: 2024-12-31 }';
    return wrongType(given, expected, what, on, endsOf(given));
  }
  const parts = new Map(entries.map((e) => [e.key, e.value]));
  for (const entry of entries) {
    if (entry.key === 'from' || entry.key === 'to') continue;
    const wrong: Given = { kind: 'data', json: entry.key, place: entry.keyPlace };
    wrongType(
      wrong,
      'a span with from and to only',
      what,
      on,
      suggestion(entry.key, ['from', 'to']),
    );
  }
  const [from, to] = [parts.get('from'), parts.get('to')];
  if (!from || !to) return wrongType(given, 'a span with from and to', what, on);
  const start = dateOf(from);
  const end = dateOf(to);
  if (!start) wrongDate(from, inside(what, '.from'), on);
  if (!end) wrongDate(to, inside(what, '.to'), on);
  if (!start || !end || entries.length > 2) return undefined;
  const until = end.wholeDay ? end.at + DAY : end.at;
  if (until <= start.at) {
    const facts = { what, from: instant(start.at), to: instant(end.at) };
    on.problems.add(report('param/span', blamed(given, from, to).place, facts));
    return undefined;
  }
  return { json: { from: start.at, to: until } };
}

const DAY = 86_400_000;

/** Which part of a span is shown as wrong: an end that the command line gave, for what stands in the file was right without. */
function blamed(span: Given, ...ends: readonly Given[]): Given {
  return ends.findLast((end) => end.kind === 'words') ?? span;
}

/** `--set span=2024-01-01..2024-12-31`, as other tools write it: both ends are set by themselves. */
function endsOf(given: Given): string | undefined {
  if (given.kind !== 'words') return undefined;
  const path = given.place.file.slice(0, given.place.col - 2);
  const days = given.text.match(/\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?/g) ?? [];
  const [from = '2024-01-01', to = '2024-12-31'] = days;
  return `set the ends: ${path}.from=${from} ${path}.to=${to}`;
}

function wrongDate(given: Given, what: string, on: Coercion): undefined {
  const hint = oddity(textOf(given) ?? '');
  on.problems.add(report('param/date', given.place, { what, found: describe(given) }, { hint }));
  return undefined;
}

function dateOf(given: Given): { readonly at: number; readonly wholeDay: boolean } | undefined {
  if (given.kind === 'data' && isWhole(given.json)) return { at: given.json, wholeDay: false };
  const text = textOf(given);
  return text === undefined ? undefined : day(text);
}

function brokenBound(value: number, type: Scalar): string | undefined {
  if (type.min !== undefined && value < type.min) return `at least ${type.min}`;
  if (type.max !== undefined && value > type.max) return `at most ${type.max}`;
  if (type.above !== undefined && value <= type.above) return `above ${type.above}`;
  return undefined;
}

function numberOf(given: Given): number | undefined {
  if (given.kind === 'words') {
    return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(given.text)
      ? Number(given.text)
      : undefined;
  }
  const json = jsonOf(given);
  return typeof json === 'number' ? json : undefined;
}

function textOf(given: Given): string | undefined {
  const json = jsonOf(given);
  return leafText(given) ?? (typeof json === 'string' ? json : undefined);
}

function jsonOf(given: Given): Json | undefined {
  if (given.kind === 'scalar') return given.value;
  return given.kind === 'data' ? given.json : undefined;
}

function isWhole(json: Json): json is number {
  return typeof json === 'number' && Number.isSafeInteger(json);
}
