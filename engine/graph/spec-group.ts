import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { KindEntry } from '../sdk/catalogue.js';
import type { Yaml } from '../yaml/value.js';

const report = reporter({
  'spec/group': 'The {field} is "{found}", but the file lies in {folder}/.',
  'spec/no-cases':
    'The {kind} "{id}" has no cases: nothing shows that it does what it is meant to.',
});

/**
 * Does a spec name the folder it lies in, where its kind asks for that? A name with a slip in it would else be a group of one.
 * @param folder  The folder of the kind, from the project's root; a spec that lies directly in it is in no group yet.
 */
export function checkGroup(
  value: Yaml,
  file: string,
  { group: field }: KindEntry,
  folder: string,
): readonly Diagnostic[] {
  if (field === undefined || value.kind !== 'map' || !file.startsWith(`${folder}/`)) return [];
  const given = value.entries.find((e) => e.key === field)?.value;
  const parts = file.slice(folder.length + 1).split('/');
  const group = parts.length > 1 ? parts[0] : undefined;
  // A value that is no text is refused by its field.
  if (given?.kind !== 'scalar' || typeof given.value !== 'string') return [];
  if (group === undefined || given.value === group) return [];
  const facts = { field, found: given.value, folder: `${folder}/${group}` };
  const hint = suggestion(given.value, [group]) ?? `write ${field}: ${group}, or move the file`;
  return [report('spec/group', given.place, facts, { hint })];
}

/** A warning for a spec without cases, where its kind asks for some. */
export function checkTested(
  value: Yaml | undefined,
  kinds: Readonly<Record<string, KindEntry>>,
): readonly Diagnostic[] {
  const first = value?.kind === 'map' ? value.entries[0] : undefined;
  if (value?.kind !== 'map' || first?.value.kind !== 'scalar') return [];
  const kind = Object.hasOwn(kinds, first.key) ? kinds[first.key] : undefined;
  const cases = value.entries.find((e) => e.key === 'cases')?.value;
  const none = cases === undefined || (cases.kind === 'list' && cases.items.length === 0);
  if (kind?.cases === undefined || !none) return [];
  const facts = { kind: kind.kind, id: first.value.value };
  const more = { hint: `write at least ${kind.cases}`, severity: 'warning' as const };
  return [report('spec/no-cases', first.value.place, facts, more)];
}
