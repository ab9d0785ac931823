import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Reason } from '../../../engine/plan/reason.js';
import { type CompileOptions, compile } from '../../../engine/run/compile.js';
import { explainItem, planPipeline } from '../../../engine/run/plan.js';
import { InlineProject } from '../../kit/run.js';
import { TOY_NODES } from '../../kit/toy-nodes.js';

const PIPELINE = `dag: numbers
doc: Numbers.
params:
  times: 1
  rows: 3
profiles:
  other: { times: 3, rows: 5 }
dimensions:
  name: [a, b]
stages:
  numbers: { foreach: name, use: toy.numbers, with: { times: $times, rows: $rows, name: $name } }
  sizes: { foreach: name, use: toy.size, in: { frame: numbers.frame } }
out: { frames: numbers.frame }
`;
const FILE = 'dags/numbers.yaml';

let project: InlineProject;
beforeEach(() => {
  project = new InlineProject(TOY_NODES);
  project.write({ [FILE]: PIPELINE });
});
afterEach(() => project.remove());

const set = (path: string, text: string): CompileOptions => ({ sets: [{ path, text }] });

/** What `plan` says of an item; `why` must say the same. */
async function reasons(
  options: CompileOptions = {},
  item = 'numbers@a',
): Promise<readonly Reason[]> {
  const opened = project.open();
  const compiled = await compile(opened, FILE, options);
  const planned = planPipeline(opened, compiled).items.find((i) => i.item === item)?.reasons;
  expect(explainItem(opened, compiled, item)?.reasons).toEqual(planned);
  opened.store.close();
  return planned ?? [];
}

describe('the earlier record an item is compared with', () => {
  it('is the last under the same profile and settings, whatever ran since', async () => {
    await project.run(FILE);
    await project.run(FILE, { profile: 'other' });
    project.write({ [FILE]: PIPELINE.replace('times: 1', 'times: 2') });
    expect(await reasons()).toEqual([{ kind: 'param', path: 'times', before: 1, after: 2 }]);
    project.write({ [FILE]: PIPELINE.replace('rows: 5', 'rows: 7') });
    expect(await reasons({ profile: 'other' })).toEqual([
      { kind: 'param', path: 'rows', before: 5, after: 7 },
    ]);
  });

  it('is the nearest of the pipeline where nothing ran under these settings', async () => {
    await project.run(FILE);
    await project.run(FILE, { profile: 'other' });
    expect(await reasons(set('times', '9'))).toEqual([
      { kind: 'param', path: 'times', before: 1, after: 9 },
    ]);
    expect(await reasons({ ...set('times', '9'), profile: 'other' })).toEqual([
      { kind: 'param', path: 'times', before: 3, after: 9 },
    ]);
  });

  it('is of another pipeline only where this one never had the item', async () => {
    project.write({ 'dags/twin.yaml': PIPELINE.replace('dag: numbers', 'dag: twin') });
    await project.run('dags/twin.yaml', set('times', '4'));
    expect(await reasons()).toEqual([{ kind: 'param', path: 'times', before: 4, after: 1 }]);
    await project.run(FILE);
    await project.run('dags/twin.yaml', set('times', '5'));
    expect(await reasons(set('times', '6'))).toEqual([
      { kind: 'param', path: 'times', before: 1, after: 6 },
    ]);
  });

  it('is found without the manifest of its run', async () => {
    await project.run(FILE);
    const runs = join(project.root, 'lake/runs');
    for (const run of readdirSync(runs)) writeFileSync(join(runs, run, 'manifest.json'), '{"torn');
    expect(await reasons(set('times', '9'))).toMatchObject([{ path: 'times', before: 1 }]);
  });
});

describe('an item with the key of another', () => {
  it('waits for nobody: it is made with it', async () => {
    project.write({ [FILE]: PIPELINE.replace(', name: $name }', ' }') });
    expect(await reasons({}, 'numbers@b')).toEqual([{ kind: 'same', item: 'numbers@a' }]);
  });
});

describe('an item that gathers what is not known yet', () => {
  it('comes later, after the stage whose items are not known', async () => {
    project.write({
      [FILE]: `dag: numbers
doc: A sum over items that a run finds.
dimensions:
  row: list.rows
stages:
  list: { use: toy.list }
  numbers: { foreach: row, use: toy.numbers }
  total: { use: toy.sum, in: { frames: numbers.frame } }
out: { total: total.total }
`,
    });
    expect(await reasons({}, 'total')).toEqual([{ kind: 'upstream', items: ['numbers'] }]);
  });
});
