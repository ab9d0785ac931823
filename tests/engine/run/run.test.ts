import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InlineProject } from '../../kit/run.js';
import { TOY_NODES } from '../../kit/toy-nodes.js';

let project: InlineProject;
beforeEach(() => {
  project = new InlineProject(TOY_NODES);
});
afterEach(() => project.remove());

const CHAIN = `dag: chain
doc: Numbers, their sizes, and the sum of all.
params:
  times: 2
dimensions:
  name: [a, b]
stages:
  numbers: { foreach: name, use: toy.numbers, with: { times: $times, name: $name } }
  sizes: { foreach: name, use: toy.size, in: { frame: numbers.frame } }
  total: { use: toy.sum, in: { frames: sizes } }
out: { total: total.total }
`;

describe('a run', () => {
  it('executes everything once, then nothing', async () => {
    project.write({ 'dags/chain.yaml': CHAIN });
    const first = await project.run('dags/chain.yaml');
    expect(first.outcomes).toEqual({
      'numbers@a': 'done',
      'numbers@b': 'done',
      'sizes@a': 'done',
      'sizes@b': 'joined',
      total: 'done',
    });
    expect(first.exit).toBe(0);
    const second = await project.run('dags/chain.yaml');
    expect(second.summary.counts).toMatchObject({ cached: 5, done: 0 });
    expect(second.summary.outs).toEqual(first.summary.outs);
  });

  it('stops where an output is equal to the one before: early cutoff', async () => {
    project.write({ 'dags/chain.yaml': CHAIN });
    await project.run('dags/chain.yaml');
    const { outcomes } = await project.run('dags/chain.yaml', {
      sets: [{ path: 'times', text: '-2' }],
    });
    expect(outcomes).toEqual({
      'numbers@a': 'done',
      'numbers@b': 'done',
      'sizes@a': 'done',
      'sizes@b': 'joined',
      total: 'cached',
    });
  });

  it('ignores comments, order and descriptions of the YAML', async () => {
    project.write({ 'dags/chain.yaml': CHAIN });
    await project.run('dags/chain.yaml');
    project.write({
      'dags/chain.yaml': CHAIN.replace('doc: Numbers', '# a comment\ndoc: Other words').replace(
        '[a, b]',
        '[b, a]',
      ),
    });
    const { summary } = await project.run('dags/chain.yaml');
    expect(summary.counts).toMatchObject({ cached: 5, done: 0 });
  });

  it('runs again what is told the name of a dimension that is renamed', async () => {
    project.write({ 'dags/chain.yaml': CHAIN });
    const first = await project.run('dags/chain.yaml');
    project.write({
      'dags/chain.yaml': CHAIN.replace('  name: [a', '  label: [a')
        .replaceAll('foreach: name', 'foreach: label')
        .replace('name: $name', 'name: $label')
        .replace('total.total', 'total.names'),
    });
    const { outcomes, summary } = await project.run('dags/chain.yaml');
    expect(outcomes).toEqual({
      'numbers@a': 'cached',
      'numbers@b': 'cached',
      'sizes@a': 'cached',
      'sizes@b': 'cached',
      total: 'done',
    });
    expect(first.exit).toBe(0);
    expect(summary.outs).not.toEqual(first.summary.outs);
  });

  it('fans out over the rows of a table as soon as it is there', async () => {
    project.write({
      'dags/rows.yaml': `dag: rows
doc: Items from rows.
dimensions:
  row: list.rows
stages:
  list: { use: toy.list, with: { count: 3 } }
  numbers: { foreach: row, use: toy.numbers, with: { rows: 2 } }
  total: { use: toy.sum, in: { frames: numbers.frame } }
out: { names: total.names }
`,
    });
    const { outcomes } = await project.run('dags/rows.yaml');
    expect(Object.keys(outcomes).sort()).toEqual([
      'list',
      'numbers@r1',
      'numbers@r2',
      'numbers@r3',
      'total',
    ]);
    expect(outcomes.total).toBe('done');
  });

  it('repeats until satisfied, and finds its rounds again', async () => {
    project.write({
      'dags/relax.yaml': `dag: relax
doc: Relax until there are three rows.
stages:
  relaxed:
    use: toy.relax
    with: { relaxation: $relaxation }
    repeat: { over: { relaxation: [1, 2, 3, 4] }, until: rows(frame) >= 3 }
    expect: [rounds == 3, settled]
out: { frame: relaxed.frame }
`,
    });
    const first = await project.run('dags/relax.yaml');
    expect(first.outcomes).toEqual({ relaxed: 'done' });
    const second = await project.run('dags/relax.yaml');
    expect(second.outcomes).toEqual({ relaxed: 'cached' });
  });

  it('fails an item with its own words, blocks what follows, and goes on elsewhere', async () => {
    project.write({
      'dags/fail.yaml': `dag: fail
doc: One branch fails.
stages:
  numbers: { use: toy.numbers }
  bad: { use: toy.fail, in: { frame: numbers.frame }, with: { limit: 1 } }
  after: { use: toy.size, in: { frame: bad } }
  good: { use: toy.size, in: { frame: numbers.frame } }
out: { after: after.frame, good: good.frame }
`,
    });
    const { outcomes, events, exit } = await project.run('dags/fail.yaml');
    expect(outcomes).toEqual({ numbers: 'done', bad: 'failed', after: 'blocked', good: 'done' });
    expect(exit).toBe(1);
    const problems = events.flatMap((e) => (e.event === 'item-ended' ? (e.problems ?? []) : []));
    expect(problems).toMatchObject([
      { code: 'toy/too-large', facts: { value: 2, limit: 1 }, place: { file: 'dags/fail.yaml' } },
    ]);
  });

  it('skips what `when` refuses, with what follows; `else` stands in', async () => {
    project.write({
      'dags/when.yaml': `dag: when
doc: A gate.
stages:
  numbers: { use: toy.numbers, with: { rows: 4 } }
  small: { use: toy.size, in: { frame: numbers.frame }, when: rows(frame) < 3 }
  after: { use: toy.size, in: { frame: small } }
  other: { use: toy.size, in: { frame: numbers.frame }, when: rows(frame) < 3, else: numbers }
  last: { use: toy.size, in: { frame: other } }
out: { last: last.frame }
`,
    });
    const { outcomes } = await project.run('dags/when.yaml');
    expect(outcomes).toEqual({
      numbers: 'done',
      small: 'skipped',
      after: 'skipped',
      other: 'skipped',
      last: 'done',
    });
  });

  it('breaks on an expectation, cached or not, and only warns where that is asked', async () => {
    const yaml = (check: string) => `dag: hope
doc: An expectation.
stages:
  numbers: { use: toy.numbers, expect: [${check}] }
out: { frame: numbers.frame }
`;
    project.write({ 'dags/hope.yaml': yaml('total == 3') });
    expect((await project.run('dags/hope.yaml')).exit).toBe(0);
    project.write({ 'dags/hope.yaml': yaml('total > 3') });
    expect((await project.run('dags/hope.yaml')).outcomes).toEqual({ numbers: 'failed' });
    project.write({ 'dags/hope.yaml': yaml('{ warn: total > 3 }') });
    const { outcomes, summary } = await project.run('dags/hope.yaml');
    expect(outcomes).toEqual({ numbers: 'cached' });
    expect(summary).toMatchObject({ warnings: 1, degraded: ['numbers'] });
  });
});
