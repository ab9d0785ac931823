import { reporter } from '../../diag/diagnostic.js';
import { Refusal, refuse } from '../../diag/refusal.js';
import { suggestion } from '../../diag/suggest.js';
import { lastWith } from '../../ledger/runs.js';
import { plural } from '../../report/format.js';
import type { CompileOptions } from '../../run/compile.js';
import type { Explanation } from '../../run/plan.js';
import type { Project } from '../../run/project.js';
import type { Given } from './command.js';
import type { Io } from './io.js';
import { compileOptions, findPipeline, parseSets } from './pipeline.js';
import type { RunData } from './run-data.js';
import { LEAST_DIGITS } from './why-digest.js';

const report = reporter({
  'cli/no-such-item': '{pipeline} has no item "{item}", and no result has a digest that starts so.',
});

/** A pipeline and how it is to be compiled. */
export interface Asked {
  readonly file: string;
  readonly options: CompileOptions;
}

/** The pipeline of a run, with the settings it had and those of the command line; without a run the one that is named. */
export function asked(
  { root }: Project,
  given: Given,
  io: Io,
  run: Pick<RunData, 'manifest'> | undefined,
): Asked {
  const own = compileOptions(given);
  if (!run) return { file: findPipeline(root, io, given.text('pipeline') ?? ''), options: own };
  const { file, profile: before, sets: set } = run.manifest;
  const profile = own.profile ?? before ?? undefined;
  const sets = [...parseSets(set), ...(own.sets ?? [])];
  return { file, options: { ...(profile === undefined ? {} : { profile }), sets } };
}

/** What a run would make of an item now. @throws cli/no-such-item, and all that is wrong with the pipeline */
export async function explainNow(
  project: Project,
  item: string,
  { file, options }: Asked,
): Promise<Explanation> {
  const { compile } = await import('../../run/compile.js');
  const { explainItem, planPipeline } = await import('../../run/plan.js');
  const compiled = await compile(project, file, options);
  const found = explainItem(project, compiled, item);
  if (found) return found;
  const { items } = planPipeline(project, compiled);
  return noSuchItem(project, file, item, items);
}

/** @param items  Those that there are. */
export function noSuchItem(
  { lake }: Pick<Project, 'lake'>,
  pipeline: string,
  item: string,
  items: readonly { readonly item: string; readonly stage: string }[],
): never {
  const own = items.filter((i) => i.stage === item);
  const names = items.map((i) => i.item);
  const elsewhere = lastWith(lake, [item]);
  const hint = /^[0-9a-f]{1,5}$/.test(item)
    ? `the start of a digest needs at least ${LEAST_DIGITS} digits`
    : own.length > 0
      ? `the stage has ${plural(own.length, 'item')}, such as ${own[0]?.item}`
      : elsewhere
        ? `run ${elsewhere.id} has it: \`dag why ${item} --run ${elsewhere.id}\``
        : suggestion(item, names);
  return refuse(report('cli/no-such-item', undefined, { pipeline, item }, { hint }));
}

/** The explanation, or what keeps the pipeline from giving one. */
export async function tryNow(
  project: Project,
  item: string,
  how: Asked,
): Promise<Explanation | Refusal> {
  try {
    return await explainNow(project, item, how);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
