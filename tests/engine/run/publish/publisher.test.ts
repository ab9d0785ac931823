import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commit } from '../../../../engine/run/publish/commit.js';
import { copyOf } from '../../../../engine/run/publish/copy.js';
import { publishedText, readPublished } from '../../../../engine/run/publish/published.js';
import { InlineProject, type Ran } from '../../../kit/run.js';
import { TOY_NODES } from '../../../kit/toy-nodes.js';

/** Tables of ids that a parameter lists; those above the limit fail. */
const PIPELINE = `dag: tables
doc: Tables, published.
params:
  names: { type: list text, default: [a, b] }
  times: 1
  limit: 100
profiles:
  other: { names: [b, c], times: 3 }
dimensions:
  name: $names
stages:
  numbers: { foreach: name, use: toy.numbers, with: { times: $times, name: $name } }
  tables: { foreach: name, use: toy.fail, in: { frame: numbers.frame }, with: { limit: $limit }, publish: { frame: lake/tables } }
out: { frames: tables.frame }
`;

let project: InlineProject;
let folder: string;
beforeEach(() => {
  project = new InlineProject(TOY_NODES);
  project.write({ 'dags/tables.yaml': PIPELINE });
  folder = join(project.root, 'lake/tables');
});
afterEach(() => project.remove());

function run(sets: Readonly<Record<string, string>> = {}, profile?: string): Promise<Ran> {
  const list = Object.entries(sets).map(([path, text]) => ({ path, text }));
  return project.run('dags/tables.yaml', { sets: list, ...(profile && { profile }) });
}
const copies = () =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.includes('.published') && statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'base64')]),
  );
const warnings = ({ events }: Ran) =>
  events.flatMap((e) => (e.event === 'warning' ? [[e.problem.code, e.problem.message]] : []));
const told = ({ events }: Ran, kind: 'published' | 'unpublished') =>
  events.flatMap((e) => (e.event === kind ? [e.path] : []));

