import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineNode, Frame, port, t, timeColumn } from '../../../../engine/sdk/index.js';
import { readParquet } from '../../../../engine/store/codecs/parquet-read.js';
import { InlineProject } from '../../../kit/run.js';
import { warnings } from './kit.js';

const DAY = 86_400_000;
const CONTRACT = `contract: happened
doc: What happened to whom.
columns: { ts: time, who: text }
sort: [ts, who]
unique: [ts, who]
available: { column: ts, plus: 0m }
silence: who
`;

/** Each of some happens on every so manieth day. */
const happenings = defineNode({
  type: 'toy.happenings',
  doc: 'What happens to some on every so manieth day of a span.',
  time: 'row',
  in: {},
  out: { rows: port.frame('What happened.', { contract: 'happened' }) },
  params: { span: t.span(), every: t.integer({ default: 1 }), whose: t.list(t.text()) },
  run(_ins, { every, whose, span }) {
    const rows: { readonly ts: number; readonly who: string }[] = [];
    for (let ts = span.from; ts < span.to; ts += DAY) {
      const day = new Date(ts).getUTCDate();
      for (const who of whose) if (day % every === 0 || day % 10 === 0) rows.push({ ts, who });
    }
    const table = { ts: timeColumn(rows.map(({ ts }) => ts)), who: rows.map(({ who }) => who) };
    return { rows: Frame.of(table) };
  },
});

const PIPELINE = `dag: happening
params:
  span: { type: span, default: { from: 2024-01-10, to: 2024-03-10 } }
  every: 1
  whose: { type: list text, default: [A, B] }
stages:
  happened:
    use: toy.happenings
    with: { span: $span, every: $every, whose: $whose }
    publish: { rows: { to: lake/happened, split: month } }
`;

let project: InlineProject;
beforeEach(() => {
  project?.remove();
  project = new InlineProject([happenings]);
  project.write({ 'dags/happening.yaml': PIPELINE, 'spec/contracts/happened.yaml': CONTRACT });
});
afterAll(() => project.remove());

const run = (sets: Readonly<Record<string, string>> = {}) =>
  project.run('dags/happening.yaml', {
    sets: Object.entries(sets).map(([path, text]) => ({ path, text })),
  });

async function published(): Promise<readonly string[]> {
  const folder = join(project.root, 'lake/happened');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const fields = [
    { name: 'ts', dtype: 'time' },
    { name: 'who', dtype: 'text' },
  ] as const;
  const tables = await Promise.all(
    names
      .filter((name) => name.endsWith('.parquet'))
      .sort()
      .map((name) => readParquet(join(folder, name), fields)),
  );
  return tables.flatMap((table) =>
    table
      .texts('who')
      .map((who, i) => `${new Date(table.time('ts')[i] ?? 0).toISOString().slice(0, 10)} ${who}`),
  );
}

describe('published rows of what happened', () => {
  it('are those of the rule as it is now, wherever the run looked', async () => {
    await run();
    const second = await run({ every: '5' });
    expect(warnings(second)).toEqual([]);
    const days = ['01-10', '01-15', '01-20', '01-25', '01-30', '02-05', '02-10', '02-15', '02-20'];
    const expected = [...days, '02-25', '03-05', '03-10'].flatMap((day) =>
      ['A', 'B'].map((who) => `2024-${day} ${who}`),
    );
    expect(await published()).toEqual(expected);
  });

  it('stay of others, and of days the run did not look at', async () => {
    await run();
    const before = await published();
    await run({ every: '5', whose: 'B', 'span.to': '2024-02-20' });
    const after = await published();
    expect(after.filter((row) => row.endsWith('A'))).toEqual(before.filter((r) => r.endsWith('A')));
    const mine = after.filter((row) => row.endsWith('B'));
    expect(mine.filter((row) => row <= '2024-02-20 B')).toHaveLength(9);
    expect(mine.filter((row) => row > '2024-02-20 B')).toEqual(
      before.filter((row) => row.endsWith('B') && row > '2024-02-20 B'),
    );
  });
});
