import type { Certificate } from '../pit/certificate.js';
import type { Compiled } from '../run/compile.js';
import type { RunEvent } from '../run/events.js';
import type { Project } from '../run/project.js';
import type { Asked } from './certificates/asked.js';
import type { Told } from './certificates/text.js';
import type { Command, Given } from './shared/command.js';
import { JSON_OPTION, PIPELINE_OPTIONS } from './shared/command.js';
import { explain } from './shared/explain.js';
import type { Io } from './shared/io.js';
import { compileOptions } from './shared/pipeline.js';
import { withProject } from './shared/project.js';

/** `dag pit` */
export const pit: Command = {
  name: 'pit',
  doc: 'The two-run test: does anything change when the future is removed, replaced or missing, or the data start later? Features, events and other specs are tested where a pipeline computes them; of a pipeline every stage that works row by row is. What is not known yet is computed first, in a run that publishes nothing and is never `last`. Exit 1 if something looks ahead.',
  args: [{ name: '<what...>', doc: 'A pipeline, or spec files and folders.' }],
  options: [
    ...PIPELINE_OPTIONS,
    { flags: '--pipeline <file>', doc: 'Where specs are computed (dags/pit.yaml).' },
    {
      flags: '--cuts <count>',
      doc: 'Moments at which the future is taken away, for each item (16).',
    },
    { flags: '--items <count>', doc: 'Items tested of those that compute the same formulas (2).' },
    {
      flags: '--whole <count>',
      doc: 'Of a pipeline: moments at which it is run again from its sources to its end (1).',
    },
    { flags: '--seed <number>', doc: 'Another seed draws other moments and other futures (1).' },
    { flags: '--again', doc: 'Test also what has a certificate and has not changed since.' },
    JSON_OPTION,
  ],
  examples: [
    'dag pit spec/features/volatility/rv.yaml',
    'dag pit spec/events/VOLATILITY_TRANSITION',
    'dag pit dags/smoke.yaml --cuts 40',
  ],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { compile } = await import('../run/compile.js');
      const { askedFor, wantedOf } = await import('./certificates/asked.js');
      const asked = askedFor(project.root, io, given.args, given.text('pipeline'));
      const effort = { cuts: given.whole('cuts', 16), seed: given.whole('seed', 1, 0) };
      const most = given.whole('items', 2);
      const compiled = await compile(project, asked.pipeline, compileOptions(given));
      const ran = await upToDate(project, compiled, io);
      if (ran !== 0) return ran;
      const { pitPipeline } = await import('../pit/pipeline.js');
      const wants = wantedOf(asked.specs);
      const told = given.flag('json') ? undefined : teller(io);
      const report = await pitPipeline(project, compiled, {
        effort,
        most,
        anew: given.flag('again'),
        ...(wants ? { wants } : {}),
        ...(told ? { told } : {}),
      });
      const moments = asked.specs ? 0 : given.whole('whole', 1, 0);
      const { examineWhole } = await import('../pit/whole.js');
      const whole = moments > 0 ? await examineWhole(project, compiled, moments) : undefined;
      return conclude({ ...report, whole }, asked, given, io);
    }),
};

/** The items of the pipeline, computed where they are not known. @returns the exit code, if not 0 */
async function upToDate(project: Project, compiled: Compiled, io: Io): Promise<number> {
  const { runPipeline } = await import('../run/run.js');
  const { executorFor, runOptions } = await import('./shared/executor.js');
  const { Given: None } = await import('./shared/command.js');
  const how = runOptions(new None([], {}));
  const executor = await executorFor(project, how);
  const abort = new AbortController();
  const calm = io.onInterrupt(() => (abort.signal.aborted ? process.exit(130) : abort.abort()));
  try {
    const options = { ...how, by: 'pit' as const, history: () => new Map<string, number>() };
    const said = new Set<string>();
    const emit = (event: RunEvent) => {
      if (event.event !== 'item-ended' || !event.problems?.length) return;
      const text = explain(event.problems, project.root, io.color.err);
      if (!said.has(text)) io.err(text);
      said.add(text);
    };
    const { exit } = await runPipeline(project, compiled, executor, options, emit, abort.signal);
    return exit;
  } finally {
    calm();
    await executor.close();
  }
}

function teller(io: Io): (certificate: Certificate, known: boolean) => void {
  return ({ item, verdict }, known) => {
    if (!known) io.err(`${verdict === 'blind' ? 'tested' : verdict} ${item}\n`);
  };
}

async function conclude(report: Told, asked: Asked, given: Given, io: Io): Promise<number> {
  const { narrowed, untold } = await import('./certificates/asked.js');
  const certificates = report.certificates.flatMap((c) => narrowed(c, asked.specs) ?? []);
  const missed = untold(asked.specs, certificates);
  const told = { ...report, certificates, missed };
  if (given.flag('json')) io.out(`${JSON.stringify(told, null, 2)}\n`);
  else {
    const { pitText } = await import('./certificates/text.js');
    io.out(`${pitText(told, asked)}\n`);
  }
  const found = certificates.some(({ findings }) => findings.length > 0);
  const late = (report.whole?.findings.length ?? 0) > 0;
  return found || late || missed.length > 0 || certificates.length === 0 ? 1 : 0;
}
