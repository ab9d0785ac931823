import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import type { Io } from './io.js';

const report = reporter({
  'cli/bad-option': '--{option} is {expected}, not "{found}".',
});

/** An option as the help shows it: `-n, --rows <count>`. */
export interface Option {
  readonly flags: string;
  readonly doc: string;
  /** May stand several times; its values are collected. */
  readonly many?: true;
}

/** One command: all that the program, its help and the reference page know of it. Heavy modules are imported in `run`. */
export interface Command {
  readonly name: string;
  readonly doc: string;
  /** `<name>` is needed, `[name]` is not, `[name...]` takes the rest. */
  readonly args: readonly { readonly name: string; readonly doc: string }[];
  readonly options: readonly Option[];
  /** Lines that work when pasted. */
  readonly examples: readonly string[];
  /**
   * @param all  every command, for pages about them.
   * @returns    the exit code: 0 done, 1 an item failed, 2 the spec is wrong, 130 interrupted.
   */
  run(given: Given, io: Io, all: readonly Command[]): Promise<number>;
}

/** What stood on the command line. */
export class Given {
  constructor(
    readonly args: readonly string[],
    readonly options: Readonly<Record<string, unknown>>,
  ) {}

  /** An argument; the program has seen to it that needed ones are there. */
  arg(index: number): string {
    return this.args[index] ?? '';
  }

  flag(name: string): boolean {
    return this.options[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.options[name];
    return typeof value === 'string' ? value : undefined;
  }

  list(name: string): readonly string[] {
    const value = this.options[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** A whole number of at least `least`. @throws cli/bad-option */
  whole(name: string, otherwise: number, least = 1): number {
    const value = this.text(name);
    if (value === undefined) return otherwise;
    if (/^\d{1,9}$/.test(value) && Number(value) >= least) return Number(value);
    return bad(name, `a whole number of at least ${least}`, value);
  }

  /** One of some words. @throws cli/bad-option */
  choice<const C extends string>(name: string, choices: readonly C[]): C | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return choices.find((c) => c === value) ?? bad(name, `one of ${choices.join(', ')}`, value);
  }

  /** A size such as `512MiB` or `2GiB`, in bytes. @throws cli/bad-option */
  size(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const [, digits, unit] = /^(\d+(?:\.\d+)?)(KiB|MiB|GiB)$/.exec(value) ?? [];
    if (digits === undefined) return bad(name, 'a size such as 512MiB or 2GiB', value);
    const scale = { KiB: 1024, MiB: 1024 * 1024, GiB: 1024 * 1024 * 1024 }[unit ?? ''] ?? 1;
    return Math.floor(Number(digits) * scale);
  }
}

function bad(option: string, expected: string, found: string): never {
  return refuse(report('cli/bad-option', undefined, { option, expected, found }));
}

/** The option of every command that prints data. */
export const JSON_OPTION: Option = { flags: '--json', doc: 'Print JSON for programs.' };

/** Options that shape a pipeline before it is compiled. */
export const PIPELINE_OPTIONS: readonly Option[] = [
  { flags: '--profile <name>', doc: 'Take the settings of this profile of the pipeline.' },
  {
    flags: '--set <path=value>',
    doc: 'Set a parameter (`seed=3`) or part of a stage (`stages.fold.with.fdr=0.1`); may stand several times.',
    many: true,
  },
];

/** The option that names a run. */
export const RUN_OPTION: Option = {
  flags: '--run <id>',
  doc: 'A run: `last` (default), `last~1`, or the start or end of an id. Runs that `dag pit` made only count where they are named.',
};