describe('a published folder', () => {
  it('mirrors one run: what another profile published goes', async () => {
    await run();
    const own = copies();
    const second = await run({}, 'other');
    expect(Object.keys(copies())).toEqual(['b/frame.parquet', 'c/frame.parquet']);
    expect(copies()['b/frame.parquet']).not.toBe(own['b/frame.parquet']);
    expect(told(second, 'unpublished')).toEqual(['lake/tables/a/frame.parquet']);
    expect(existsSync(join(folder, 'a'))).toBe(false);
    expect(readPublished(folder)).toMatchObject({
      pipeline: 'tables',
      ports: {
        frame: {
          stage: 'tables',
          run: second.run,
          profile: 'other',
          params: { names: ['b', 'c'], times: 3 },
          items: { 'c/frame': { files: { 'c/frame.parquet': { rows: 3 } } } },
          writing: {},
        },
      },
    });
    expect(warnings(second)).toEqual([]);
  });

  it('keeps the last whole publication when an item fails, and says so', async () => {
    const first = await run();
    const before = copies();
    const failing = await run({ names: 'a,b,c', times: '70' });
    expect(failing.exit).toBe(1);
    expect(warnings(failing)).toEqual([
      ['publish/kept', `tables: 3 of 3 items failed; lake/tables still holds run ${first.run}.`],
    ]);
    expect(copies()).toEqual(before);
    expect(told(failing, 'published')).toEqual([]);
    await run({ names: 'a,b,c', times: '7' });
    expect(Object.keys(copies())).toHaveLength(3);
  });

  it('holds nothing after a first run that fails', async () => {
    expect(warnings(await run({ limit: '1' }))).toEqual([
      ['publish/kept', 'tables: 2 of 2 items failed; lake/tables still holds nothing of it.'],
    ]);
    expect(existsSync(folder)).toBe(false);
  });

  it('is left alone by a warm run, of which it only looks at sizes and times', async () => {
    await run();
    const ledger = statSync(join(folder, '.published.json')).ctimeMs;
    const warm = await run();
    expect(told(warm, 'published')).toEqual([]);
    expect(statSync(join(folder, '.published.json')).ctimeMs).toBe(ledger);
    expect(warm.summary.outs['frames@a']?.path).toBe('lake/tables/a/frame.parquet');
  });

  it('is restored where a copy was changed or lost; one that was only touched is listed anew', async () => {
    await run();
    const before = copies();
    writeFileSync(join(folder, 'a/frame.parquet'), 'garbage');
    writeFileSync(
      join(folder, 'b/frame.parquet'),
      Buffer.from(before['b/frame.parquet'] ?? '', 'base64'),
    );
    expect(told(await run(), 'published')).toEqual(['lake/tables/a/frame.parquet']);
    expect(copies()).toEqual(before);
    rmSync(join(folder, 'b'), { recursive: true });
    expect(told(await run(), 'published')).toEqual(['lake/tables/b/frame.parquet']);
    expect(copies()).toEqual(before);
  });

  it('never loses what people put there or changed', async () => {
    await run();
    writeFileSync(join(folder, 'a/frame.parquet'), 'edited');
    writeFileSync(join(folder, 'NOTES.md'), 'mine');
    const second = await run({ names: 'b' });
    expect(Object.keys(copies())).toEqual(['NOTES.md', 'a/frame.parquet', 'b/frame.parquet']);
    const [edited, alien] = warnings(second).map(([, message]) => message);
    expect(edited).toContain('a/frame.parquet (changed by hand');
    expect(alien).toContain('NOTES.md (not published');
    expect(warnings(await run({ names: 'b' }))).toEqual([]);
  });

  it('does not replace a file that nobody published', async () => {
    await run();
    project.write({ 'lake/tables/c/frame.parquet': 'mine' });
    const before = copies();
    const second = await run({ names: 'b,c' });
    expect(warnings(second)).toMatchObject([
      ['publish/in-the-way', expect.stringContaining('c/frame.parquet')],
    ]);
    expect(copies()).toEqual(before);
  });

  it('is published anew where its ledger is damaged', async () => {
    await run();
    const before = copies();
    const ledger = readFileSync(join(folder, '.published.json'), 'utf8');
    project.write({
      'lake/tables/.published.json': ledger.replaceAll('a/frame', 'x/frame'),
      'lake/tables/a/frame.parquet': 'garbage',
    });
    expect(warnings(await run())).toMatchObject([
      ['publish/no-ledger', expect.anything()],
      ['publish/set-aside', expect.stringContaining('a/frame.parquet')],
    ]);
    // Nobody could know whose the other content was: it is not lost.
    const aside = Buffer.from('garbage').toString('base64');
    expect(copies()).toEqual({ ...before, 'a/frame.parquet.aside': aside });
    expect(warnings(await run())).toEqual([]);
  });

  it('does not change while a folder stands where a copy must go', async () => {
    await run();
    const before = copies();
    rmSync(join(folder, 'b/frame.parquet'));
    project.write({ 'lake/tables/b/frame.parquet/x': '' });
    const { 'b/frame.parquet': _copy, ...others } = before;
    expect(warnings(await run({ times: '5' }))).toMatchObject([
      ['publish/in-the-way', expect.stringContaining('b/frame.parquet')],
    ]);
    expect(copies()).toMatchObject(others);
    rmSync(join(folder, 'b/frame.parquet'), { recursive: true });
    expect(warnings(await run())).toEqual([]);
    expect(copies()).toEqual(before);
  });

  it('heals after a process that ended while it changed', async () => {
    await run();
    const before = copies();
    // The second of two renames fails: the first copy is in place, the ledger is not written.
    const copy = await copyOf(folder, { name: 'n/frame.parquet', value: 'new' });
    const lost = { ...copy, name: 'b/frame.parquet', temporary: join(folder, 'nothing') };
    const published = Object(readPublished(folder));
    const port = { ...published.ports.frame, items: {} };
    const both = { port, copies: [copy, lost].map((c) => ({ own: c.name, copy: c })) };
    const wanted = new Map([['frame', both]]);
    expect(() => commit(folder, published, wanted, new Set())).toThrow('ENOENT');
    expect(existsSync(join(folder, 'n/frame.parquet'))).toBe(true);
    expect(Object.keys(Object(readPublished(folder)).ports.frame.writing)).toHaveLength(2);
    expect(warnings(await run({ limit: '0' }))[0]?.[1]).toContain('half replaced');
    const healed = await run();
    expect(copies()).toEqual(before);
    expect(warnings(healed)).toEqual([]);
    expect(told(healed, 'unpublished')).toEqual(['lake/tables/n/frame.parquet']);
  });

  it('heals after a process that ended before it removed what is old', async () => {
    await run();
    const old = readFileSync(join(folder, 'a/frame.parquet'));
    const before = Object(readPublished(folder));
    await run({}, 'other');
    // As it was between the third step and the fourth: all copies in place, `a` not yet removed, the ledger old.
    const after = Object(readPublished(folder)).ports.frame.items;
    const put = (name: string) => [after[`${name}/frame`].files[`${name}/frame.parquet`]];
    const writing = { 'b/frame.parquet': put('b'), 'c/frame.parquet': put('c') };
    const frame = { ...before.ports.frame, writing };
    project.write({
      'lake/tables/.published.json': publishedText({ ...before, ports: { frame } }),
    });
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a/frame.parquet'), old);
    const healed = await run({ names: 'a' });
    expect(warnings(healed)).toEqual([]);
    expect(Object.keys(copies())).toEqual(['a/frame.parquet']);
    expect(told(healed, 'unpublished')).toHaveLength(2);
  });

  it('forgets skipped items, and an output that is no longer published', async () => {
    const text = PIPELINE.replace(
      'publish: { frame: lake/tables }',
      "when: '$name != $skip', publish: { frame: lake/tables }",
    ).replace('  limit: 100', '  limit: 100\n  skip: none');
    const two = text.replace(
      'with: { times: $times, name: $name } }',
      'with: { times: $times, name: $name }, publish: { frame: lake/raw_numbers, total: lake/raw_numbers } }',
    );
    project.write({ 'dags/tables.yaml': two });
    await run();
    const raw = join(project.root, 'lake/raw_numbers/a');
    expect(readdirSync(raw).sort()).toEqual(['frame.parquet', 'total.json']);
    await run({ skip: 'a' });
    expect(Object.keys(copies())).toEqual(['b/frame.parquet']);
    project.write({ 'dags/tables.yaml': two.replace('frame: lake/raw_numbers, ', '') });
    await run();
    expect(readdirSync(raw)).toEqual(['total.json']);
  });

  it('stays whole where the table of its points fails', async () => {
    const listed = (check: string) => `dag: listed
doc: Items that a run finds.
dimensions:
  row: list.rows
stages:
  list: { use: toy.list, expect: ['${check}'] }
  numbers: { foreach: row, use: toy.numbers, publish: { frame: lake/tables } }
out: { frames: numbers.frame }
`;
    project.write({ 'dags/listed.yaml': listed('rows(rows) > 0') });
    const first = await project.run('dags/listed.yaml');
    expect(Object.keys(copies())).toHaveLength(2);
    project.write({ 'dags/listed.yaml': listed('rows(rows) > 2') });
    expect(warnings(await project.run('dags/listed.yaml'))).toEqual([
      [
        'publish/kept',
        `numbers: not every row is known; lake/tables still holds run ${first.run}.`,
      ],
    ]);
    expect(Object.keys(copies())).toHaveLength(2);
  });

  it('belongs to one pipeline, which is told before anything is computed', async () => {
    await run();
    project.write({ 'dags/thief.yaml': PIPELINE.replace('dag: tables', 'dag: thief') });
    await expect(project.run('dags/thief.yaml')).rejects.toThrow('publish/not-ours');
    expect(readdirSync(join(project.root, 'lake/runs'))).toHaveLength(1);
  });
});
