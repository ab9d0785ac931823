import { duration } from '../report/format.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION } from './shared/command.js';
import { withProject } from './shared/project.js';

/** `dag runs` */
export const runs: Command = {
  name: 'runs',
  doc: 'List the runs of the lake, the latest at the end. `last` and `last~1` mean those by `run`; what `dag pit` ran for its tests is listed, and has to be named.',
  args: [],
  options: [{ flags: '-n, --last <count>', doc: 'Only so many (20).' }, JSON_OPTION],
  examples: ['dag runs', 'dag runs --last 3 --json'],
  run: (given, io) =>
    withProject(io, async ({ lake }) => {
      const { listRuns, readManifest } = await import('../ledger/runs.js');
      const { table } = await import('../report/table.js');
      const found = listRuns(lake).slice(-given.whole('last', 20)).map(readManifest);
      if (given.flag('json')) {
        io.out(`${JSON.stringify(found, null, 2)}\n`);
        return 0;
      }
      const titles = [
        'run',
        'by',
        'pipeline',
        'profile',
        'started',
        'took',
        'ended as',
        'items',
      ].map((title) => ({ title }));
      const rows = found.map(({ run, by, pipeline, profile, started, result }) => {
        const { elapsed, outcome, counts } = Object(result);
        const took = typeof elapsed === 'number' ? duration(elapsed) : '';
        const items = Object.entries(Object(counts))
          .filter(([, n]) => Number(n) > 0)
          .map(([name, n]) => `${n} ${name}`);
        return [
          run,
          by ?? 'run',
          pipeline,
          profile ?? '',
          started.slice(0, 19).replace('T', ' '),
          took,
          outcome ?? 'open',
          items.join(', '),
        ];
      });
      io.out(rows.length === 0 ? 'No run yet.\n' : `${table(titles, rows, io.width)}\n`);
      return 0;
    }),
};
