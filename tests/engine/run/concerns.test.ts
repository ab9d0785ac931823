import { afterAll, describe, expect, it } from '@jest/globals';
import { defineNode, port, t } from '../../../engine/sdk/index.js';
import { InlineProject } from '../../kit/run.js';

/** Adds up those of its words that are numbers of a parity; tells how many words it was handed. */
const parity = defineNode({
  type: 'toy.parity',
  doc: 'Needs some entries of its list only.',
  time: 'row',
  in: {},
  out: { sum: port.scalar('Of the numbers that matter.'), handed: port.scalar('How many.') },
  params: {
    numbers: t.list(t.integer(), { doc: 'Numbers.' }),
    even: t.boolean({ default: true, doc: 'Which matter.' }),
  },
  concerns: ({ numbers, even }) => ({ numbers: numbers.filter((n) => (n % 2 === 0) === even) }),
  run: (_ins, { numbers }) => ({
    sum: numbers.reduce((a, b) => a + b, 0),
    handed: numbers.length,
  }),
});

const project = new InlineProject([parity]);
afterAll(() => project.remove());

async function run(numbers: string, even = true) {
  project.write({
    'dags/one.yaml': `dag: one
doc: One item.
stages:
  one: { use: toy.parity, with: { numbers: ${numbers}, even: ${even} } }
out: { sum: one.sum, handed: one.handed }
`,
  });
  const { outcomes, summary } = await project.run('dags/one.yaml');
  return [outcomes.one, Object.values(summary.outs).map(({ digest }) => digest)] as const;
}

describe('a node that needs some entries of a list', () => {
  it('is handed those, and runs again only for them', async () => {
    const [outcome, first] = await run('[1, 2, 3, 4]');
    expect(outcome).toBe('done');
    expect(await run('[1, 2, 4]')).toEqual(['cached', first]);
    expect(await run('[2, 4, 7, 9]')).toEqual(['cached', first]);
    const [again, others] = await run('[1, 2, 3, 4, 6]');
    expect(again).toBe('done');
    expect(others).not.toEqual(first);
    expect((await run('[1, 2, 3, 4]', false))[0]).toBe('done');
  });

  it('keeps their order', async () => {
    const [, first] = await run('[2, 4]');
    expect(await run('[4, 2]')).toEqual(['done', first]);
  });
});
