import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { Context, Frame } from '../../../engine/sdk/index.js';
import type { Held } from '../../kinds/market-files.js';
import { DATASETS, type Range, type Read } from '../tables/given.js';
import { namesAmong } from './among.js';
import {
  baseOf,
  type Found,
  filesOf,
  type Market,
  matcher,
  type Part,
  partOf,
  sourcesOf,
} from './find.js';
import { fold } from './fold.js';
import { type Merged, merge } from './merge.js';
import { meant } from './nearest.js';
import { attempt } from './open.js';
import { readFile, type Task } from './read.js';
import type { Rows } from './rows.js';
import { brokenRows } from './rules.js';
import { type Step, stepOf } from './step.js';
import { expectedNames, nearest, shown, strays } from './strays.js';
import { frameOf, hasBars, TABLE_OF } from './tables.js';
import { clock, type Refuse, refusals, Tally } from './tell.js';

/** Folders of files: funding may lie elsewhere. */
export type Folders = Readonly<Record<Part, string>>;
type Beside = Exclude<Held, 'bars' | 'funding'>;
/** Top of book by bar is what the simulator gives; files hold the quotes it is made of. */
const IN_FILES: readonly Beside[] = DATASETS.filter((data) => data !== 'tob');
type Names = Readonly<Record<Part, readonly string[]>>;

/** What is read: a symbol's files of a market, as far as they touch a range. */
interface Job {
  readonly market: Market;
  readonly symbol: string;
  readonly range: Range;
  readonly folders: Folders;
  readonly names: Names;
  readonly found: readonly Found[];
  readonly refuse: Refuse;
  readonly ctx: Context;
}

/**
 * Tables of one symbol of a market that reads files: bars, and every other data set that the node was found to give.
 * @throws what `FILE_ERRORS` names
 */
export async function readMarket(
  market: Market,
  symbol: string,
  range: Range,
  folders: Folders,
  ctx: Context,
): Promise<Read> {
  const refuse = refusals(ctx);
  const names = {
    others: namesAmong(ctx.files, folders.others),
    funding: namesAmong(ctx.files, folders.funding),
  };
  const found = [
    ...filesOf(market, sourcesOf(market, 'others'), names.others, symbol, range),
    ...filesOf(market, sourcesOf(market, 'funding'), names.funding, symbol, range),
  ];
  const job = { market, symbol, range, folders, names, found, refuse, ctx };
  tellStrays(job);
  if (!found.some(({ data }) => data === 'bars')) refuseNoBars(job);
  const tables: Partial<Record<Beside, Frame>> = {};
  for (const data of IN_FILES) if (ctx.gives(data)) tables[data] = await table(data, job);
  const raw = await table('bars', job);
  const funding = ctx.gives('funding') ? { funding: await table('funding', job) } : {};
  return { raw, ...funding, ...tables };
}

/** Data sets besides bars and funding of which some file, of whatever symbol, is among the names. */
export function heldBy(market: Market, names: readonly string[]): ReadonlySet<Beside> {
  const held = new Set<Beside>();
  for (const source of market.files) {
    const { data } = source;
    if (data === 'bars' || data === 'funding' || held.has(data)) continue;
    if (names.some(matcher(market, source))) held.add(data);
  }
  return held;
}

