import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import type { Values } from '../graph/values.js';
import type { Entry } from '../plan/entry.js';
import { type Keyed, Keys } from '../plan/key.js';
import { operatorsIn } from '../plan/operators.js';
import { revive } from '../sdk/revive.js';
import type { Key } from '../store/digest.js';
import type { JsonObject } from '../yaml/value.js';
import type { Compiled } from './compile.js';
import { fileDigests, type Listing, watched } from './files.js';
import { contractsOf } from './held.js';
import type { Project } from './project.js';
import type { Task } from './task.js';

const report = reporter({
  'run/input-moved':
    '{item}: {file} has changed since another item of this run read it; one run must not mix both.',
});

const NO_OPERATORS: Readonly<Record<string, string>> = {};

/** Works out what an item is made from: its key, and the task that an executor gets. */
export class Ingredients {
  readonly #keys: Keys;
  readonly #params = new Map<Entry, JsonObject>();
  readonly #items = new Map<Key, string>();
  readonly #operators = new WeakMap<Values, Readonly<Record<string, string>>>();
  /** SHA-256 of every file that items read, by path, for the manifest. */
  readonly data: Record<string, string> = {};
  /** What nodes found in folders. */
  readonly lists: Listing[] = [];

  constructor(
    readonly project: Project,
    readonly compiled: Compiled,
  ) {
    this.#keys = new Keys(project.plugins.catalogue);
  }

  keyOf(entry: Entry, values: Values): Keyed {
    const { stage, inputs } = entry;
    this.#params.set(entry, values.json);
    const files = this.#files(entry, values.json);
    const operators = this.#operatorsOf(entry, values);
    const absent = this.#absent(entry);
    const keyed = this.#keys.of({
      node: stage.node,
      params: values.text,
      inputs,
      files,
      operators,
      absent,
    });
    this.#items.set(keyed.key, entry.name);
    return keyed;
  }

  /** @param share  of one thread, see `Task`. */
  taskOf(entry: Entry, share: number): Task {
    const { stage, keyed, inputs, name } = entry;
    if (!keyed) throw new Error(`${name} has no key`);
    return {
      key: keyed.key,
      item: name,
      node: stage.node.type,
      params: this.#params.get(entry) ?? {},
      inputs,
      absent: this.#absent(entry) ?? [],
      files: Object.keys(entry.files),
      contracts: contractsOf(stage, this.compiled.graph),
      place: stage.place,
      threads: stage.resources.threads,
      share,
    };
  }

  itemOf(key: Key): string {
    return this.#items.get(key) ?? key;
  }

  /** Optional outputs that the compiler was told are absent; undefined where a node has none that are optional. */
  #absent({ stage, binding }: Entry): readonly string[] | undefined {
    const maybe = Object.keys(stage.node.out).filter((port) => stage.node.out[port]?.optional);
    if (maybe.length === 0) return undefined;
    const { outs } = this.compiled.shapes.of(stage, binding);
    return maybe.filter((port) => outs[port]?.nothing).sort();
  }

  #operatorsOf(entry: Entry, values: Values): Readonly<Record<string, string>> {
    const known = this.#operators.get(values);
    if (known) return known;
    const names = operatorsIn(entry.stage.node, values.json, this.project.plugins.catalogue);
    const used = names.length === 0 ? NO_OPERATORS : this.compiled.operators.digests(names);
    this.#operators.set(values, used);
    return used;
  }

  #files(entry: Entry, json: JsonObject): Readonly<Record<string, string>> {
    const plugin = this.compiled.plugins.get(entry.stage.node.type);
    if (!plugin?.files) return {};
    const params = Object.fromEntries(
      Object.entries(json).map(([name, value]) => {
        const schema = plugin.params[name];
        return [name, schema ? revive(schema, value) : value];
      }),
    );
    const paths = plugin.files(params, watched(this.project, this.lists, entry.stage.place));
    const digest = (path: string) => this.project.store.files.digestFile(path);
    const files = Object.fromEntries(paths.map((path) => [path, digest(path)]));
    for (const [file, found] of Object.entries(files)) {
      const before = this.data[file];
      if (before !== undefined && before !== found) {
        const hint = 'run again';
        refuse(report('run/input-moved', entry.stage.place, { item: entry.name, file }, { hint }));
      }
    }
    entry.files = files;
    Object.assign(this.data, files);
    return fileDigests(paths, (path) => files[path] ?? '');
  }
}
