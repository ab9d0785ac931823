import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../engine/diag/refusal.js';
import { ABSENT, defineNode, Frame, many, optional, port, t } from '../../../engine/sdk/index.js';
import { InlineProject } from '../../kit/run.js';

const x = new Float64Array([1, 2]);
const COLUMNS = { columns: [{ name: 'x', dtype: 'f64', taint: 'feature', delay: 0 }] } as const;

/** Gives a second table where a folder holds a file for it; `lies` gives the opposite of what was promised. */
const source = defineNode({
  type: 'toy.source',
  doc: 'One table, sometimes two.',
  time: 'row',
  in: {},
  out: { main: port.frame('Always.'), extra: optional(port.frame('Sometimes.')) },
  params: {
    folder: t.folder({ doc: 'Where.' }),
    name: t.text({ default: 'a', doc: 'Which one.' }),
    lies: t.boolean({ default: false, doc: 'Breaks its promise.' }),
  },
  shape: (_ins, { folder, name }, ctx) => ({
    main: COLUMNS,
    extra: ctx.list(folder, `${name}.txt`).length > 0 ? COLUMNS : ABSENT,
  }),
  run(_ins, { lies }, ctx) {
    const there = ctx.gives('extra') !== lies;
    const main = Frame.of({ x });
    return there ? { main, extra: main } : { main };
  },
});

const takes = defineNode({
  type: 'toy.takes',
  doc: 'Says which of its tables are there, before and while it runs.',
  time: 'row',
  in: { main: port.frame('Always.'), extra: optional(port.frame('Sometimes.')) },
  out: { told: port.frame('As many columns as tables that were there.') },
  params: {},
  shape: ({ extra }) => ({
    told: extra ? { columns: [...COLUMNS.columns, { ...COLUMNS.columns[0], name: 'y' }] } : COLUMNS,
  }),
  run: ({ extra }) => ({ told: extra ? Frame.of({ x, y: x }) : Frame.of({ x }) }),
});

const needs = defineNode({
  type: 'toy.needs',
  doc: 'Cannot do without.',
  time: 'row',
  in: { extra: port.frame('Needed.') },
  out: { rows: port.scalar('How many rows.') },
  params: {},
  shape: () => ({}),
  run: ({ extra }) => ({ rows: extra.length }),
});

const gathers = defineNode({
  type: 'toy.gathers',
  doc: 'Whoever gives a table.',
  time: 'row',
  in: { all: many(port.frame('Tables.'), { min: 0 }) },
  out: { count: port.scalar('How many.') },
  params: {},
  run: ({ all }) => ({ count: all.length }),
});

const project = new InlineProject([source, takes, needs, gathers]);
afterAll(() => project.remove());

function put(...files: readonly string[]): void {
  rmSync(join(project.root, 'data'), { recursive: true, force: true });
  project.write({ 'data/readme.md': '' });
  for (const file of files) project.write({ [`data/${file}`]: 'x' });
}

const pipeline = (name: string, stages: string) => `dag: ${name}
doc: A source and who takes from it.
stages:
${stages}`;
const SOURCE = '  source: { use: toy.source, with: { folder: data } }\n';

describe('an output that a node may leave out', () => {
  beforeEach(() => {
    project.write({
      'dags/takes.yaml': pipeline(
        'takes',
        `${SOURCE}  takes: { use: toy.takes, in: { main: source.main, extra: source.extra } }\nout: { told: takes.told }\n`,
      ),
      'dags/needs.yaml': pipeline(
        'needs',
        `${SOURCE}  needs: { use: toy.needs, in: { extra: source.extra } }\nout: { rows: needs.rows }\n`,
      ),
      'dags/gathers.yaml': `dag: gathers
doc: Several sources.
dimensions: { name: [a, b] }
stages:
  source: { foreach: name, use: toy.source, with: { folder: data, name: $name } }
  gathers: { use: toy.gathers, in: { all: source.extra } }
out: { count: gathers.count }
`,
      'dags/lies.yaml': pipeline(
        'lies',
        `  source: { use: toy.source, with: { folder: data, lies: true } }\nout: { main: source.main }\n`,
      ),
    });
  });

  it('reaches its taker where it is there, and is as if unbound where it is not', async () => {
    put();
    const without = await project.run('dags/takes.yaml');
    expect(without.outcomes).toEqual({ source: 'done', takes: 'done' });
    put('a.txt');
    const with_ = await project.run('dags/takes.yaml');
    expect(with_.outcomes).toEqual({ source: 'done', takes: 'done' });
    put();
    const again = await project.run('dags/takes.yaml');
    expect(again.outcomes).toEqual({ source: 'cached', takes: 'cached' });
  });

  it('is refused before anything runs where somebody needs it', async () => {
    put();
    const refused = project.run('dags/needs.yaml');
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toMatchObject({
      diagnostics: [expect.objectContaining({ code: 'graph/no-table' })],
    });
    put('a.txt');
    expect((await project.run('dags/needs.yaml')).outcomes).toMatchObject({ needs: 'done' });
  });

  it('leaves a gatherer with those who give it', async () => {
    put('b.txt');
    const { outcomes } = await project.run('dags/gathers.yaml');
    expect(outcomes).toMatchObject({ 'source@b': 'done', gathers: 'done' });
    expect((await project.run('dags/gathers.yaml')).outcomes).toMatchObject({ gathers: 'cached' });
  });

  it.each([
    [[], 'node/promised-nothing'],
    [['a.txt'], 'node/promised-table'],
  ])('that is there against its promise (files %j) fails the item', async (files, code) => {
    put(...files);
    const { events } = await project.run('dags/lies.yaml');
    const problems = events.flatMap((e) => (e.event === 'item-ended' ? (e.problems ?? []) : []));
    expect(problems.map((p) => p.code)).toEqual([code]);
  });
});
