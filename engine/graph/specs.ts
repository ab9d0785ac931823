import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import type { KindEntry } from '../sdk/catalogue.js';
import type { YamlFile } from '../yaml/file.js';
import type { JsonObject, Yaml } from '../yaml/value.js';
import { fixedFolder, foreignWildcard, isGlob, matches } from './glob.js';
import { clash } from './ids.js';
import { projectPath } from './paths.js';
import { missingFile, type Project } from './project.js';
import { readOnce } from './read-once.js';
import { kindOfFile, type SpecFile } from './spec-file.js';
import { checkGroup } from './spec-group.js';
import type { World } from './world.js';

export { formulaPlaces } from './formulas.js';

const report = reporter({
  'spec/unknown': 'There is no {kind} called "{id}".',
  'spec/several': '"{id}" has {count} instances; one is wanted here.',
  'spec/wrong-kind': '{file} is a spec of kind "{found}"; one of kind "{kind}" is wanted here.',
  'spec/clash': 'Two specs are called "{id}": {first} and {second}.',
  'spec/no-match': 'No file matches "{glob}".',
  'spec/mixed': '"{glob}" matches specs of several kinds: {kinds}.',
  'spec/cycle': 'The specs name each other: {cycle}.',
  'spec/glob': 'The glob "{glob}" holds "{found}".',
  'spec/glob-folder': 'The glob "{glob}" does not start with {folder}/.',
});

interface Loaded extends SpecFile {
  readonly file: string;
  readonly problems: readonly Diagnostic[];
}

/** Finds specs by id, path and glob, and reads each file once. */
export class Specs implements World {
  readonly #loaded = new Map<string, Loaded>();
  readonly #loading: string[] = [];
  readonly #stems = new Map<string, ReadonlyMap<string, string>>();
  readonly #kinds = new WeakMap<JsonObject, string>();
  readonly #globs = new Map<string, readonly JsonObject[]>();

  constructor(
    readonly project: Project,
    readonly kinds: Readonly<Record<string, KindEntry>>,
    readonly folders: Set<string>,
    readonly folder: string = 'spec',
  ) {}

  get root(): string {
    return this.project.root;
  }

  kindOf(spec: JsonObject): string | undefined {
    return this.#kinds.get(spec);
  }

  /** What is wrong with a file, read by the kind that it says it is. */
  problemsOf(file: string): readonly Diagnostic[] {
    return this.#load(file).problems;
  }

  spec(kind: KindEntry, name: string, place: Place, problems: Problems): JsonObject | undefined {
    const found = this.#named(kind, name, place, problems);
    if (!found) return undefined;
    if (found.length === 1) return found[0];
    const ids = found.map((spec) => String(spec.id));
    const hint = `name one: ${ids.slice(0, 8).join(', ')}${ids.length > 8 ? ' …' : ''}`;
    problems.add(report('spec/several', place, { id: name, count: ids.length, ids }, { hint }));
    return undefined;
  }

  specs(
    kind: KindEntry,
    name: string,
    place: Place,
    problems: Problems,
  ): readonly JsonObject[] | undefined {
    if (!isGlob(name)) return this.#named(kind, name, place, problems);
    const found = this.matching(name, place, problems);
    if (!found) return undefined;
    if (found.kind === kind.kind) return found.specs;
    const facts = { file: `"${name}"`, found: found.kind, kind: kind.kind };
    problems.add(report('spec/wrong-kind', place, facts));
    return undefined;
  }

  exists(kind: KindEntry, id: string, place: Place, problems: Problems): boolean {
    const stems = this.#index(kind, problems);
    // Instances of a `foreach` have their values behind the id of the file.
    const instance = kind.formulas && [...stems.keys()].some((stem) => id.startsWith(`${stem}_`));
    if (stems.has(id) || instance) return true;
    this.#unknown(kind, id, stems, place, problems);
    return false;
  }

  /** All specs that a glob names, sorted by id, and their one kind. */
  matching(
    glob: string,
    place: Place,
    problems: Problems,
  ): { readonly kind: string; readonly specs: readonly JsonObject[] } | undefined {
    const files = this.#filesOf(glob, place, problems);
    if (!files) return undefined;
    const loaded = files.map((file) => this.#load(file));
    problems.add(...loaded.flatMap((l) => l.problems));
    if (loaded.some((l) => l.problems.some((p) => p.severity === 'error'))) return undefined;
    const kinds = [...new Set(loaded.map((l) => l.kind ?? 'unknown'))].sort();
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) {
      problems.add(report('spec/mixed', place, { glob, kinds }));
      return undefined;
    }
    const known = this.#globs.get(glob);
    if (known) return { kind, specs: known };
    const specs = loaded
      .flatMap((l) => l.instances)
      .sort((a, b) => order(String(a.id), String(b.id)));
    if (!this.#distinct(specs, loaded, place, problems)) return undefined;
    this.#globs.set(glob, specs);
    return { kind, specs };
  }

  /** The instances an id or a path names: one, or all of a spec with `foreach`. */
  #named(kind: KindEntry, name: string, place: Place, problems: Problems) {
    if (name.includes('/') || name.endsWith('.yaml'))
      return this.#atPath(kind, name, place, problems);
    const stems = this.#index(kind, problems);
    const file = stems.get(name);
    if (file !== undefined) return this.#instances(kind, file, place, problems);
    for (const [stem, candidate] of stems) {
      if (!name.startsWith(`${stem}_`)) continue;
      const found = this.#instances(kind, candidate, place, problems)?.find((s) => s.id === name);
      if (found) return [found];
    }
    this.#unknown(kind, name, stems, place, problems);
    return undefined;
  }

