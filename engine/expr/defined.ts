import { type Place, reporter } from '../diag/diagnostic.js';
import type { Env, Owner, Typed } from './env.js';
import { shown } from './shown.js';
import type { Typing } from './typing.js';
import { parseUnit, type Unit, unitText } from './unit.js';
import type { Definition } from './world.js';

const report = reporter({
  'expr/cycle': 'The definitions {path} use each other in a circle.',
  'expr/declared-unit':
    'The unit of "{id}" is declared as {declared}, but the formula gives {found}.',
  'expr/gives': '"{id}" must be {expected}, but the formula gives {found}.',
});

/** What typing found of a definition. */
export interface Defined {
  readonly definition: Definition;
  readonly owner: Owner;
  state: 'new' | 'busy' | 'done';
  typed: Typed | undefined;
}

/** What is remembered of a definition before anything is known of it. */
export function ownerOf(id: string, root: string): Owner {
  return { id, root, needs: new Set(), uses: new Set(), marks: [], failed: false, expanded: 0 };
}

/** The definitions of a program by id, typed when first asked for; also re-rooted on other tables, as `benchmark.logret_1`. */
export class Names {
  readonly #defined = new Map<string, Defined>();

  constructor(readonly definitions: ReadonlyMap<string, Definition>) {}

  /** The definition as seen from a table; undefined if there is none of that id. */
  get(id: string, root: string): Defined | undefined {
    const definition = this.definitions.get(id);
    if (definition === undefined) return undefined;
    const key = `${root}.${id}`;
    let defined = this.#defined.get(key);
    if (defined === undefined) {
      const owner = ownerOf(id, root);
      defined = { definition, owner, state: 'new', typed: undefined };
      this.#defined.set(key, defined);
    }
    return defined;
  }
}

/** Type a definition, once. Undefined when it failed (which was reported) or needs something that is not bound. */
export function typeDefinition(
  typing: Typing,
  id: string,
  root: string,
  asking?: { readonly env: Env; readonly place: Place },
): Typed | undefined {
  const defined = typing.names.get(id, root);
  if (defined === undefined) throw new Error(`There is no definition ${id}.`);
  const { definition, owner } = defined;
  if (defined.state === 'busy') {
    owner.failed = true;
    if (asking !== undefined) {
      const path = `${asking.env.owner.id} → ${id}`;
      typing.fail(asking.env, report('expr/cycle', asking.place, { path }));
    }
    return undefined;
  }
  if (defined.state === 'new') {
    defined.state = 'busy';
    const env: Env = { locals: undefined, root, owner, site: undefined, depth: 0 };
    const typed = typing.type(definition.tree, env);
    defined.typed = typed === undefined ? undefined : declared(typing, definition, typed, env);
    defined.state = 'done';
  }
  return defined.typed;
}

/** Hold a definition to what it declares: its unit fits the derived one and names it, its type is the wanted one. */
function declared(
  typing: Typing,
  definition: Definition,
  typed: Typed,
  env: Env,
): Typed | undefined {
  const { id, place, gives } = definition;
  const { type } = typed.node;
  if (gives !== undefined && gives !== type) {
    const facts = { id: shown(id), expected: gives, found: type };
    const hint = gives === 'boolean' ? 'a condition compares, such as x > 2' : undefined;
    return typing.fail(env, report('expr/gives', place, facts, { hint }));
  }
  if (definition.unit === undefined) return typed;
  const unit = parseUnit(definition.unit);
  const own = typed.unit;
  const word: Unit = { any: false, dims: '', label: definition.unit };
  if (typing.world.options.trusted)
    return { ...typed, unit: own.any || own.dims === unit.dims ? unit : word };
  if (own.any) return { ...typed, unit };
  if (own.dims === unit.dims && refines(unit.label, own.label)) return { ...typed, unit };
  const facts = { id, declared: definition.unit, found: unitText(own) ?? 'a pure number' };
  return typing.fail(env, report('expr/declared-unit', definition.unitPlace ?? place, facts));
}

/** May a value with one name for its scale be called by another? `return per bar` says more of a `return`; `bps` is no `z`. */
function refines(declared: string | undefined, derived: string | undefined): boolean {
  if (declared === undefined || derived === undefined) return true;
  return declared === derived || declared.startsWith(`${derived} `);
}
