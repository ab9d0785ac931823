import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import type { Project } from '../run/project.js';
import type { Command, Given } from './shared/command.js';
import { JSON_OPTION, RUN_OPTION } from './shared/command.js';
import type { Io } from './shared/io.js';
import { withProject } from './shared/project.js';
import type { RunData } from './shared/run-data.js';
import { openRun } from './shared/run-open.js';

const report = reporter({
  'cli/show-what': 'Name an item, a stage or an output to show.',
  'cli/several-items': '{name} has {count} items: --{option} shapes the table of one.',
});

/** `dag show` */
export const show: Command = {
  name: 'show',
  doc: 'Show what an item or a stage of a run has given: tables, values, and how they came about.',
  args: [
    {
      name: '[what]',
      doc: 'An item (`features@BTCUSDT`), a stage, or one output of it (`clean.bars@BTCUSDT`); or a folder of specs that have families (`events`).',
    },
  ],
  options: [
    RUN_OPTION,
    { flags: '--rows <count>', doc: 'Rows of a table (20).' },
    { flags: '--columns <names>', doc: 'Only these columns, comma-separated.' },
    { flags: '--csv', doc: 'Print the whole table as CSV.' },
    {
      flags: '--warnings',
      doc: 'Print the warnings of items instead, cached ones too; of all items where none is named.',
    },
    JSON_OPTION,
  ],
  examples: [
    'dag show features@BTCUSDT',
    'dag show clean.bars@BTCUSDT --rows 6 --columns ts,close',
    'dag show events',
    'dag show events --csv > events.csv',
    'dag show --warnings',
  ],
  run: (given, io) =>
    withProject(io, async (project) => {
      if (await specs(project, given, io)) return 0;
      const run = await openRun(project, given.text('run'));
      if (given.flag('warnings')) await warn(run, given, io);
      else if (given.args[0] === undefined) refuse(report('cli/show-what', undefined, {}));
      else await tell(run, given, io);
      return 0;
    }),
};

async function warn(run: RunData, given: Given, io: Io): Promise<void> {
  const { warningsOf, warningsText } = await import('./shared/show-warnings.js');
  const found = warningsOf(run, given.args[0]);
  io.out(given.flag('json') ? `${JSON.stringify(found, null, 2)}\n` : warningsText(found));
}

/** Options that shape one table. */
const OF_TABLES = ['csv', 'rows', 'columns'];

/** The specs of a folder, where that is what is named; a table is wanted of a stage of the same name where its form is told. */
async function specs(project: Project, given: Given, io: Io): Promise<boolean> {
  const [what] = given.args;
  const formed = [...OF_TABLES, 'warnings'].some((option) => given.options[option] !== undefined);
  if (what === undefined || formed) return false;
  const { specRows, specText } = await import('./shared/show-specs.js');
  const rows = await specRows(project, what, given.text('run'));
  if (!rows) return false;
  io.out(given.flag('json') ? `${JSON.stringify(rows, null, 2)}\n` : specText(rows, io.width));
  return true;
}

async function tell(run: RunData, given: Given, io: Io): Promise<void> {
  const { listText, recordText, valueText } = await import('./shared/show-text.js');
  const what = given.arg(0);
  const json = given.flag('json');
  const shaped = OF_TABLES.find((option) => given.options[option] !== undefined);
  const record = run.recordNamed(what);
  if (record && run.plainPort(record) === undefined && shaped === undefined) {
    io.out(json ? `${JSON.stringify(record, null, 2)}\n` : recordText(record));
    return;
  }
  const items = run.itemsNamed(what);
  const outputs = run.outputs(what);
  const [output] = outputs;
  // Also where only one of several items gave something: a table alone would not say whose it is.
  if (items.length > 1 || !output) {
    if (shaped !== undefined) {
      const facts = { name: what, count: items.length, option: shaped };
      const hint = `name one, such as ${output?.item.item}; \`dag query\` asks all of them`;
      refuse(report('cli/several-items', undefined, facts, { hint }));
    }
    const giving = new Set(outputs.map(({ item }) => item));
    const without = items.filter((item) => !giving.has(item));
    io.out(listText(outputs, without, json, io.width));
    return;
  }
  const value = valueText(run, output, given, io.width);
  // Programs that ask for data get data alone.
  io.out(record && !json && !given.flag('csv') ? recordText(record) + value : value);
}
