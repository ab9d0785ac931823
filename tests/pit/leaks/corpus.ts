import { readdirSync, readFileSync } from 'node:fs';
import { parseYaml } from '../../../engine/yaml/parse.js';
import type { Yaml } from '../../../engine/yaml/value.js';

/*
 * The leak corpus. A case is a YAML file: `caught/` holds leaks, `clean/` look-alikes that must pass, `unseen/` leaks that nothing can
 * see. It holds the spec files or the stages that are added to the walk-forward chain of `tests/dags/chain.ts`, or formulas over
 * the tables of `tables.ts`, or names a node under `nodes/lies` or `nodes/fair`, which is a plugin as any other. A new case needs no
 * more than its file.
 */

/** What the case is: a leak that must be caught, a look-alike that must pass, or a leak that no test can see. */
export type Verdict = 'leak' | 'clean' | 'unseen';

/** What catches a leak: the compiler, by a code at a place (`file:line` or a stage), or one of the tests that run it twice. */
export type Caught =
  | { readonly by: 'static'; readonly code: string; readonly at: string }
  | { readonly by: 'dynamic'; readonly test: string };

/** One small spec or node that leaks in a way people really do, or that only looks as if it did. */
export interface Case {
  readonly id: string;
  readonly verdict: Verdict;
  /** What it is, in a sentence a quant recognises. */
  readonly doc: string;
  /** For an unseen case: why nothing can see it. */
  readonly why: string | undefined;
  readonly caught: Caught | undefined;
  /** Files of a project, beside what ships. */
  readonly files: Readonly<Record<string, string>>;
  /** `feature ID`, `event ID` or `target ID`: who uses the spec that the files hold. */
  readonly use: string | undefined;
  /** Stages added to the walk-forward chain, and texts of the chain that are exchanged. */
  readonly stages: string;
  readonly edits: readonly (readonly [from: string, to: string])[];
  /** Formulas over the tables of `tables.ts`, compiled as features or targets. */
  readonly formulas: Readonly<Record<string, string>>;
  readonly as: 'feature' | 'target';
  /** The plugin under `nodes/lies` or `nodes/fair` that the case is about. */
  readonly node: string | undefined;
}

const FOLDER = new URL('./', import.meta.url);

/** All cases of a verdict, by id. */
export function casesOf(verdict: Verdict): readonly Case[] {
  const folder = new URL(`${verdict === 'leak' ? 'caught' : verdict}/`, FOLDER);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => caseIn(readFileSync(new URL(file, folder), 'utf8'), file, verdict));
}

function caseIn(text: string, file: string, verdict: Verdict): Case {
  const { value, problems } = parseYaml(text, file);
  if (value?.kind !== 'map' || problems.length > 0)
    throw new Error(`${file}: ${problems.map((p) => p.message).join('; ')}`);
  const fields = new Fields(file, new Map(value.entries.map((e) => [e.key, e.value])));
  const id = fields.text(verdict);
  if (id === undefined || `${id}.yaml` !== file) throw new Error(`${file} is called ${id}.`);
  const found: Case = {
    id,
    verdict,
    doc: fields.text('doc') ?? fields.lack('doc'),
    why: fields.text('why'),
    caught: fields.caught(),
    files: fields.texts('files'),
    use: fields.text('use'),
    stages: fields.text('stages') ?? '',
    edits: fields.edits(),
    formulas: fields.texts('formulas'),
    as: fields.text('as') === 'target' ? 'target' : 'feature',
    node: fields.text('node'),
  };
  fields.settle();
  if ((verdict === 'leak') !== (found.caught !== undefined)) fields.lack('caught');
  if ((verdict === 'unseen') !== (found.why !== undefined)) fields.lack('why');
  return found;
}

/** The fields of a case; what nobody asked for is a mistake. */
class Fields {
  readonly #asked = new Set<string>();
  constructor(
    readonly file: string,
    readonly entries: ReadonlyMap<string, Yaml>,
  ) {}

  text(key: string): string | undefined {
    const value = this.#get(key);
    if (value === undefined) return undefined;
    return textOf(value) ?? this.lack(key);
  }

  texts(key: string): Readonly<Record<string, string>> {
    const value = this.#get(key);
    if (value === undefined) return {};
    if (value.kind !== 'map') return this.lack(key);
    return Object.fromEntries(
      value.entries.map((e) => [e.key, textOf(e.value) ?? this.lack(`${key}.${e.key}`)]),
    );
  }

  edits(): readonly (readonly [string, string])[] {
    return Object.entries(this.texts('edits'));
  }

  caught(): Caught | undefined {
    const { by, code, at, test } = this.texts('caught');
    if (by === 'static' && code !== undefined && at !== undefined) return { by, code, at };
    if (by === 'dynamic' && test !== undefined) return { by, test };
    return by === undefined ? undefined : this.lack('caught');
  }

  lack(key: string): never {
    throw new Error(`${this.file}: "${key}" is not what a case has there.`);
  }

  settle(): void {
    for (const key of this.entries.keys()) if (!this.#asked.has(key)) this.lack(key);
  }

  #get(key: string): Yaml | undefined {
    this.#asked.add(key);
    return this.entries.get(key);
  }
}

function textOf(value: Yaml): string | undefined {
  return value.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

/** The formulas of a case that one symbol alone can tell, wherever they stand; none for events, targets and cross-sections. */
export function formulasOf(found: Case): Readonly<Record<string, string>> {
  if (found.as === 'target') return {};
  if (Object.keys(found.formulas).length > 0) return found.formulas;
  if (!found.use?.startsWith('feature ')) return {};
  return Object.fromEntries(
    Object.entries(found.files).flatMap(([file, text]) => {
      const [, expr] = /^expr: (.*)$/m.exec(text) ?? [];
      const id = file.split('/').at(-1)?.replace('.yaml', '') ?? file;
      return expr === undefined ? [] : [[id, expr]];
    }),
  );
}
