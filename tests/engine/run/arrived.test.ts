import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { defineNode, port, t } from '../../../engine/sdk/index.js';
import { InlineProject } from '../../kit/run.js';

/** What every execution was told that it may read. */
const told: (readonly string[])[] = [];

/** Reads a folder; another file arrives there between its key and its run. */
const reads = defineNode({
  type: 'toy.reads',
  doc: 'Counts the files that it may read.',
  time: 'row',
  effects: ['read'],
  in: {},
  out: { count: port.scalar('How many.') },
  params: { folder: t.folder({ doc: 'Where.' }) },
  files: ({ folder }, world) => world.list(folder, '*.txt'),
  run(_ins, _params, ctx) {
    writeFileSync(join(project.root, 'input/late.txt'), 'late');
    told.push(ctx.files.map((path) => basename(path)));
    return { count: ctx.files.length };
  },
});

const project = new InlineProject([reads]);
afterAll(() => project.remove());

describe('a file that arrives after a key was made', () => {
  it('is not among those that the item reads; the next run reads it', async () => {
    project.write({
      'input/early.txt': 'early',
      'dags/arrived.yaml': `dag: arrived
doc: A folder that grows.
stages:
  reads: { use: toy.reads, with: { folder: input } }
out: { count: reads.count }
`,
    });
    const outcomes: (string | undefined)[] = [];
    for (let i = 0; i < 3; i++)
      outcomes.push((await project.run('dags/arrived.yaml')).outcomes.reads);
    expect(outcomes).toEqual(['done', 'done', 'cached']);
    expect(told).toEqual([['early.txt'], ['early.txt', 'late.txt']]);
  });
});
