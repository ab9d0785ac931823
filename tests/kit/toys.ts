/** Nodes for tests of the engine: they know nothing of markets. */
export const TOYS: Readonly<Record<string, string>> = {
  'nodes/toy/numbers.ts': `import { defineNode, Frame, port, t } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.numbers',
  doc: 'A column of whole numbers, each times a factor.',
  time: 'row',
  in: {},
  out: { frame: port.frame('One column, x.'), total: port.scalar('Their sum.') },
  params: {
    rows: t.integer({ default: 3, min: 0, doc: 'How many.' }),
    times: t.number({ default: 1, doc: 'The factor.' }),
    name: t.optional(t.text({ doc: 'Tells items apart.' })),
  },
  run(_ins, { rows, times }) {
    const x = Float64Array.from({ length: rows }, (_, i) => i * times);
    return { frame: Frame.of({ x }), total: x.reduce((a, b) => a + b, 0) };
  },
});
`,
  'nodes/toy/helper.ts': `/** Twice a number. */
export function twice(x: number): number {
  return 2 * x;
}
`,
  'nodes/toy/double.ts': `import { defineNode, port, t } from '../../engine/sdk/index.js';
import { twice } from './helper.js';

export default defineNode({
  type: 'toy.double',
  doc: 'Doubles a column.',
  time: 'row',
  in: { frame: port.frame('Any frame.') },
  out: { frame: port.frame('The same rows.'), total: port.scalar('The sum of the column.') },
  params: { column: t.column('frame', { default: 'x', doc: 'The column.' }), wait: t.integer({ default: 0, doc: 'Milliseconds.' }) },
  shape: ({ frame }) => ({ frame }),
  async run({ frame }, { column, wait }) {
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const doubled = frame.column(column).map(twice);
    return { frame: frame.with(column, doubled), total: doubled.reduce((a, b) => a + b, 0) };
  },
});
`,
  'nodes/toy/sum.ts': `import { defineNode, many, port } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.sum',
  doc: 'Adds up what many items give.',
  time: 'fit',
  in: { totals: many(port.scalar('One number an item.')) },
  out: { total: port.scalar('The sum.'), names: port.json('Where each came from, in order.') },
  params: {},
  run({ totals }) {
    return { total: totals.reduce((sum, { value }) => sum + value, 0), names: totals.map(({ at }) => ({ ...at })) };
  },
});
`,
};
