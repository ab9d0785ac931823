import { afterAll, describe, expect, it } from '@jest/globals';
import { defineNode, Frame, port, t } from '../../../engine/sdk/index.js';
import { InlineProject } from '../../kit/run.js';
import { TOY_NODES } from '../../kit/toy-nodes.js';

/** A table of ids, which may fail. */
const table = defineNode({
  type: 'toy.table',
  doc: 'Two ids; fails for a group.',
  time: 'row',
  in: {},
  out: { rows: port.frame('One column, id.') },
  params: { group: t.text({ doc: 'Whose.' }), fails: t.text({ doc: 'The group that fails.' }) },
  errors: { 'toy/no-table': 'No table for {group}.' },
  run(_ins, { group, fails }, ctx) {
    if (group === fails) ctx.refuse('toy/no-table', { group });
    return { rows: Frame.of({ id: [`${group}1`, `${group}2`] }) };
  },
});

const project = new InlineProject([...TOY_NODES, table]);
afterAll(() => project.remove());

async function run(fails: string) {
  project.write({
    'dags/groups.yaml': `dag: groups
doc: Items from the rows of a table for each group.
dimensions:
  group: [a, b]
  row: table.rows
stages:
  table: { foreach: group, use: toy.table, with: { group: $group, fails: ${fails} } }
  numbers: { foreach: [group, row], use: toy.numbers, with: { rows: 2 } }
  each: { foreach: group, use: toy.sum, in: { frames: numbers.frame } }
  total: { use: toy.sum, in: { frames: numbers.frame } }
out: { total: total.total, each: each.total }
`,
  });
  return (await project.run('dags/groups.yaml')).outcomes;
}

describe('a table that is lost, whose rows others are made from', () => {
  it('blocks who gathers over all of it: some items are never taken for all', async () => {
    const outcomes = await run('b');
    expect(outcomes).toMatchObject({ 'table@b': 'failed', 'each@a': 'done', 'each@b': 'blocked' });
    expect(outcomes.total).toBe('blocked');
  });

  it('blocks, and does not fail, who then has no items at all', async () => {
    project.write({
      'dags/rows.yaml': `dag: rows
doc: Items from the rows of a table.
dimensions:
  row: table.rows
stages:
  table: { use: toy.table, with: { group: a, fails: a } }
  numbers: { foreach: row, use: toy.numbers, with: { rows: 2 } }
  total: { use: toy.sum, in: { frames: numbers.frame } }
out: { total: total.total }
`,
    });
    const { outcomes } = await project.run('dags/rows.yaml');
    expect(outcomes).toEqual({ table: 'failed', total: 'blocked' });
  });

  it('gathers all where none is lost', async () => {
    const outcomes = await run('none');
    expect(outcomes).toMatchObject({ total: 'done', 'each@a': 'cached', 'each@b': 'done' });
  });
});
