import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import type { KindEntry } from '../sdk/catalogue.js';
import type { ParamSchema } from '../sdk/params.js';
import type { NameAst } from './ast.js';

const report = reporter({
  'graph/unknown-type': 'There is no type "{type}".',
  'graph/type-form': 'The type "{type}" lacks what it is of.',
  'graph/unknown-kind': 'There is no kind of spec called "{kind}".',
  'graph/kind-without-files': '"{kind}" has no spec files: it is written in place.',
});

type Kinds = Readonly<Record<string, KindEntry>>;

const PLAIN = [
  'number',
  'integer',
  'text',
  'boolean',
  'duration',
  'date',
  'span',
  'folder',
  'json',
] as const;

/**
 * The schema behind a type as pipelines write it: `number`, `list spec scorer`, `map duration`, or the name of a kind
 * whose records are written in place.
 */
export function typeOf(type: NameAst, kinds: Kinds, problems: Problems): ParamSchema | undefined {
  return read(type.name.trim().split(/\s+/), type, kinds, problems);
}

function read(
  words: readonly string[],
  type: NameAst,
  kinds: Kinds,
  problems: Problems,
): ParamSchema | undefined {
  const [word = '', ...rest] = words;
  if (word === 'list' || word === 'map' || word === 'spec') {
    if (rest.length === 0 || words.length > 8) {
      const hint = word === 'spec' ? 'such as "spec market"' : `such as "${word} number"`;
      problems.add(report('graph/type-form', type.place, { type: type.name }, { hint }));
      return undefined;
    }
    if (word === 'spec') return specType(rest, type, kinds, problems);
    const of = read(rest, type, kinds, problems);
    return of && { 'x-dag': { as: word, of } };
  }
  const known = rest.length === 0 ? plainType(word, kinds) : undefined;
  if (known) return known;
  const hint = typeHint(words, kinds);
  problems.add(report('graph/unknown-type', type.place, { type: words.join(' ') }, { hint }));
  return undefined;
}

/** A type of one word: a plain one, or a kind whose records are written in place. */
function plainType(word: string, kinds: Kinds): ParamSchema | undefined {
  const plain = PLAIN.find((p) => p === word);
  if (plain) return { 'x-dag': { as: plain } };
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  return kind?.folder === '' ? { 'x-dag': { as: 'spec', kind: word } } : undefined;
}

function typeHint(words: readonly string[], kinds: Kinds): string | undefined {
  const [word = ''] = words;
  if (words.length === 1 && Object.hasOwn(kinds, word)) return `did you mean "spec ${word}"?`;
  const inline = Object.values(kinds).filter((k) => k.folder === '');
  const legal = [...PLAIN, ...inline.map((k) => k.kind), 'list', 'map', 'spec'];
  return suggestion(words.join(' '), legal);
}

function specType(
  rest: readonly string[],
  type: NameAst,
  kinds: Kinds,
  problems: Problems,
): ParamSchema | undefined {
  const name = rest.join(' ');
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind && kind.folder !== '') return { 'x-dag': { as: 'spec', kind: name } };
  if (kind) {
    const hint = `did you mean "${name}"?`;
    problems.add(report('graph/kind-without-files', type.place, { kind: name }, { hint }));
    return undefined;
  }
  const hint = suggestion(name, Object.keys(kinds));
  problems.add(report('graph/unknown-kind', type.place, { kind: name }, { hint }));
  return undefined;
}

/** A type as people write it, for messages. */
export function typeText(schema: ParamSchema): string {
  const type = schema['x-dag'];
  switch (type.as) {
    case 'list':
    case 'map':
      return `${type.as} ${typeText(type.of)}`;
    case 'optional':
      return typeText(type.of);
    case 'spec':
      return `spec ${type.kind}`;
    case 'id':
      return `id of a ${type.kind}`;
    case 'record':
      return type.name ?? 'record';
    case 'columns':
      return 'list of columns';
    default:
      return type.as;
  }
}
