import { reporter } from '../diag/diagnostic.js';
import { Refusal, refuse } from '../diag/refusal.js';
import type { Project } from '../run/project.js';
import type { Command, Given } from './shared/command.js';
import { JSON_OPTION, PIPELINE_OPTIONS, RUN_OPTION } from './shared/command.js';
import type { Io } from './shared/io.js';
import { withProject } from './shared/project.js';
import type { RunData } from './shared/run-data.js';
import type { RunItem } from './shared/run-items.js';
import { openRun } from './shared/run-open.js';

/*
 * 1. Digits are traced to who made what has the digest, in the run that has it.
 * 2. `--run`: the record of that run is told; nothing is compiled, since files may have changed.
 * 3. `--pipeline`, `--profile`, `--set`: what a run with these would do.
 * 4. Else both: the record of the last run, then what a run would do now.
 */

const report = reporter({
  'cli/run-and-settings': 'A run had the settings it had: --run does not go with --{option}.',
});

/** `dag why` */
export const why: Command = {
  name: 'why',
  doc: 'Explain an item: what it was made from in the last run, and what has changed since. A digest (as in reports) is traced to the item that made it, in the run that has it.',
  args: [{ name: '<item>', doc: 'An item such as `features@BTCUSDT`, or the start of a digest.' }],
  options: [
    {
      flags: '--pipeline <file>',
      doc: 'What a run of this pipeline would do (that of the last run, with its settings).',
    },
    ...PIPELINE_OPTIONS,
    {
      ...RUN_OPTION,
      doc: 'Only what this run recorded, whatever files say now: `last`, `last~1`, or the start or end of an id.',
    },
    { flags: '--all', doc: 'Print everything the key is made of.' },
    JSON_OPTION,
  ],
  examples: [
    'dag why features@BTCUSDT',
    'dag why features@BTCUSDT --run last~1',
    'dag why 3fa9c1d2e3',
  ],
  run: (given, io) =>
    withProject(io, async (project) => {
      const name = given.arg(0);
      if (/^[0-9a-f]{6,64}$/.test(name) && (await traced(project, name, given, io))) return 0;
      if (given.text('run') !== undefined) return past(project, name, given, io);
      const options = ['pipeline', 'profile', 'set'];
      if (options.some((option) => given.options[option] !== undefined))
        return future(project, name, given, io);
      return both(project, name, given, io);
    }),
};

/** @returns false where nothing has such a digest. */
async function traced(project: Project, digest: string, given: Given, io: Io): Promise<boolean> {
  const { makersOf } = await import('./shared/makers.js');
  const { digestText } = await import('./shared/why-digest.js');
  const makers = makersOf(await openRun(project, given.text('run')), project, digest);
  if (makers.length === 0) return false;
  say(io, given, makers, () => digestText(makers));
  return true;
}

async function past(project: Project, name: string, given: Given, io: Io): Promise<number> {
  for (const option of ['pipeline', 'profile', 'set'])
    if (given.options[option] !== undefined)
      refuse(report('cli/run-and-settings', undefined, { option }));
  const { recorded } = await import('./shared/recorded.js');
  const { recordedLines } = await import('./shared/why-text.js');
  const run = await openRun(project, given.text('run'));
  const item = itemOf(run, name);
  if (!item) {
    const { noSuchItem } = await import('./shared/why-now.js');
    return noSuchItem(project, `Run ${run.entry.id} of ${run.manifest.pipeline}`, name, run.items);
  }
  const found = recorded(project, run, item) ?? run.noRecord(item);
  say(io, given, found, () => text(recordedLines(found, given.flag('all'))));
  return 0;
}

async function future(project: Project, name: string, given: Given, io: Io): Promise<number> {
  const { asked, explainNow } = await import('./shared/why-now.js');
  const { nowLines } = await import('./shared/why-text.js');
  const last = given.text('pipeline') === undefined ? await openRun(project) : undefined;
  const explained = await explainNow(project, name, asked(project, given, io, last));
  say(io, given, explained, () => text(nowLines(explained, given.flag('all'))));
  return 0;
}

async function both(project: Project, name: string, given: Given, io: Io): Promise<number> {
  const { recorded } = await import('./shared/recorded.js');
  const { asked, tryNow } = await import('./shared/why-now.js');
  const { nowLines, recordedLines } = await import('./shared/why-text.js');
  const all = given.flag('all');
  const run = await openRun(project);
  const item = itemOf(run, name);
  const found = item && recorded(project, run, item);
  const past = found ? recordedLines(found, all) : item ? unrecorded(run, item) : [];
  const now = await tryNow(project, name, asked(project, given, io, run));
  if (!(now instanceof Refusal)) {
    const told = item && { key: found?.key };
    const lines = () => text([...past, ...nowLines(now, all, told)]);
    say(io, given, { ...now, recorded: found ?? null }, lines);
    return 0;
  }
  if (!item) throw now;
  // What the run had stands, whatever the files say now.
  const { toJson } = await import('../diag/json.js');
  const problems = toJson(now.diagnostics);
  const lines = () => text([...past, `now: ${run.manifest.file} cannot tell:`]);
  say(io, given, { item: name, recorded: found ?? null, problems }, lines);
  if (given.flag('json')) return 2;
  const { explain } = await import('./shared/explain.js');
  io.err(`${explain(now.diagnostics, project.root, io.color.err)}\n`);
  return 2;
}

function unrecorded({ entry, manifest }: RunData, { item, outcome }: RunItem): readonly string[] {
  return [item, `in run ${entry.id} of ${manifest.pipeline}: ${outcome}, and gave nothing`];
}

function itemOf(run: RunData, name: string) {
  return run.items.find(({ item }) => item === name);
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function say(io: Io, given: Given, data: unknown, lines: () => string): void {
  io.out(given.flag('json') ? `${JSON.stringify(data, null, 2)}\n` : lines());
}
