import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import type { Json, Yaml, YamlEntry, YamlList, YamlMap, YamlScalar } from './value.js';

const report = reporter({
  'yaml/type': '{what} must be {expected}, found {found}.',
});

/** A scalar that is known to be text. */
export interface YamlText extends YamlScalar {
  readonly value: string;
}

/** The value as a map; anything else is reported. `what` opens the sentence, e.g. `"stages"`. */
export function mapOf(value: Yaml, problems: Problems, what: string): YamlMap | undefined {
  if (value.kind === 'map') return value;
  const colon = value.kind === 'scalar' && /:\S/.test(String(value.value));
  const hint = colon ? 'a ":" needs a space after it' : undefined;
  return mismatch(value, problems, what, 'a map', hint);
}

/** The value as a list; anything else is reported. */
export function listOf(value: Yaml, problems: Problems, what: string): YamlList | undefined {
  if (value.kind === 'list') return value;
  const hint =
    value.kind === 'scalar' ? 'write [ ] around it, or "- " before each item' : undefined;
  return mismatch(value, problems, what, 'a list', hint);
}

/** The value as a scalar that is text (so that places inside it can be asked for); anything else is reported. */
export function scalarTextOf(value: Yaml, problems: Problems, what: string): YamlText | undefined {
  if (isText(value)) return value;
  const plain = value.kind === 'scalar' && value.value !== null;
  const hint = plain ? `quote it to make it text: "${value.value}"` : undefined;
  return mismatch(value, problems, what, 'text', hint);
}

/** The value as text; anything else is reported. */
export function textOf(value: Yaml, problems: Problems, what: string): string | undefined {
  return scalarTextOf(value, problems, what)?.value;
}

/** The value as a finite number; anything else, also `.nan`, is reported. */
export function numberOf(value: Yaml, problems: Problems, what: string): number | undefined {
  if (value.kind === 'scalar' && typeof value.value === 'number' && !Number.isNaN(value.value)) {
    return value.value;
  }
  const quoted = isText(value) && value.value.trim() !== '' && !Number.isNaN(Number(value.value));
  return mismatch(value, problems, what, 'a number', quoted ? 'remove the quotes' : undefined);
}

/** The value as true or false; anything else is reported. */
export function booleanOf(value: Yaml, problems: Problems, what: string): boolean | undefined {
  if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
  const older = isText(value) && /^(yes|no|on|off)$/i.test(value.value);
  const hint = older ? 'YAML 1.2 knows only true and false' : undefined;
  return mismatch(value, problems, what, 'true or false', hint);
}

/** The value under a key, or undefined when the map does not have it. */
export function get(map: YamlMap, key: string): Yaml | undefined {
  return entry(map, key)?.value;
}

/** The entry of a key, for the place of the key itself. */
export function entry(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.find((e) => e.key === key);
}

/** True for a scalar that holds text. */
export function isText(value: Yaml): value is YamlText {
  return value.kind === 'scalar' && typeof value.value === 'string';
}

/** The value without places. A `.nan` becomes NaN, which `canonical` refuses: check before keys are made of it. */
export function plain(value: Yaml): Json {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(plain);
    case 'map':
      return Object.fromEntries(value.entries.map((e) => [e.key, plain(e.value)]));
  }
}

/** A short name of what stands there, for messages: `text "abc"`, `number 5`, `a list`, `nothing`. */
export function describe(value: Yaml): string {
  if (value.kind !== 'scalar') return `a ${value.kind}`;
  const content = value.value;
  if (content === null) return 'nothing';
  if (typeof content !== 'string') return `${typeof content} ${content}`;
  return `text "${content.length > 40 ? `${content.slice(0, 40)}…` : content}"`;
}

function mismatch(
  value: Yaml,
  problems: Problems,
  what: string,
  expected: string,
  hint: string | undefined,
): undefined {
  const facts = { what, expected, found: describe(value) };
  problems.add(report('yaml/type', value.place, facts, { hint }));
  return undefined;
}

export { freeNames, requireKeys, unknownKeys } from './keys.js';
