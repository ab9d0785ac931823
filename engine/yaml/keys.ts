import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import type { YamlMap } from './value.js';

const report = reporter({
  'yaml/unknown-key': 'The key "{key}" is not known here.',
  'yaml/missing-key': '{what} lacks the key "{key}".',
  'yaml/name': 'The name "{key}" is not legal.',
});

/** What a free-named key looks like: a stage, parameter, dimension, column or formula that the author names. */
const NAME = /^[a-z_][a-z0-9_]*$/;

/** Report every key that is not among the legal ones, with the nearest legal name. */
export function unknownKeys(map: YamlMap, legal: readonly string[], problems: Problems): void {
  for (const { key, keyPlace } of map.entries) {
    if (legal.includes(key)) continue;
    const hint = suggestion(key, legal);
    problems.add(report('yaml/unknown-key', keyPlace, { key, legal }, { hint }));
  }
}

/** Report every required key that is missing. `what` opens the sentence, e.g. `The stage "fold"`. */
export function requireKeys(
  map: YamlMap,
  required: readonly string[],
  problems: Problems,
  what = 'This map',
): void {
  for (const key of required) {
    if (map.entries.some((e) => e.key === key)) continue;
    problems.add(report('yaml/missing-key', map.place, { key, what }));
  }
}

/** Report every key that is not a legal name. */
export function freeNames(map: YamlMap, problems: Problems): void {
  for (const { key, keyPlace } of map.entries) {
    if (NAME.test(key)) continue;
    const rule = 'names have lower-case letters, digits and _, and do not start with a digit';
    const legal = legalForm(key);
    const hint = legal === undefined ? rule : `${rule}: "${legal}"`;
    problems.add(report('yaml/name', keyPlace, { key }, { hint }));
  }
}

function legalForm(key: string): string | undefined {
  const form = key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_');
  return /[a-z0-9]/.test(form) ? form : undefined;
}
