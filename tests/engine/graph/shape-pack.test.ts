import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compile } from '../../../engine/run/compile.js';
import { defineNode, Frame, port, type Shape, t } from '../../../engine/sdk/index.js';
import { InlineProject } from '../../kit/run.js';

const column = (name: string): Shape['columns'][number] => {
  return { name, dtype: 'f64', taint: 'feature', delay: 0 };
};
let told: string[] = [];

const source = defineNode({
  type: 'toy.source',
  doc: 'A table with the columns it is told to have.',
  time: 'row',
  in: {},
  out: { frame: port.frame('The table.') },
  params: {
    columns: t.list(t.text(), { doc: 'Names.' }),
    folder: t.optional(t.text({ doc: 'Looked into.' })),
    delay: t.number({ default: 0, doc: 'Of the columns; below zero: since ever.' }),
    rows: t.integer({ default: 1, doc: 'Nobody asks for it before the run.' }),
  },
  errors: { 'toy/twice': 'Column {name} is there twice.' },
  shape(_, { columns, folder, delay }, ctx) {
    told.push(`source ${columns.join()}`);
    if (folder !== undefined) ctx.list(folder, '*');
    const twice = columns.find((name, i) => columns.indexOf(name) !== i);
    if (twice) ctx.wrong('columns', 'toy/twice', { name: twice });
    const since = delay < 0 ? Number.NEGATIVE_INFINITY : delay;
    return { frame: { columns: columns.map((name) => ({ ...column(name), delay: since })) } };
  },
  run: (_, { columns, rows }) => ({
    frame: Frame.of(Object.fromEntries(columns.map((name) => [name, new Float64Array(rows)]))),
  }),
});

const sink = defineNode({
  type: 'toy.sink',
  doc: 'Reads the first columns of a table.',
  time: 'row',
  in: { frame: port.frame('A table.') },
  out: { frame: port.frame('The same.') },
  params: { count: t.integer({ default: 1, doc: 'How many.' }) },
  shape: ({ frame }) => {
    told.push(`sink ${frame?.columns.map(({ name }) => name).join()}`);
    return frame ? { frame } : {};
  },
  reads: ({ count }, { frame }) => ({
    frame: frame?.columns.slice(0, count).map((c) => c.name) ?? [],
  }),
  run: ({ frame }) => ({ frame }),
});

const pipeline = (columns: string, more = '', count = 1) => `dag: one
doc: Two items.
stages:
  source: { use: toy.source, with: { columns: ${columns}${more} } }
  sink: { use: toy.sink, in: { frame: source.frame }, with: { count: ${count} } }
out: { frame: sink.frame }
`;

let project: InlineProject;
beforeEach(() => {
  project = new InlineProject([source, sink]);
});
afterEach(() => project.remove());

/** What nodes are asked when a pipeline is compiled, and what is then known of each stage. */
async function compiled(text: string) {
  project.write({ 'dags/one.yaml': text });
  told = [];
  const { graph, shapes } = await compile(project.open(), 'dags/one.yaml');
  return { told, known: graph.stages.map((stage) => shapes.of(stage, new Map())) };
}

describe('what nodes said of their columns', () => {
  const again: readonly [what: string, first: string, then: string, asked: readonly string[]][] = [
    ['nothing has changed', pipeline('[a, b]'), pipeline('[a, b]'), []],
    ['a producer has', pipeline('[a, b]'), pipeline('[a, c]'), ['source a,c', 'sink a,c']],
    ['a producer says the same', pipeline('[a]'), pipeline('[a]', ', rows: 2'), ['source a']],
    ['a consumer has', pipeline('[a, b]'), pipeline('[a, b]', '', 2), ['sink a,b']],
    [
      'a node looks into a folder',
      pipeline('[a]', ', folder: lake'),
      pipeline('[a]', ', folder: lake'),
      ['source a'],
    ],
    [
      'it cannot be written down',
      pipeline('[a]', ', delay: -1'),
      pipeline('[a]', ', delay: -1'),
      ['source a', 'sink a'],
    ],
  ];
  it.each(again)('is asked again as far as it must be when %s', async (_, first, then, asked) => {
    await compiled(first);
    const second = await compiled(then);
    expect(second.told).toEqual(asked);
    project.remove();
    expect(await compiled(then)).toEqual({ ...second, told: expect.anything() });
  });

  it('is asked again while it is wrong', async () => {
    for (const asked of [['source a,a', 'sink a,a'], ['source a,a']]) {
      await expect(compiled(pipeline('[a, a]'))).rejects.toThrow('Column a is there twice.');
      expect(told).toEqual(asked);
    }
  });

  it('is asked again where the pack is damaged', async () => {
    const { known } = await compiled(pipeline('[a, b]'));
    const path = join(project.root, 'lake/cache/shapes.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"a"', '"z"'));
    expect(await compiled(pipeline('[a, b]'))).toEqual({ told: ['source a,b', 'sink a,b'], known });
    expect((await compiled(pipeline('[a, b]'))).told).toEqual([]);
  });
});
