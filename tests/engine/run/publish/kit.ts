import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readPublished } from '../../../../engine/run/publish/published.js';
import type { RunOptions } from '../../../../engine/run/request.js';
import { defineNode, Frame, optional, port, t, timeColumn } from '../../../../engine/sdk/index.js';
import { readParquet } from '../../../../engine/store/codecs/parquet-read.js';
import { InlineProject, type Ran } from '../../../kit/run.js';

/* Tables that grow day by day, published a file a month as design 3 has it: `lake/cleaned/perp/<id>/<port>/2024-01.parquet`. */

export const HOURS = 6 * 3_600_000;
export const CONTRACT = `contract: rows
doc: Rows of a clock.
columns: { ts: time, x: { type: f64, nullable: true } }
sort: ts
available: { column: ts, plus: 6h }
spacing: 6h
`;
export const days = defineNode({
  type: 'toy.days',
  doc: 'Four rows a day, and as many payments; from the fifth of March some rows may be lacking, or hold nothing.',
  time: 'row',
  in: {},
  out: {
    bars: port.frame('Rows of a clock.', { contract: 'rows' }),
    paid: optional(port.frame('Rows without a clock, unless nobody pays.')),
    total: port.scalar('How many.'),
  },
  params: {
    span: t.span(),
    times: t.number({ default: 1 }),
    name: t.text(),
    pays: t.boolean({ default: true }),
    lacking: t.number({ default: 0 }),
    blank: t.number({ default: 0 }),
    unpaid: t.number({ default: 0 }),
  },
  run(_ins, { span, times, pays, lacking, blank, unpaid }) {
    const fifth = Date.UTC(2024, 2, 5);
    const isAmong = (at: number, rows: number) => at >= fifth && at < fifth + rows * HOURS;
    const all: number[] = [];
    for (let at = span.from; at < span.to; at += HOURS) all.push(at);
    const frameOf = (ts: readonly number[]) => {
      const x = ts.map((at) => (isAmong(at, blank) ? Number.NaN : times * (at / HOURS)));
      return Frame.of({ ts: timeColumn(ts), x: Float64Array.from(x) });
    };
    const bars = frameOf(all.filter((at) => at === fifth || !isAmong(at, lacking)));
    const paid = frameOf(all.filter((at) => at === fifth || !isAmong(at, unpaid)));
    return { bars, ...(pays && { paid }), total: all.length };
  },
});

export const PIPELINE = `dag: growing
params:
  names: { type: list text, default: [AAA, BBB] }
  span: { type: span, default: { from: 2024-01-10, to: 2024-03-15 } }
  times: 1
  pays: true
  lacking: 0
  blank: 0
  unpaid: 0
dimensions:
  symbol: $names
stages:
  days:
    foreach: symbol
    use: toy.days
    with: { span: $span, times: $times, name: $symbol, pays: $pays, lacking: $lacking, blank: $blank, unpaid: $unpaid }
    publish: { bars: { to: lake/cleaned/perp, split: month } }
`;
/** Two tables by month, and what is said of them, in one folder. */
export const TOGETHER = PIPELINE.replace(
  '{ bars: { to: lake/cleaned/perp, split: month } }',
  '{ bars: { to: lake/cleaned/perp, split: month }, paid: { to: lake/cleaned/perp, split: month }, total: lake/cleaned/perp }',
);

/** A project that publishes months, and what stands in its folder. */
export class Months {
  readonly project = new InlineProject([days]);
  readonly folder = join(this.project.root, 'lake/cleaned/perp');

  constructor(pipeline = PIPELINE) {
    this.project.write({ 'dags/growing.yaml': pipeline, 'spec/contracts/rows.yaml': CONTRACT });
  }

  run(sets: Readonly<Record<string, string>> = {}, options: Partial<RunOptions> = {}) {
    const list = Object.entries(sets).map(([path, text]) => ({ path, text }));
    return this.project.run('dags/growing.yaml', { sets: list }, options);
  }

  /** Files by name, each with what changes when it is written. */
  files(): Readonly<Record<string, string>> {
    const names = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    const tables = names.filter((name) => name.endsWith('.parquet')).sort();
    return Object.fromEntries(
      tables.map((name) => {
        const { ino, mtimeMs, ctimeMs } = statSync(join(this.folder, name));
        return [name, `${ino} ${mtimeMs} ${ctimeMs}`];
      }),
    );
  }

  /** Contents by name of all that lies there but the ledger. */
  contents(): Readonly<Record<string, string>> {
    const names = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => statSync(join(this.folder, name)).isFile());
    return Object.fromEntries(
      files
        .filter((name) => !name.startsWith('.published'))
        .sort()
        .map((name) => [name, readFileSync(join(this.folder, name), 'base64')]),
    );
  }

  ledger() {
    const found = readPublished(this.folder);
    if (found === undefined || found === 'damaged') throw new Error('nothing is published');
    return found;
  }

  /** What the ledger says of a file of bars. */
  listed(name: string) {
    return this.ledger().ports.bars?.items[`${name.slice(0, 3)}/bars`]?.files[name];
  }

  /** Rows of an item's bars, all months together: time and value. */
  async rows(item: string): Promise<readonly (readonly [number, number])[]> {
    const months = Object.keys(this.ledger().ports.bars?.items[`${item}/bars`]?.files ?? {});
    const tables = await Promise.all(
      months.sort().map((name) =>
        readParquet(join(this.folder, name), [
          { name: 'ts', dtype: 'time' },
          { name: 'x', dtype: 'f64' },
        ]),
      ),
    );
    return tables.flatMap((table) =>
      Array.from(table.time('ts'), (at, i) => [at, table.column('x')[i] ?? Number.NaN] as const),
    );
  }

  remove(): void {
    this.project.remove();
  }
}

export const warnings = ({ events }: Ran) =>
  events.flatMap((e) => (e.event === 'warning' ? [e.problem.code] : []));
export const problems = ({ events }: Ran) =>
  events.flatMap((e) => (e.event === 'warning' ? [e.problem] : []));
export const told = ({ events }: Ran, kind: 'published' | 'unpublished') =>
  events.flatMap((e) => (e.event === kind ? [e.path.replace('lake/cleaned/perp/', '')] : []));
