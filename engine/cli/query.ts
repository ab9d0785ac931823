import type { Command } from './shared/command.js';
import { JSON_OPTION, RUN_OPTION } from './shared/command.js';
import { withProject } from './shared/project.js';
import { openRun } from './shared/run-open.js';

/** `dag query` */
export const query: Command = {
  name: 'query',
  doc: 'Ask SQL of the outputs of a run. A stage is a table (`clean.bars` where it has several outputs, `fold_summary` for `fold/summary`); its dimensions are columns. What pipelines published are tables too (`dag ls` lists them): `lake/features/perp` is `published.features_perp`. No other file can be read. `show tables` lists what there is, `describe STAGE` the columns.',
  args: [{ name: '<sql>', doc: 'One statement of DuckDB SQL.' }],
  options: [RUN_OPTION, { flags: '--csv', doc: 'Print CSV.' }, JSON_OPTION],
  examples: [
    'dag query "show tables"',
    `dag query "select symbol, count(*) as bars, avg(rv_96) from features where rv_96 > 0.001 group by symbol"`,
    `dag query "select ts, close from clean.bars where symbol = 'BTCUSDT' order by ts desc limit 5"`,
    `dag query "select symbol, max(ts) from published.features_perp group by symbol"`,
  ],
  run: (given, io) =>
    withProject(io, async (project) => {
      const run = await openRun(project, given.text('run'));
      const { ask } = await import('./shared/sql.js');
      const { publishedTables } = await import('./shared/sql-published.js');
      const { names, rows } = await ask(run, given.arg(0), () => publishedTables(project.lake));
      if (given.flag('json')) {
        io.out(
          `${JSON.stringify(
            rows.map((row) => Object.fromEntries(names.map((n, i) => [n, row[i] ?? null]))),
            null,
            2,
          )}\n`,
        );
        return 0;
      }
      const { csv, table } = await import('../report/table.js');
      const { MISSING, number } = await import('../report/format.js');
      const text = (cell: unknown) =>
        typeof cell === 'number' ? number(cell, 6) : cell === null ? MISSING : String(cell);
      const right = (i: number) => rows.some((row) => typeof row[i] === 'number');
      if (given.flag('csv'))
        io.out(
          `${csv(
            names,
            rows.map((row) => row.map((c) => (c === null ? '' : String(c)))),
          )}\n`,
        );
      else
        io.out(
          `${table(
            names.map((title, i) => ({ title, align: right(i) ? 'right' : 'left' })),
            rows.map((row) => row.map(text)),
            io.width,
          )}\n`,
        );
      return 0;
    }),
};
