import { Refusal } from '../diag/refusal.js';
import type { Compiled } from '../run/compile.js';
import type { Project } from '../run/project.js';
import type { RunResult } from '../run/request.js';
import type { Executor } from '../run/task.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION, PIPELINE_OPTIONS } from './shared/command.js';
import { conclude } from './shared/conclude.js';
import type { HowToRun } from './shared/executor.js';
import { explain } from './shared/explain.js';
import type { Io } from './shared/io.js';
import { compileOptions, findPipeline } from './shared/pipeline.js';
import { withProject } from './shared/project.js';
import { questionOf } from './shared/question.js';
import { reporters, type Shown } from './shared/reporters.js';

/** `dag run` */
export const run: Command = {
  name: 'run',
  doc: 'Run a pipeline: what is known is taken from the store, the rest is executed.',
  args: [{ name: '<pipeline>', doc: 'A file, or the name of one in dags/.' }],
  options: [
    ...PIPELINE_OPTIONS,
    { flags: '--threads <count>', doc: 'Worker threads (all cores).' },
    {
      flags: '--memory <size>',
      doc: 'Memory that running items may take together (2GiB, or half of what there is).',
    },
    {
      flags: '--executor <name>',
      doc: '`threads` (default), or `inline`: one item after the other in this process.',
    },
    { flags: '--fail-fast', doc: 'Start nothing else once an item has failed.' },
    {
      flags: '--durability <name>',
      doc: '`relaxed` (default), or `run`: results survive a power cut.',
    },
    {
      flags: '--prune',
      doc: 'Where tables are published by month, drop items, months and rows that this run does not have.',
    },
    { flags: '--plain', doc: 'Plain lines instead of the live block.' },
    {
      flags: '--recheck',
      doc: 'Compile, and look up every item, also when nothing has moved since the last such run.',
    },
    JSON_OPTION,
  ],
  examples: [
    'dag run dags/smoke.yaml',
    'dag run tournament --profile binance --set raw=../data/klines',
    'dag run tournament --set fdr=0.1 --set symbols=BTCUSDT,ETHUSDT --threads 4',
  ],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { executorFor, runOptions } = await import('./shared/executor.js');
      // Wrong options are told before anything is compiled.
      const how = runOptions(given);
      const file = findPipeline(project.root, io, given.arg(0));
      const options = compileOptions(given);
      const shown = { json: given.flag('json'), plain: given.flag('plain') };
      // Its first thread takes as long to start as the pipeline to compile.
      const executor = await executorFor(project, how);
      const { compile } = await import('../run/compile.js');
      const result = await compile(project, file, options)
        .then((compiled) => execute(project, compiled, executor, how, shown, io))
        .finally(() => executor.close());
      if (typeof result === 'number') return result;
      if (result.answer && !given.flag('recheck')) {
        const { writeStanding } = await import('../run/standing/standing.js');
        const asked = { named: given.arg(0), file, how, shown };
        writeStanding(project.lake, questionOf(project, io), { ...asked, ...result.answer });
      }
      return result.exit;
    }),
};

/** @returns the exit code where the run could not go on. */
async function execute(
  project: Project,
  compiled: Compiled,
  executor: Executor,
  how: HowToRun,
  shown: Shown,
  io: Io,
): Promise<RunResult | number> {
  const { runPipeline } = await import('../run/run.js');
  const { stageSeconds } = await import('../run/history.js');
  const options = { ...how, history: () => stageSeconds(project) };
  const told = await reporters(project, shown, io);
  const abort = new AbortController();
  const calm = io.onInterrupt(() => interrupted(abort, io));
  try {
    const result = await runPipeline(project, compiled, executor, options, told.take, abort.signal);
    told.close();
    const { run: id, summary } = result;
    if (!shown.json) await conclude(project, compiled.graph.name, id, summary, io);
    return result;
  } catch (error) {
    told.close();
    // What a run refuses is not the spec's fault: a full disk, a folder somebody else publishes to.
    if (!(error instanceof Refusal)) throw error;
    io.err(explain(error.diagnostics, project.root, io.color.err));
    return abort.signal.aborted ? 130 : 1;
  } finally {
    calm();
    const unlogged = await told.flush();
    if (unlogged !== undefined) io.err(`the log of the run could not be written: ${unlogged}\n`);
  }
}

/** The first interrupt lets running items end; the second ends the process. */
function interrupted(abort: AbortController, io: Io): void {
  if (abort.signal.aborted) process.exit(130);
  io.err('\ninterrupted: what runs may end; once more to stop at once\n');
  abort.abort();
}
