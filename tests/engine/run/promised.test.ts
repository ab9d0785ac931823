import { afterEach, describe, expect, it } from '@jest/globals';
import { defineNode, Frame, port, t } from '../../../engine/sdk/index.js';
import { InlineProject } from '../../kit/run.js';

/** Promises a column of numbers `x`, and gives what it is told to. */
const promising = defineNode({
  type: 'toy.promising',
  doc: 'Promises one thing and gives another.',
  time: 'row',
  in: {},
  out: { frame: port.frame('Columns.') },
  params: { gives: t.text({ doc: 'What it gives.' }), open: t.boolean({ doc: 'More may come.' }) },
  shape: (_ins, { open }) => ({
    frame: { columns: [{ name: 'x', dtype: 'f64', taint: 'feature', delay: 0 }], open },
  }),
  run: (_ins, { gives }) => ({ frame: FRAMES[gives] ?? Frame.of({}) }),
});

const x = new Float64Array([1, 2]);
const FRAMES: Readonly<Record<string, Frame>> = {
  promised: Frame.of({ x }),
  more: Frame.of({ x, y: x }),
  other: Frame.of({ x: ['a', 'b'] }),
  less: Frame.of({ y: x }),
};

const project = new InlineProject([promising]);
afterEach(() => project.remove());

async function given(gives: string, open: boolean) {
  project.write({
    'dags/one.yaml': `dag: one
doc: One item.
stages:
  one: { use: toy.promising, with: { gives: ${gives}, open: ${open} } }
out: { frame: one.frame }
`,
  });
  const { outcomes, events } = await project.run('dags/one.yaml');
  const problems = events.flatMap((e) => (e.event === 'item-ended' ? (e.problems ?? []) : []));
  return [outcomes.one, ...problems.map((p) => `${p.code} ${p.facts?.difference}`)];
}

describe('columns that `shape` promised', () => {
  it.each([
    ['promised', false, ['done']],
    ['more', true, ['done']],
    ['more', false, ['failed', 'node/shape "y" is not among them']],
    ['other', true, ['failed', 'node/shape "x" is text, not f64']],
    ['less', true, ['failed', 'node/shape "x" is missing']],
  ] as const)('%s (open: %s) → %j', async (gives, open, expected) => {
    expect(await given(gives, open)).toEqual(expected);
  });
});
