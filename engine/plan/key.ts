import type { Catalogue, NodeEntry } from '../sdk/catalogue.js';
import { type Key, keyOf, sha256 } from '../store/digest.js';
import type { Stored } from '../store/stored.js';
import { canonical } from '../yaml/canonical.js';
import type { JsonObject } from '../yaml/value.js';

/*
 * The key of an item is the hash of its preimage: everything its result may depend on, and nothing else (design 7).
 *
 *   format   the engine's formats
 *   kernel   frames, codecs, formula runtime
 *   node     the node's type
 *   code     closure of the plugin, packages it reaches, operators its formulas use
 *   params   resolved values, without folders and without what only describes
 *   along    for each port that gathers: the dimensions it gathers over, which the node is told by name
 *   inputs   for each port, for each item at it: the digests of the columns that are read
 *   files    for nodes that read files: their content
 *   absent   for nodes with optional outputs: those that are not given
 */

/** What one input item contributes: `label` tells gathered items apart. */
export interface InputDigest {
  readonly label: string;
  readonly digest: JsonObject;
}

/** One input port of an item, ready to be read: where its items stand and what is stored there. */
export interface PortInput {
  readonly port: string;
  readonly many: boolean;
  /** Columns that are read; undefined: all. */
  readonly columns: readonly string[] | undefined;
  /** The contract that the producer's port promises and was held to when it ran. */
  readonly promised?: string | undefined;
  readonly items: readonly {
    readonly at: Readonly<Record<string, string>>;
    readonly label: string;
    readonly stored: Stored;
  }[];
}

export interface Ingredients {
  readonly node: NodeEntry;
  /** Canonical text of the parameters. */
  readonly params: string;
  readonly inputs: readonly PortInput[];
  readonly files: Readonly<Record<string, string>>;
  /** Optional outputs that are not given; undefined for nodes without any. */
  readonly absent?: readonly string[] | undefined;
  /** Digests of the operators that the formulas among the parameters use. */
  readonly operators: Readonly<Record<string, string>>;
}

export interface Keyed {
  readonly key: Key;
  /** The preimage's canonical text; parsed only when somebody asks why. */
  readonly preimage: string;
}

/** Computes keys; what stays the same between items is written once. */
export class Keys {
  readonly #code = new WeakMap<object, Map<NodeEntry, string>>();
  readonly #digests = new WeakMap<Stored, Map<string, string>>();

  constructor(readonly catalogue: Catalogue) {}

  of(item: Ingredients): Keyed {
    const code = this.#codeOf(item.node, item.operators);
    const inputs = item.inputs.map(
      (input) => `${JSON.stringify(input.port)}:${this.#input(input)}`,
    );
    const { format, kernel } = this.catalogue;
    const absent = item.absent ? `"absent":${JSON.stringify(item.absent)},` : '';
    const preimage =
      `{${absent}"along":${canonical(alongOf(item.inputs))},"code":${code},"files":${canonical(item.files)},"format":${format},"inputs":{${inputs.join()}},` +
      `"kernel":"${kernel}","node":${JSON.stringify(item.node.type)},"params":${item.params}}`;
    return { key: keyOf(sha256(preimage)), preimage };
  }

  #codeOf(node: NodeEntry, operators: Readonly<Record<string, string>>): string {
    const known = this.#code.get(operators)?.get(node);
    if (known) return known;
    const { closure, packages, modules } = node.code;
    const text = canonical({ closure, modules, operators, packages });
    const nodes = this.#code.get(operators) ?? new Map();
    this.#code.set(operators, nodes.set(node, text));
    return text;
  }

  #input(input: PortInput): string {
    const columns = input.columns ? [...input.columns].sort().join() : '*';
    const parts = input.items.map(
      ({ label, stored }) =>
        `${JSON.stringify(label)}:${this.#digest(stored, columns, input.columns)}`,
    );
    return `{${parts.join()}}`;
  }

  #digest(stored: Stored, name: string, columns: readonly string[] | undefined): string {
    let known = this.#digests.get(stored);
    if (!known) {
      known = new Map();
      this.#digests.set(stored, known);
    }
    let found = known.get(name);
    if (!found) {
      found = canonical(contentOf(stored, columns));
      known.set(name, found);
    }
    return found;
  }
}

/** The dimensions that each port gathers over, in the order of its labels. */
function alongOf(inputs: readonly PortInput[]): JsonObject {
  return Object.fromEntries(
    inputs.flatMap(({ port, items: [first] }): [string, string[]][] => {
      const names = Object.keys(first?.at ?? {});
      return names.length === 0 ? [] : [[port, names]];
    }),
  );
}

/** What a consumer reads of a stored value: digests by column, or of the whole. */
export function contentOf(stored: Stored, columns: readonly string[] | undefined): JsonObject {
  switch (stored.kind) {
    case 'frame': {
      const wanted = columns && new Set(columns);
      const read = stored.columns.filter((c) => !wanted || wanted.has(c.name));
      const cells = read.map((c): [string, string] => [
        c.name,
        `${c.dtype} ${c.unit ?? ''} ${c.object}`,
      ]);
      // The row count matters only where no column tells it.
      return Object.fromEntries(cells.length > 0 ? cells : [['#rows', String(stored.rows)]]);
    }
    case 'scalar':
      return { value: stored.value };
    case 'json':
      return { json: stored.object };
    default:
      return { [stored.kind]: stored.object, name: stored.name };
  }
}