  #unknown(
    { kind, folder }: KindEntry,
    id: string,
    stems: ReadonlyMap<string, string>,
    place: Place,
    problems: Problems,
  ): void {
    const hint =
      suggestion(id, stems.keys()) ?? `specs of this kind stand under ${this.folder}/${folder}/`;
    problems.add(report('spec/unknown', place, { kind, id }, { hint }));
  }

  #atPath(kind: KindEntry, name: string, place: Place, problems: Problems) {
    const file = projectPath(this.root, name, place, problems);
    if (file === undefined) return undefined;
    if (!this.project.exists(file)) {
      missingFile(file, place, undefined, problems);
      return undefined;
    }
    return this.#instances(kind, file, place, problems);
  }

  #instances(kind: KindEntry, file: string, place: Place, problems: Problems) {
    if (this.#loading.includes(file)) {
      const cycle = [...this.#loading.slice(this.#loading.indexOf(file)), file].join(' → ');
      problems.add(report('spec/cycle', place, { cycle }));
      return undefined;
    }
    const { kind: found, instances, problems: own } = this.#load(file);
    problems.add(...own);
    if (own.some((p) => p.severity === 'error')) return undefined;
    if (found === kind.kind) return instances;
    problems.add(report('spec/wrong-kind', place, { file, found, kind: kind.kind }));
    return undefined;
  }

  #load(file: string): Loaded {
    const known = this.#loaded.get(file);
    if (known) return known;
    const problems = new Problems();
    const yaml = this.project.yaml(file);
    problems.add(...yaml.problems);
    this.#loading.push(file);
    const stem = file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length);
    const spec =
      hasValue(yaml) && yaml.problems.length === 0
        ? readOnce(yaml, stem, this, problems)
        : { kind: kindOfFile(yaml.value), instances: [] };
    this.#loading.pop();
    const { kind } = spec;
    const entry = kind === undefined ? undefined : this.kinds[kind];
    if (yaml.value && entry)
      problems.add(
        ...checkGroup(yaml.value, file, entry, this.#folderOf(entry)).filter(
          (p) => !told(p, problems),
        ),
      );
    if (kind !== undefined) for (const one of spec.instances) this.#kinds.set(one, kind);
    const loaded = { ...spec, file, problems: problems.all };
    this.#loaded.set(file, loaded);
    return loaded;
  }

  #folderOf(kind: KindEntry): string {
    return `${this.folder}/${kind.folder}`;
  }

  /** File by stem for one kind, from names alone; made once. */
  #index(kind: KindEntry, problems: Problems): ReadonlyMap<string, string> {
    const folder = this.#folderOf(kind);
    const known = this.#stems.get(folder);
    if (known) return known;
    const files = this.project.list(folder, undefined, problems);
    const stems = files.map((file) => file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length));
    const twice = clash(stems);
    if (twice) {
      const [first, second] = [files[twice[0]] ?? '', files[twice[1]] ?? ''];
      const place = { file: second, line: 1, col: 1, length: 1 };
      problems.add(report('spec/clash', place, { id: stems[twice[1]], first, second }));
    }
    const index = new Map(stems.map((stem, i) => [stem, files[i] ?? '']));
    this.#stems.set(folder, index);
    return index;
  }

  #filesOf(glob: string, place: Place, problems: Problems): readonly string[] | undefined {
    const foreign = foreignWildcard(glob);
    if (foreign !== undefined) {
      const hint = 'globs know *, ** and ? only';
      problems.add(report('spec/glob', place, { glob, found: foreign }, { hint }));
      return undefined;
    }
    const folder = projectPath(this.root, fixedFolder(glob) || '.', place, new Problems());
    const path = projectPath(this.root, glob, place, problems);
    if (path === undefined) return undefined;
    if (folder === undefined || !`${folder}/`.startsWith(`${this.folder}/`)) {
      const hint = 'specs stand under one folder, and globs look nowhere else';
      problems.add(report('spec/glob-folder', place, { glob, folder: this.folder }, { hint }));
      return undefined;
    }
    const files = this.project.list(folder, place, problems).filter((file) => matches(path, file));
    if (files.length > 0) return files;
    problems.add(report('spec/no-match', place, { glob }));
    return undefined;
  }

  #distinct(
    specs: readonly JsonObject[],
    loaded: readonly Loaded[],
    place: Place,
    problems: Problems,
  ): boolean {
    const twice = clash(specs.map((spec) => String(spec.id)));
    if (!twice) return true;
    const [first, second] = twice.map((i) => {
      const spec = specs[i];
      return loaded.find((l) => spec && l.instances.includes(spec))?.file;
    });
    problems.add(report('spec/clash', place, { id: specs[twice[1]]?.id, first, second }));
    return false;
  }
}

/** Something at the same place was told already: that is to be mended first. */
function told({ place }: Diagnostic, { all }: Problems): boolean {
  return all.some((p) => p.place?.line === place?.line && p.place?.col === place?.col);
}

function hasValue(file: YamlFile): file is YamlFile & { readonly value: Yaml } {
  return file.value !== undefined;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
