import { defineKind, defineNode, many, optional, port, t } from '../../../engine/sdk/index.js';
import { catalogueOf } from '../../kit/catalogue.js';

const window = defineKind({
  kind: 'window',
  doc: 'Lengths of a training and a test window; written in place.',
  folder: '',
  fields: { train: t.duration(), test: t.duration({ default: '10d' }) },
});
const signal = defineKind({
  kind: 'signal',
  doc: 'A named predicate.',
  folder: 'signals',
  formulas: true,
  fields: {
    fires: t.formula({ over: 'rows' }),
    family: t.text({ default: 'none' }),
    horizons: t.list(t.duration(), { default: ['5m'] }),
    lag: t.optional(t.integer({ min: 0 })),
  },
});
const column = defineKind({
  kind: 'column',
  doc: 'A computed column.',
  folder: 'columns',
  formulas: true,
  fields: { expr: t.formula({ over: 'rows' }), unit: t.optional(t.text()) },
});
const venue = defineKind({
  kind: 'venue',
  doc: 'Where rows come from.',
  folder: 'venues',
  fields: { source: t.choice(['made', 'files']), fee: t.number({ default: 0, min: 0 }) },
});
const desk = defineKind({
  kind: 'desk',
  doc: 'A venue and who trades there.',
  folder: 'desks',
  fields: { venue: t.spec(venue), twin: t.optional(t.text()) },
});

const rows = port.frame('Rows of one name.', { contract: 'rows' });
const table = port.frame('Any table.');
const none = () => ({});

const read = defineNode({
  type: 'toy.read',
  doc: 'Makes or reads rows.',
  time: 'row',
  effects: ['read'],
  in: {},
  out: { rows, missing: port.scalar('Share that is missing.'), log: port.json('What was read.') },
  params: {
    venue: t.spec(venue),
    name: t.text({ pattern: '^[A-Z0-9]+$', form: 'capitals and digits' }),
    folder: t.optional(t.folder()),
    span: t.span(),
    warmup: t.duration({ default: '0d' }),
    seed: t.seed(),
  },
  run: none as never,
});
const clean = defineNode({
  type: 'toy.clean',
  doc: 'Cleans rows.',
  time: 'row',
  in: { rows },
  out: { rows, quality: port.json('What was wrong.') },
  params: { limit: t.number({ default: 10, min: 1, max: 100 }), where: t.optional(t.formula()) },
  run: none as never,
});
const compute = defineNode({
  type: 'toy.compute',
  doc: 'Computes columns.',
  time: 'trailing',
  in: { rows, reference: optional(rows), extra: optional(table) },
  out: { table },
  params: { columns: t.list(t.spec(column), { default: [] }), keep: t.optional(t.columns('rows')) },
  run: none as never,
});
const detect = defineNode({
  type: 'toy.detect',
  doc: 'Finds where a signal fires.',
  time: 'trailing',
  in: { tables: many(table) },
  out: { events: port.frame('Where it fired.', { contract: 'events' }) },
  params: { signal: t.spec(signal) },
  run: none as never,
});
const cuts = defineNode({
  type: 'toy.cuts',
  doc: 'Cuts a span into windows.',
  time: 'row',
  in: {},
  out: { cuts: port.frame('A row a window.', { contract: 'cuts' }) },
  params: { window: t.spec(window), span: t.span() },
  run: none as never,
});
const fit = defineNode({
  type: 'toy.fit',
  doc: 'Estimates something.',
  time: 'fit',
  in: { rows, events: optional(port.frame('Events.', { contract: 'events' })) },
  out: {
    estimate: port.json('The estimate.'),
    score: port.scalar('How good it is.'),
    model: port.model('The model.'),
  },
  params: {
    cut: t.record({ from: t.date(), to: t.date() }),
    depth: t.integer({ default: 2, min: 1 }),
    how: t.choice(['ridge', 'lasso'], { default: 'ridge' }),
    weights: t.map(t.number(), { default: {} }),
    extra: t.optional(t.json()),
  },
  run: none as never,
});
const sum = defineNode({
  type: 'toy.sum',
  doc: 'Adds numbers up.',
  time: 'fit',
  in: { scores: many(port.scalar('Numbers.')), start: optional(port.scalar('Where to begin.')) },
  out: { total: port.scalar('The sum.'), page: port.file('A page.') },
  params: { digits: t.integer({ default: 2 }) },
  run: none as never,
});
const merge = defineNode({
  type: 'toy.merge',
  doc: 'Puts events together.',
  time: 'row',
  in: { events: many(port.frame('Events.', { contract: 'events' })) },
  out: { events: port.frame('All events.', { contract: 'events' }) },
  params: {},
  run: none as never,
});

/** A small world for tests of the compiler: rows of names, signals, windows. */
export const TOYS = catalogueOf(
  [read, clean, compute, detect, cuts, fit, sum, merge],
  [window, signal, column, venue, desk],
);