/** Rows of one data set: every file is read, files of bars of one length are merged, and finer bars put together. */
async function table(data: Held, job: Job): Promise<Frame> {
  const { market, range, refuse, ctx } = job;
  const tally = new Tally();
  const step = stepOf(market);
  const byStep = new Map<string, { readonly of: Step; readonly rows: Rows[] }>();
  const tasks = tasksOf(data, job);
  for (const task of tasks) {
    const rows = await readFile(task, refuse, tally, ctx.signal);
    const known = byStep.get(task.step.text)?.rows ?? [];
    byStep.set(task.step.text, { of: task.step, rows: [...known, rows] });
  }
  const wide = hasBars(TABLE_OF[data]) ? aligned(range, step) : range;
  const parts = [...byStep.values()].map(({ of, rows }): Rows => {
    const merged = merge(TABLE_OF[data], rows, wide, refuse, tally);
    const whole =
      of.text === step.text
        ? merged
        : fold(merged, brokenRows(TABLE_OF[data], merged), of.longest, step, tally);
    return partOfAll(whole, `${data} of ${of.text}`);
  });
  const [only] = parts;
  const done = parts.length === 1 && wide.from === range.from && wide.to === range.to;
  const all = done && only ? only : merge(TABLE_OF[data], parts, range, refuse, tally);
  tally.tell(ctx, data);
  if (all.ts.length === 0 && data !== 'bars' && expects(data, job)) {
    const { symbol } = job;
    const facts = { data, symbol, from: clock(range.from), to: clock(range.to) };
    const [expected = 'none'] = expectedNames(market, symbol, data);
    if (tasks.length > 0) ctx.warn('ingest/no-data', facts);
    else ctx.warn('ingest/no-data-file', { ...facts, expected });
  }
  return frameOf(TABLE_OF[data], all);
}

/** Does the market say where the data set lies? */
function expects(data: Held, { market }: Job): boolean {
  return market.files.some((source) => source.data === data);
}

function tasksOf(data: Held, { market, symbol, folders, names, found }: Job): readonly Task[] {
  const whose = { symbol, base: baseOf(symbol, market.quote) };
  return found
    .filter((file) => file.data === data)
    .map((file) => {
      const part = partOf(file.source);
      const beside = `${file.name}.CHECKSUM`;
      const checksum = names[part].includes(beside) ? join(folders[part], beside) : undefined;
      const step = stepOf(market, file.source);
      return { ...file, path: join(folders[part], file.name), checksum, whose, step };
    });
}

/** Names of all plain files in a folder and below it, to tell what is there instead of what was looked for. */
function namesIn(folder: string, refuse: Refuse): readonly string[] {
  if (!existsSync(folder)) {
    const beside = existsSync(dirname(folder)) ? readdirSync(dirname(folder)) : [];
    refuse('ingest/no-such-folder', { path: folder, hint: meant(basename(folder), beside) });
  }
  const entries = attempt(folder, refuse, () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }),
  );
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length))
    .map((name) => name.replaceAll(sep, '/'))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The range widened to whole bars. */
function aligned({ from, to }: Range, { open, end }: Step): Range {
  return { from: open(from), to: open(to) === to ? to : end(open(to)) };
}

function partOfAll({ ts, columns }: Merged, file: string): Rows {
  const values = new Map([...columns].filter(([name]) => name !== 'close_ts'));
  return { file, ts, columns: values, id: undefined, length: ts.length, rowOf: (i) => i + 1 };
}

function refuseNoBars({ market, symbol, folders, refuse }: Job): never {
  const there = namesIn(folders.others, refuse);
  const forms = expectedNames(market, symbol, 'bars');
  const near = nearest(there, forms);
  const [expected] = nearest(forms, near.slice(0, 1));
  const alike = near.filter((name) => name.includes(symbol));
  return refuse('ingest/no-files', {
    symbol,
    folder: folders.others,
    interval: stepOf(market).text,
    expected: expected ?? 'none',
    found: near.length === 0 ? 'nothing' : shown(alike.length > 0 ? alike : near),
  });
}

/** Files that lie there and that nobody reads. */
function tellStrays({ market, symbol, folders, refuse, ctx }: Job): void {
  const there = [folders.others, folders.funding].flatMap((folder) => namesIn(folder, refuse));
  const files = strays(market, symbol, [...new Set(there)]);
  const [first] = files;
  if (first === undefined) return;
  const [expected] = nearest(expectedNames(market, symbol), [first]);
  const facts = { market: market.id, count: files.length, files: shown(files), expected };
  ctx.warn('ingest/stray-files', facts);
}
