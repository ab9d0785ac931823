import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import type { Names } from './defined.js';
import { namesIn } from './tree.js';
import { type Definition, SELF, type TableFacts } from './world.js';

const report = reporter({
  'expr/defined-twice': '"{id}" is defined twice.',
  'expr/hides-column': '"{id}" is also a column of the table it is computed from.',
  'expr/cycle': 'The definitions {path} use each other in a circle.',
});

/** Definitions by id; one that has the name of another, or of a column of `self`, is reported and left out. */
export function unique(
  definitions: readonly Definition[],
  self: TableFacts | undefined,
  problems: Problems,
): ReadonlyMap<string, Definition> {
  const byId = new Map<string, Definition>();
  for (const definition of definitions) {
    const { id, place } = definition;
    if (byId.has(id)) {
      const first = byId.get(id);
      const related = first === undefined ? [] : [{ message: 'the first one', place: first.place }];
      problems.add(report('expr/defined-twice', place, { id }, { related }));
      continue;
    }
    if (self?.columns.has(id)) {
      problems.add(report('expr/hides-column', place, { id }));
      continue;
    }
    byId.set(id, definition);
  }
  return byId;
}

/** Definitions after those they name, without recursion, so that long chains cannot exhaust the stack; circles are told. */
export function inOrder(
  byId: ReadonlyMap<string, Definition>,
  problems: Problems,
  names: Names,
): readonly string[] {
  const order: string[] = [];
  const done = new Set<string>();
  for (const root of byId.keys()) {
    const path: { readonly id: string; readonly next: string[] }[] = [];
    const enter = (id: string): void => {
      const tree = byId.get(id)?.tree;
      const named = tree === undefined ? [] : [...namesIn(tree)];
      path.push({ id, next: named.filter((n) => byId.has(n)).reverse() });
    };
    if (!done.has(root)) enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.next.pop();
      if (next === undefined) {
        path.pop();
        done.add(top.id);
        order.push(top.id);
      } else if (path.some((p) => p.id === next))
        circle(
          path.map((p) => p.id),
          next,
          byId,
          problems,
          names,
        );
      else if (!done.has(next)) enter(next);
    }
  }
  return order;
}

function circle(
  path: readonly string[],
  back: string,
  byId: ReadonlyMap<string, Definition>,
  problems: Problems,
  names: Names,
): void {
  const members = [...path.slice(path.indexOf(back)), back];
  const place = byId.get(back)?.place;
  problems.add(report('expr/cycle', place, { path: members.join(' → ') }));
  for (const id of members) {
    const defined = names.get(id, SELF);
    if (defined === undefined) continue;
    defined.state = 'done';
    defined.owner.failed = true;
  }
}
