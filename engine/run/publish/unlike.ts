import { type Diagnostic, reporter } from '../../diag/diagnostic.js';
import { Refusal } from '../../diag/refusal.js';
import type { Graph } from '../../graph/graph.js';
import { listRuns, readManifest } from '../../ledger/runs.js';
import type { Draft } from './draft.js';
import type { Target } from './target.js';
import { some } from './told.js';

const report = reporter({
  'publish/unlike':
    '{stage}: {files} in {folder} are of run {run} and have other columns, units or rules than this run gives; they stay as they are.',
});

/** What is kept of earlier runs and is not of the schema that this run gives: a warning a run, with the command that makes it anew. */
export function unlike(
  lake: string,
  graph: Graph,
  { stage, to, ports }: Target,
  drafts: readonly Draft[],
): readonly Diagnostic[] {
  const byRun = new Map<string, string[]>();
  for (const { name, run } of drafts.flatMap((draft) => draft.unlike()))
    byRun.set(run, [...(byRun.get(run) ?? []), name]);
  return [...byRun].map(([run, names]) => {
    const facts = { stage: stage.path, folder: to, run, files: some(names) };
    const command = commandOf(lake, run) ?? `dag run ${graph.file} … with what gave them`;
    const hint = `\`${command}\` makes them anew; --prune drops what a run does not have`;
    return report('publish/unlike', ports[0]?.place, facts, { severity: 'warning', hint });
  });
}

/** The command line of a run; undefined where the run was removed or cannot be read. */
function commandOf(lake: string, run: string): string | undefined {
  const entry = listRuns(lake).find(({ id }) => id === run);
  if (!entry) return undefined;
  try {
    const { file, profile, sets } = readManifest(entry);
    const settings = sets.map((set) => `--set ${/^[\w.=,:/+-]+$/.test(set) ? set : quoted(set)}`);
    return [
      'dag run',
      file,
      ...(profile === null ? [] : [`--profile ${profile}`]),
      ...settings,
    ].join(' ');
  } catch (error) {
    if (error instanceof Refusal) return undefined; // `dag audit` tells what is damaged
    throw error;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
