import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import { plural } from '../report/format.js';
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

type Makers = NonNullable<Awaited<ReturnType<typeof trace>>>;

/** Makers that are told in full; of more each gets one line, and those alike share one. */
const TOLD = 3;
/** Items of a group that are named before the rest is counted. */
const NAMED = 3;

function digestText(makers: Makers): string {
  const hint = (item: string) => `\`dag why ${item}\` tells what it is made from`;
  const lines =
    makers.length > TOLD
      ? [...alike(makers), `${makers.length} outputs; ${hint(makers[0]?.item ?? '')}`]
      : makers.map((maker) => {
          const { at, key, node, run, item } = maker;
          const when = run === undefined ? `made ${at}` : `in run ${run}, made ${at}`;
          return `${named(maker)}\n  by ${node}, ${when}\n  key ${key}\n  ${hint(item)}`;
        });
  return `${lines.join('\n')}\n`;
}

function named({ item, port, what }: Makers[number]): string {
  return `${item}${port === undefined ? '' : `.${port}`}  ${what}`;
}

/** A line for the makers of one stage and output that are told the same: the first, and how many more. */
function alike(makers: Makers): readonly string[] {
  const groups = new Map<string, Makers[number][]>();
  for (const maker of makers) {
    const id = [maker.item.split('@')[0], maker.port, maker.what].join('\n');
    const group = groups.get(id);
    if (group) group.push(maker);
    else groups.set(id, [maker]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const names = others.slice(0, NAMED).map(({ item }) => item);
    const rest = others.length > NAMED ? ', …' : '';
    const more = `  and ${plural(others.length, 'more item')} alike: ${names.join(', ')}${rest}`;
    return others.length === 0 ? [named(first)] : [named(first), more];
  });
}

async function explain(project: Project, item: string, given: Given, io: Io): Promise<Explanation> {
  const { compile } = await import('../run/compile.js');
  const { explainItem, planPipeline } = await import('../run/plan.js');
  const { file, options } = await settings(project, given, io);
  const compiled = await compile(project, file, options);
  const found = explainItem(project, compiled, item);
  if (found) return found;
  const { items } = planPipeline(project, compiled);
  const own = items.filter((i) => i.stage === item).map((i) => i.item);
  const hint =
    own.length > 0
      ? `the stage has ${plural(own.length, 'item')}, such as ${own[0]}`
      : suggestion(
          item,
          items.map((i) => i.item),
        );
  return refuse(report('cli/no-such-item', undefined, { pipeline: file, item }, { hint }));
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
  const { ingredients } = await import('../report/ingredients.js');
  const { reasonText } = await import('../report/reason.js');
  const { item, node, state, reasons, key, preimage, earlier } = explained;
  const since = earlier
    ? `since ${earlier.at} (key ${earlier.key.slice(0, 10)})`
    : 'for the first time';
  const lines = [
    `${item}  (${node})`,
    `${STATES[state]}${key === undefined ? '' : `  key ${key.slice(0, 10)}`}`,
    ...(reasons.length > 0 ? [`${since}:`, ...reasons.map((r) => `  ${reasonText(r)}`)] : []),
    ...(preimage === undefined ? [] : ingredients(JSON.parse(preimage), all)),
  ];
  return `${lines.join('\n')}\n`;
}

const STATES = {
  cached: 'is known: a run takes it from the store',
  stale: 'would run',
  pending: 'waits for what runs first',
  skipped: 'is skipped',
} as const;
