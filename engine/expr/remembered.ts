import { sha256 } from '../store/digest.js';
import type { Composed } from './composed.js';
import type { CompileOptions, Definition, TableFacts } from './world.js';

/** Programs a process keeps: one pipeline has some hundred and thirty distinct ones, of a few hundred kilobytes each. */
const KEPT = 160;

/**
 * A pure function of definitions, tables and options that remembers what it made of equal ones: `shape`, `reads` and `run`
 * of a node compile the same formulas, and so does every symbol. Trees are plain data and hold their places, so that equal
 * text also means problems at equal places.
 */
export function remembered<T>(
  make: (
    definitions: readonly Definition[],
    tables: Readonly<Record<string, TableFacts>>,
    options: CompileOptions,
  ) => T,
): typeof make {
  const made = new Map<string, T>();
  return (definitions, tables, options) => {
    const asked = sha256(
      JSON.stringify([
        definitions.map(definitionText),
        Object.entries(tables).map(tableText),
        optionsText(options),
      ]),
    );
    const known = made.get(asked);
    if (known !== undefined) {
      made.delete(asked); // set again below: the least recently used go first
      made.set(asked, known);
      return known;
    }
    const result = make(definitions, tables, options);
    made.set(asked, result);
    for (const oldest of made.keys()) {
      if (made.size <= KEPT) break;
      made.delete(oldest);
    }
    return result;
  };
}

function definitionText({ tree, ...definition }: Definition): unknown {
  return [definition, digestOf(tree)];
}

function tableText([name, { columns, ...facts }]: [string, TableFacts]): unknown {
  return [name, facts, columnsDigest(columns)];
}

const digests = new WeakMap<object, string>();

function columnsDigest(columns: TableFacts['columns']): string {
  return digestOf(columns, () => [...columns].map(([name, facts]) => [name, digestOf(facts)]));
}

/** Trees, columns and their facts are never changed, and the same ones come again and again in tables of hundreds of columns. */
function digestOf(part: object, plain: () => unknown = () => part): string {
  const known = digests.get(part);
  if (known !== undefined) return known;
  const digest = sha256(JSON.stringify(plain()));
  digests.set(part, digest);
  return digest;
}

const composedIds = new WeakMap<ReadonlyMap<string, Composed>, number>();
let sets = 0;

/** Composed operators are read once a process, so the map stands for its content. */
function optionsText({ composed, ...options }: CompileOptions): unknown {
  if (composed === undefined) return options;
  const id = composedIds.get(composed) ?? ++sets;
  composedIds.set(composed, id);
  return { ...options, composed: id };
}
