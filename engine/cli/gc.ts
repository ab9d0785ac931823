import { bytes, plural } from '../report/format.js';
import type { Project } from '../run/project.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION } from './shared/command.js';
import { withProject } from './shared/project.js';

const HOUR = 3_600_000;

/** `dag gc` */
export const gc: Command = {
  name: 'gc',
  doc: 'Remove results that no recent or pinned run needs. Shows what would go; --apply removes it.',
  args: [],
  options: [
    { flags: '--keep <count>', doc: 'Runs whose results stay (10).' },
    { flags: '--pin <run>', doc: 'A run that stays too; may stand several times.', many: true },
    { flags: '--young <hours>', doc: 'What is younger stays (24).' },
    { flags: '--apply', doc: 'Remove it.' },
    JSON_OPTION,
  ],
  examples: ['dag gc', 'dag gc --keep 3 --apply'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { applyGc, planGc } = await import('../store/gc.js');
      const keep = await keysOf(project, given.whole('keep', 10, 0), given.list('pin'));
      const young = given.whole('young', 24, 0) * HOUR;
      const plan = planGc(project.store, { keep, young, now: Date.now() });
      const apply = given.flag('apply');
      if (apply) applyGc(project.store, plan);
      const { dropped, objects, leftovers, foreign } = plan;
      if (given.flag('json')) {
        io.out(
          `${JSON.stringify({ applied: apply, records: dropped, objects: objects.length, bytes: plan.bytes, leftovers, foreign }, null, 2)}\n`,
        );
        return 0;
      }
      const what = `${plural(dropped, 'record')}, ${plural(objects.length, 'object')}, ${plural(leftovers.length, 'leftover')} (${bytes(plan.bytes)})`;
      io.out(`${apply ? 'removed' : 'would remove'} ${what}\n`);
      for (const path of foreign) io.out(`not ours, left alone: ${path}\n`);
      if (!apply && dropped + objects.length + leftovers.length > 0)
        io.out('`dag gc --apply` removes it\n');
      return 0;
    }),
};

async function keysOf({ lake }: Project, last: number, pins: readonly string[]) {
  const { findRun, listRuns, readItems } = await import('../ledger/runs.js');
  const { isKey } = await import('../store/digest.js');
  const runs = listRuns(lake);
  const kept = [
    ...(last === 0 ? [] : runs.slice(-last)),
    ...pins.map((pin) => findRun(lake, pin, runs)),
  ];
  const keys = kept.flatMap((run) =>
    readItems(run).flatMap(({ key }) => (key === undefined ? [] : [key])),
  );
  return new Set(keys.filter(isKey));
}
