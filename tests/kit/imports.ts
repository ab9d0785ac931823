import { type Frame, isFrame } from '../../engine/frame/frame.js';
import { type Step, stepOf } from '../../nodes/ingest/files/step.js';
import ingest from '../../nodes/ingest/market.js';
import { market as kind } from '../../nodes/kinds/market.js';
import { bareTold, type Told } from './bare.js';
import { ROOT, specsOf } from './specs.js';

/** Imports of real files outside of Jest. */
const DATA = `${ROOT}../shared/data`;
const ALL = { from: Date.UTC(1990, 0, 1), to: Date.UTC(2030, 0, 1) };

/** What is imported: the entries of a market that reads files under `shared/data`, and the symbol. */
export interface Import {
  readonly symbol: string;
  readonly spacing?: string;
  /** A market of `spec/markets/`, which says the rest; with the folder, and that of funding, below `shared/data`. */
  readonly market?: string;
  readonly folder?: string;
  readonly funding?: string;
  /** YAML below `files:`, an entry a line. */
  readonly files?: readonly string[];
  /** Fields of the market besides, as YAML. */
  readonly fields?: string;
  /** Layouts of the test's own: the text of each below its first line, by id. They are named by path. */
  readonly layouts?: Readonly<Record<string, string>>;
}

/** Run an import. */
export async function imported(what: Import): Promise<Told & { readonly step: Step }> {
  const { symbol, spacing = '5m', files = [], fields = '', layouts = {} } = what;
  if (what.market !== undefined) return shipped(what.market, what);
  const path = 'spec/markets/made.yaml';
  const entries = files.map((entry) => `  - ${entry}`).join('\n');
  const head = `market: made\nsource: files\ncalendar: crypto\nspacing: ${spacing}`;
  const texts = new Map([[path, `${head}\n${fields}\nfiles:\n${entries}\n`]]);
  for (const [id, text] of Object.entries(layouts)) {
    texts.set(`spec/layouts/made/${id}.yaml`, `layout: ${id}\n${text}\n`);
  }
  const [market] = specsOf(kind, path, (file) => texts.get(file));
  if (!market) throw new Error('no market was made');
  const params = { market, symbol, span: ALL, warmup: 0, folder: DATA };
  return { ...(await bareTold(ingest, {}, params)), step: stepOf(market) };
}

async function shipped(id: string, { symbol, folder = '', funding }: Import) {
  const [market] = specsOf(kind, id);
  if (!market) throw new Error(`there is no market ${id}`);
  const apart = funding === undefined ? {} : { funding: `${DATA}/${funding}` };
  const params = { market, symbol, span: ALL, warmup: 0, folder: `${DATA}/${folder}`, ...apart };
  return { ...(await bareTold(ingest, {}, params)), step: stepOf(market) };
}

/** A table of an import. */
export async function table(what: Import, name = 'raw'): Promise<Frame> {
  const { outs } = await imported(what);
  const value = outs[name];
  if (!isFrame(value)) throw new Error(`${name} is no table`);
  return value;
}

const MINUTE = 60_000;

/** How many rows two tables have at the same minute, and in how many of them each column differs. */
export function compare(
  a: Frame,
  b: Frame,
  columns: readonly string[],
): { readonly common: number; readonly differing: Readonly<Record<string, number>> } {
  const minute = (t: number) => Math.round(t / MINUTE);
  const at = new Map([...b.time('ts')].map((t, i): [number, number] => [minute(t), i]));
  const pairs = [...a.time('ts')].flatMap((t, i) => {
    const j = at.get(minute(t));
    return j === undefined ? [] : [[i, j] as const];
  });
  const differing = columns.flatMap((name) => {
    const [x, y] = [a.column(name), b.column(name)];
    const count = pairs.filter(([i, j]) => !Object.is(x[i], y[j])).length;
    return count === 0 ? [] : [[name, count] as const];
  });
  return { common: pairs.length, differing: Object.fromEntries(differing) };
}
