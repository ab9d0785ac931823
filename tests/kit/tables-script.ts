import { stdout } from 'node:process';
import { literal, withDuckdb } from '../../engine/store/codecs/duckdb.js';
import { table } from './imports.js';
import { ROOT } from './specs.js';

/** A Parquet file with rows of many, each imported by itself. */
export interface Shared {
  /** Below `shared/data`. */
  readonly file: string;
  /** Columns that tell whose a row is: of a venue, if any, and of a symbol or coin. */
  readonly who: readonly string[];
  /** SQL for the time in milliseconds, and the column of volumes, if any. */
  readonly time: string;
  readonly volume?: string;
  /** Milliseconds between rows, as the README counts gaps. */
  readonly step: number;
  /** One in so many is imported, in the order of names, and those named besides. */
  readonly every: number;
  readonly also?: readonly string[];
  /** YAML below `files:`, with `{venue}`; and the table they are imported to. */
  readonly files: readonly string[];
  readonly table: string;
  readonly spacing: string;
  readonly quote: string;
  readonly layouts?: Readonly<Record<string, string>>;
}

/** What a README says of a file. */
interface Figures {
  readonly rows: number;
  readonly symbols: number;
  /** UTC, to the minute. */
  readonly first: string;
  readonly last: string;
  readonly gaps: number;
  readonly missing: number;
  readonly doubled: number;
  readonly still: number;
}

/** A whole file by SQL, those that are imported by SQL, and what is imported of them. */
export interface Compared {
  readonly whole: Figures;
  readonly some: Figures;
  readonly read: Figures;
}

const clock = (t: number) => new Date(t).toISOString().slice(0, 16);

/** Figures of a file by SQL, of those among `names` or of all. */
async function told(one: Shared, names?: readonly string[]): Promise<Figures> {
  const path = `${ROOT}../shared/data/${one.file}`;
  const who = one.who.join(` || ' ' || `);
  const among = names ? `where ${who} in (${names.map(literal).join()})` : '';
  const sql = `
    with rows as (select ${who} as who, round((${one.time}) / 60000) * 60000 as t, ${one.volume ?? 'null'} as v
      from ${literal(path)} ${among}),
    steps as (select *, (t - lag(t) over (partition by who order by t)) / ${one.step} as s from rows)
    select count(*), count(distinct who), min(t), max(t), count_if(s > 1), coalesce(sum(round(s) - 1) filter (s > 1), 0),
      count_if(s = 0), count_if(v = 0) from steps`;
  const [row = []] = await asked(path, sql);
  const [
    rows = 0,
    symbols = 0,
    first = 0,
    last = 0,
    gaps = 0,
    missing = 0,
    doubled = 0,
    still = 0,
  ] = row.map(Number);
  return { rows, symbols, first: clock(first), last: clock(last), gaps, missing, doubled, still };
}

async function asked(path: string, sql: string): Promise<readonly (readonly unknown[])[]> {
  return withDuckdb(path, undefined, async (connection) =>
    (await connection.runAndReadAll(sql)).getRows(),
  );
}

async function namesIn({ file, who }: Shared): Promise<readonly string[]> {
  const path = `${ROOT}../shared/data/${file}`;
  const name = who.join(` || ' ' || `);
  const rows = await asked(path, `select distinct ${name} as n from ${literal(path)} order by n`);
  return rows.map(([found]) => String(found));
}

/** The same figures of what is imported, one after another. */
async function read(one: Shared, names: readonly string[]): Promise<Figures> {
  const all = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  const sum = { rows: 0, symbols: 0, gaps: 0, missing: 0, doubled: 0, still: 0 };
  for (const name of names) {
    const [venue = '', coin = venue] = name.split(' ');
    const files = one.files.map((entry) => entry.replaceAll('{venue}', venue));
    const { spacing, layouts = {} } = one;
    const symbol = `${coin}${one.quote}`;
    const frame = await table({ symbol, spacing, files, layouts }, one.table);
    const minutes = Array.from(frame.time('ts'), (t) => Math.round(t / 60_000) * 60_000);
    sum.rows += minutes.length;
    sum.symbols += 1;
    all.first = Math.min(all.first, minutes[0] ?? all.first);
    all.last = Math.max(all.last, minutes.at(-1) ?? all.last);
    minutes.forEach((t, i) => {
      const step = (t - (minutes[i - 1] ?? t - one.step)) / one.step;
      if (step > 1) sum.gaps += 1;
      if (step > 1) sum.missing += Math.round(step) - 1;
      if (step === 0) sum.doubled += 1;
    });
    if (one.volume) sum.still += frame.column('volume').filter((v) => v === 0).length;
  }
  return { ...sum, first: clock(all.first), last: clock(all.last) };
}

const results: Record<string, Compared> = {};
for (const one of JSON.parse(process.argv[2] ?? '[]') as readonly Shared[]) {
  // what the test passes
  const names = await namesIn(one);
  const chosen = names.filter((name, i) => i % one.every === 0 || one.also?.includes(name));
  results[one.file] = {
    whole: await told(one),
    some: await told(one, chosen),
    read: await read(one, chosen),
  };
}
stdout.write(JSON.stringify(results));
