import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import type { Explanation } from '../run/plan.js';
import type { Project } from '../run/project.js';
import type { Command, Given } from './shared/command.js';
import { JSON_OPTION, PIPELINE_OPTIONS, RUN_OPTION } from './shared/command.js';
import type { Io } from './shared/io.js';
import { compileOptions, findPipeline, parseSets } from './shared/pipeline.js';
import { withProject } from './shared/project.js';
import { openRun } from './shared/run-open.js';

const report = reporter({
  'cli/no-such-item': '{pipeline} has no item "{item}", and no result has a digest that starts so.',
});

/** `dag why` */
export const why: Command = {
  name: 'why',
  doc: 'Explain an item: what it is made from, and what changed since it was last made. A digest (as in reports) is traced to the item that made it.',
  args: [{ name: '<item>', doc: 'An item such as `features@BTCUSDT`, or the start of a digest.' }],
  options: [
    { flags: '--pipeline <file>', doc: 'The pipeline (that of the last run, with its settings).' },
    ...PIPELINE_OPTIONS,
    RUN_OPTION,
    { flags: '--all', doc: 'Print everything the key is made of.' },
    JSON_OPTION,
  ],
  examples: ['dag why features@BTCUSDT', 'dag why 3fa9c1d2e3'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const name = given.arg(0);
      const digest = /^[0-9a-f]{6,64}$/.test(name) ? await trace(project, name, given) : undefined;
      if (digest !== undefined) {
        io.out(given.flag('json') ? `${JSON.stringify(digest, null, 2)}\n` : digestText(digest));
        return 0;
      }
      const explained = await explain(project, name, given, io);
      io.out(
        given.flag('json')
          ? `${JSON.stringify(explained, null, 2)}\n`
          : await text(explained, given.flag('all')),
      );
      return 0;
    }),
};

async function trace(project: Project, digest: string, given: Given) {
  const { makersOf } = await import('./shared/makers.js');
  const makers = makersOf(await openRun(project, given.text('run')), project.store, digest);
  return makers.length > 0 ? makers : undefined;
}

function digestText(makers: NonNullable<Awaited<ReturnType<typeof trace>>>): string {
  const lines = makers.map(({ item, port, what, at, key, node, run }) => {
    const when = run === undefined ? `made ${at}` : `in run ${run}, made ${at}`;
    return `${item}${port === undefined ? '' : `.${port}`}  ${what}\n  by ${node}, ${when}\n  key ${key}\n  \`dag why ${item}\` tells what it is made from`;
  });
  return `${lines.join('\n')}\n`;
}

async function explain(project: Project, item: string, given: Given, io: Io): Promise<Explanation> {
  const { compile } = await import('../run/compile.js');
  const { explainItem, planPipeline } = await import('../run/plan.js');
  const { file, options } = await settings(project, given, io);
  const compiled = await compile(project, file, options);
  const found = explainItem(project, compiled, item);
  if (found) return found;
  const names = planPipeline(project, compiled).items.map((i) => i.item);
  return refuse(
    report(
      'cli/no-such-item',
      undefined,
      { pipeline: file, item },
      { hint: suggestion(item, names) },
    ),
  );
}

/** The pipeline named on the command line, or that of a run with the settings it had. */
async function settings(project: Project, given: Given, io: Io) {
  const named = given.text('pipeline');
  if (named !== undefined)
    return { file: findPipeline(project.root, io, named), options: compileOptions(given) };
  const { manifest } = await openRun(project, given.text('run'));
  const own = compileOptions(given);
  const profile = own.profile ?? manifest.profile ?? undefined;
  const sets = [...parseSets(manifest.sets), ...(own.sets ?? [])];
  return { file: manifest.file, options: { ...(profile === undefined ? {} : { profile }), sets } };
}

async function text(explained: Explanation, all: boolean): Promise<string> {
  const { reasonText } = await import('../report/reason.js');
  const { item, node, state, reasons, key, preimage, earlier } = explained;
  const since = earlier
    ? `since ${earlier.at} (key ${earlier.key.slice(0, 10)})`
    : 'for the first time';
  const lines = [
    `${item}  (${node})`,
    `${STATES[state]}${key === undefined ? '' : `  key ${key.slice(0, 10)}`}`,
    ...(reasons.length > 0 ? [`${since}:`, ...reasons.map((r) => `  ${reasonText(r)}`)] : []),
    ...(preimage === undefined ? [] : madeFrom(JSON.parse(preimage), all)),
  ];
  return `${lines.join('\n')}\n`;
}

const STATES = {
  cached: 'is known: a run takes it from the store',
  stale: 'would run',
  pending: 'waits for what runs first',
  skipped: 'is skipped',
} as const;

/** The ingredients of a key, one a line; long ones are cut unless all is asked for. */
function madeFrom(preimage: unknown, all: boolean): readonly string[] {
  const { params, inputs, files } = Object(preimage);
  const lines = (what: string, given: unknown) =>
    Object.entries(Object(given)).map(
      ([name, value]) => `  ${what} ${name}: ${shortened(value, all)}`,
    );
  return [
    'made from:',
    ...lines('param', params),
    ...lines('input', inputs),
    ...lines('file', files),
    ...(all ? [JSON.stringify(preimage, null, 2)] : []),
  ];
}

function shortened(value: unknown, all: boolean): string {
  const text = JSON.stringify(value);
  return all || text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
