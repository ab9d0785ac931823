import type { RunEntry } from '../ledger/runs.js';
import { bytes, plural } from '../report/format.js';
import type { Project } from '../run/project.js';
import type { Key } from '../store/digest.js';
import type { GcPlan } from '../store/gc.js';
import type { Command, Given } from './shared/command.js';
import { JSON_OPTION } from './shared/command.js';
import { withProject } from './shared/project.js';

const HOUR = 3_600_000;

/** `dag gc` */
export const gc: Command = {
  name: 'gc',
  doc: 'Remove old runs, and results that no recent or pinned run needs. Shows what would go; --apply removes it. Beside a run that is under way every result stays.',
  args: [],
  options: [
    { flags: '--keep <count>', doc: 'Runs that stay, with their results (10).' },
    { flags: '--pin <run>', doc: 'A run that stays too; may stand several times.', many: true },
    { flags: '--young <hours>', doc: 'What is younger stays (24).' },
    { flags: '--apply', doc: 'Remove it.' },
    JSON_OPTION,
  ],
  examples: ['dag gc', 'dag gc --keep 3 --apply'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { applyGc, planGc } = await import('../store/gc.js');
      const { ageRuns, removeRun } = await import('../ledger/old-runs.js');
      const now = Date.now();
      const hours = given.whole('young', 24, 0);
      const young = hours * HOUR;
      const kept = await keptRuns(project, given.whole('keep', 10, 0), given.list('pin'));
      const ids = new Set(kept.map(({ id }) => id));
      const { old, young: fresh, busySince } = ageRuns(project.lake, { keep: ids, young, now });
      const plan = planGc(project.store, { keep: await keysOf(kept), young, now, busySince });
      const apply = given.flag('apply');
      if (apply) {
        applyGc(project.store, plan);
        for (const run of old) removeRun(run);
      }
      const told = {
        applied: apply,
        runs: old.length,
        young: { runs: fresh, hours },
        busy: busySince !== undefined,
        again: again(given),
        plan,
      };
      io.out(given.flag('json') ? `${JSON.stringify(plain(told), null, 2)}\n` : text(told));
      return 0;
    }),
};

/** What gc did, or would do. */
interface Told {
  readonly applied: boolean;
  readonly runs: number;
  /** Runs that stay only since they are younger than so many hours. */
  readonly young: { readonly runs: number; readonly hours: number };
  /** The command line that does it. */
  readonly again: string;
  /** A run is under way. */
  readonly busy: boolean;
  readonly plan: GcPlan;
}

/** The same command, applied. */
function again(given: Given): string {
  const options = ['keep', 'young'].flatMap((name) => {
    const value = given.text(name);
    return value === undefined ? [] : [`--${name} ${value}`];
  });
  const pins = given.list('pin').map((run) => `--pin ${run}`);
  return ['dag gc', ...options, ...pins, '--apply'].join(' ');
}

function plain({ applied, runs, young, plan }: Told) {
  const { dropped, objects, bytes, leftovers, foreign } = plan;
  return {
    applied,
    runs,
    young: young.runs,
    records: dropped,
    objects: objects.length,
    bytes,
    leftovers,
    foreign,
  };
}

function text({ applied, runs, young, busy, again, plan }: Told): string {
  const { dropped, objects, leftovers, foreign } = plan;
  const parts = [
    plural(runs, 'run'),
    plural(dropped, 'record'),
    plural(objects.length, 'object'),
    `${plural(leftovers.length, 'leftover')} (${bytes(plan.bytes)})`,
  ];
  const some = runs + dropped + objects.length + leftovers.length > 0;
  const lines = [
    `${applied ? 'removed' : 'would remove'} ${parts.join(', ')}`,
    ...(young.runs > 0
      ? [
          `${plural(young.runs, 'more run')} ${young.runs === 1 ? 'is' : 'are'} younger than ${young.hours} h and stay${young.runs === 1 ? 's' : ''} (--young)`,
        ]
      : []),
    ...(busy ? ['a run is under way: beside it, results stay'] : []),
    ...foreign.map((path) => `not ours, left alone: ${path}`),
    ...(!applied && some ? [`\`${again}\` removes it`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

async function keptRuns({ lake }: Project, last: number, pins: readonly string[]) {
  const { counts, findRun, listRuns } = await import('../ledger/runs.js');
  const runs = listRuns(lake);
  const latest = (kind: readonly RunEntry[]) => (last === 0 ? [] : kind.slice(-last));
  return [
    ...latest(runs.filter(counts)),
    // Tests push no research out, however often they run.
    ...latest(runs.filter((run) => !counts(run))),
    ...pins.map((pin) => findRun(lake, pin, runs)),
  ];
}

/** The keys of all items of some runs. */
async function keysOf(runs: readonly RunEntry[]): Promise<ReadonlySet<Key>> {
  const { readItems } = await import('../ledger/runs.js');
  const { isKey } = await import('../store/digest.js');
  const keys = runs.flatMap((run) =>
    readItems(run).flatMap(({ key }) => (key === undefined ? [] : [key])),
  );
  return new Set(keys.filter(isKey));
}
