import { defineNode, Frame, many, port, t } from '../../engine/sdk/index.js';

/** Nodes for tests of the engine: they know nothing of markets. */

export const numbers = defineNode({
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

export const size = defineNode({
  type: 'toy.size',
  doc: 'The absolute value of a column: equal for opposite factors.',
  time: 'row',
  in: { frame: port.frame('Any frame.') },
  out: { frame: port.frame('The same rows.') },
  params: { column: t.column('frame', { default: 'x', doc: 'The column.' }) },
  run: ({ frame }, { column }) => ({
    frame: frame.with(column, frame.column(column).map(Math.abs)),
  }),
});

export const sum = defineNode({
  type: 'toy.sum',
  doc: 'Adds up a column over many items.',
  time: 'fit',
  in: { frames: many(port.frame('Frames with x.')) },
  out: { total: port.scalar('The sum.'), names: port.json('Where each came from, in order.') },
  params: {},
  reads: () => ({ frames: ['x'] }),
  run({ frames }) {
    const total = frames.reduce(
      (all, { value }) => all + value.column('x').reduce((a, b) => a + b, 0),
      0,
    );
    return { total, names: frames.map(({ at }) => ({ ...at })) };
  },
});

export const list = defineNode({
  type: 'toy.list',
  doc: 'A table of ids.',
  time: 'row',
  in: {},
  out: { rows: port.frame('One column, id.') },
  params: { count: t.integer({ default: 2, min: 0, doc: 'How many.' }) },
  run: (_ins, { count }) => ({
    rows: Frame.of({
      id: Array.from({ length: count }, (_, i) => `r${i + 1}`),
      size: Float64Array.from({ length: count }, (_, i) => i + 1),
    }),
  }),
});

export const relax = defineNode({
  type: 'toy.relax',
  doc: 'Gives as many rows as the relaxation says.',
  time: 'fit',
  in: {},
  out: { frame: port.frame('Rows.') },
  params: { relaxation: t.integer({ default: 1, doc: 'How far.' }) },
  run: (_ins, { relaxation }) => ({ frame: Frame.of({ x: new Float64Array(relaxation) }) }),
});

export const fail = defineNode({
  type: 'toy.fail',
  doc: 'Refuses numbers above a limit.',
  time: 'row',
  in: { frame: port.frame('Any frame with x.') },
  out: { frame: port.frame('The same.') },
  params: { limit: t.number({ default: 0, doc: 'The limit.' }) },
  errors: { 'toy/too-large': '{value} is above {limit}.' },
  run({ frame }, { limit }, ctx) {
    const value = frame.column('x').find((x) => x > limit);
    if (value !== undefined) ctx.refuse('toy/too-large', { value, limit });
    return { frame };
  },
});

export const TOY_NODES = [numbers, size, sum, list, relax, fail];
