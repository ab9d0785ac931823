import { Refusal } from '../diag/refusal.js';
import type { RunLog } from '../report/log.js';
import type { Reporter, Screen } from '../report/reporter.js';
import type { Compiled } from '../run/compile.js';
import type { RunEvent } from '../run/events.js';
import type { Project } from '../run/project.js';
import type { RunResult } from '../run/run.js';
import type { Command, Given } from './shared/command.js';
import { JSON_OPTION, PIPELINE_OPTIONS } from './shared/command.js';
import type { HowToRun } from './shared/executor.js';
import { explain } from './shared/explain.js';
import type { Io } from './shared/io.js';
import { compileOptions, findPipeline } from './shared/pipeline.js';
import { withProject } from './shared/project.js';

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
    { flags: '--plain', doc: 'Plain lines instead of the live block.' },
    JSON_OPTION,
  ],
  examples: [
    'dag run dags/smoke.yaml',
    'dag run tournament --profile binance --set raw=../data/klines',
    'dag run tournament --set fdr=0.1 --set symbols=BTCUSDT,ETHUSDT --threads 4',
  ],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { compile } = await import('../run/compile.js');
      const { runOptions } = await import('./shared/executor.js');
      // Wrong options are told before anything is compiled.
      const how = runOptions(given);
      const compiled = await compile(
        project,
        findPipeline(project.root, io, given.arg(0)),
        compileOptions(given),
      );
      return execute(project, compiled, how, given, io);
    }),
};

async function execute(
  project: Project,
  compiled: Compiled,
  how: HowToRun,
  given: Given,
  io: Io,
): Promise<number> {
  const { runPipeline } = await import('../run/run.js');
  const { stageSeconds } = await import('../run/history.js');
  const { executorFor } = await import('./shared/executor.js');
  const options = { ...how, history: () => stageSeconds(project) };
  const executor = await executorFor(project, how);
  const told = await reporters(project, given, io);
  const abort = new AbortController();
  const calm = io.onInterrupt(() => interrupted(abort, io));
  try {
    const result = await runPipeline(project, compiled, executor, options, told.take, abort.signal);
    told.close();
    if (!given.flag('json')) await conclude(project, compiled, result, io);
    return result.exit;
  } catch (error) {
    told.close();
    // What a run refuses is not the spec's fault: a full disk, a folder somebody else publishes to.
    if (!(error instanceof Refusal)) throw error;
    io.err(explain(error.diagnostics, project.root, io.color.err));
    return abort.signal.aborted ? 130 : 1;
  } finally {
    calm();
    await executor.close();
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

async function reporters(
  project: Project,
  given: Given,
  io: Io,
): Promise<Reporter & Pick<RunLog, 'flush'>> {
  const { runLog } = await import('../report/log.js');
  const json = given.flag('json');
  const screen: Screen = {
    write: json ? io.out : io.err,
    color: io.color.err && !json,
    width: io.width || 100,
    now: io.now,
    explain: (problems) => explain(problems, project.root, io.color.err && !json),
  };
  const reporter = await shown(json, io.live && !given.flag('plain'), screen);
  const log = runLog(project.lake);
  return {
    take(event: RunEvent) {
      reporter.take(event);
      log.take(event);
    },
    close: () => reporter.close(),
    flush: () => log.flush(),
  };
}

async function shown(json: boolean, live: boolean, screen: Screen): Promise<Reporter> {
  if (json) return (await import('../report/json-lines.js')).jsonLines(screen);
  if (live) return (await import('../report/live.js')).liveBlock(screen);
  return (await import('../report/plain.js')).plainLines(screen);
}

/** How the run ended, and the small tables among the pipeline's outputs. */
async function conclude(
  project: Project,
  compiled: Compiled,
  { run: id, summary }: RunResult,
  io: Io,
): Promise<void> {
  const { summaryText } = await import('../report/summary.js');
  io.out(`${summaryText(compiled.graph.name, id, summary, { color: io.color.out })}\n`);
  if (!Object.values(summary.outs).some((out) => out.kind === 'frame')) return;
  const { outTables } = await import('./shared/out-tables.js');
  for (const text of await outTables(project, id, io.width)) io.out(`\n${text}\n`);
}
