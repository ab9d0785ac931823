import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { defineNode, Frame, port, t } from '../../../engine/sdk/index.js';
import { InlineProject } from '../../kit/run.js';

/** Reads a file; or changes it, as a person might while a run goes on. */
const reads = defineNode({
  type: 'toy.reads',
  doc: 'Reads a folder.',
  time: 'row',
  effects: ['read'],
  in: {},
  out: { frame: port.frame('Rows.') },
  params: { folder: t.folder({ doc: 'Where.' }) },
  files: ({ folder }, world) => world.list(folder, '*.txt'),
  run: () => ({ frame: Frame.of({ x: new Float64Array(3) }) }),
});
const edits = defineNode({
  type: 'toy.edits',
  doc: 'Something that takes time, in which a file changes.',
  time: 'row',
  in: { frame: port.frame('Rows.') },
  out: { frame: port.frame('The same.') },
  params: {},
  run({ frame }) {
    writeFileSync(join(project.root, 'input/numbers.txt'), 'changed meanwhile');
    return { frame };
  },
});

const project = new InlineProject([reads, edits]);
afterAll(() => project.remove());

describe('a file that changes between two items of a run', () => {
  it('fails the second: one run is of one state of the world', async () => {
    project.write({
      'input/numbers.txt': 'first',
      'dags/moved.yaml': `dag: moved
doc: The same folder, read early and late.
stages:
  early: { use: toy.reads, with: { folder: input } }
  edits: { use: toy.edits, in: { frame: early.frame } }
  late: { use: toy.reads, with: { folder: input }, after: edits }
out: { early: early.frame, late: late.frame }
`,
    });
    const first = await project.run('dags/moved.yaml');
    expect(first.outcomes).toEqual({ early: 'done', edits: 'done', late: 'failed' });
    const problems = first.events.flatMap((e) =>
      e.event === 'item-ended' ? (e.problems ?? []) : [],
    );
    expect(problems.map((p) => p.code)).toEqual(['run/input-moved']);
    expect(first.answer).toBeUndefined();
    expect((await project.run('dags/moved.yaml')).outcomes).toMatchObject({ late: 'cached' });
  });
});
