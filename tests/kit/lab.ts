import { defineNode, many, optional, port, t } from '../../engine/sdk/index.js';
import { bars, events, folds } from '../../nodes/ports.js';

/*
 * Nodes for tests of what may stand beside what. They are declared and never run: the compiler refuses or admits by what they
 * declare alone.
 */

const never = (): never => {
  throw new Error('Nodes of the lab are compiled only.');
};
const any = (doc: string) => port.frame(doc);

/** Clips prices to quantiles of all rows it is given. */
export const winsorize = defineNode({
  type: 'lab.winsorize',
  doc: 'Clip prices to their own quantiles.',
  time: 'fit',
  in: { bars: optional(bars) },
  out: { bars },
  params: {},
  run: never,
});

/** Estimates something of a table, in every form an output can have. */
export const estimate = defineNode({
  type: 'lab.estimate',
  doc: 'Levels of a table.',
  time: 'fit',
  in: { rows: any('Rows.') },
  out: {
    level: port.scalar('One level.'),
    levels: port.json('Several levels.'),
    model: port.model('A model.'),
    folds,
  },
  params: {},
  run: never,
});

/** Estimates something of many tables together. */
export const pool = defineNode({
  type: 'lab.pool',
  doc: 'One level of many tables.',
  time: 'fit',
  in: { rows: many(any('Rows.')) },
  out: { level: port.scalar('One level.') },
  params: {},
  run: never,
});

/** Row by row, with whatever an estimate says. */
export const adjust = defineNode({
  type: 'lab.adjust',
  doc: 'Move prices by a level.',
  time: 'trailing',
  in: {
    bars: optional(bars),
    level: optional(port.scalar('A level.')),
    levels: optional(port.json('Levels.')),
    model: optional(port.model('A model.')),
  },
  out: { bars, seen: port.json('What was seen.') },
  params: { by: t.number({ default: 0, doc: 'How far.' }) },
  shape: ({ bars: frame }) => (frame ? { bars: frame } : {}),
  run: never,
});

/** Signals of a model, row by row. */
export const signal = defineNode({
  type: 'lab.signal',
  doc: 'Occurrences where a model says so.',
  time: 'row',
  in: { rows: any('Features.'), model: port.model('A model.') },
  out: { events },
  params: {},
  run: never,
});

/** Whatever is done for a case of some list. */
export const pick = defineNode({
  type: 'lab.pick',
  doc: 'Prices for one case of a list.',
  time: 'row',
  in: { bars },
  out: { bars },
  params: { which: t.json({ doc: 'The case.' }) },
  run: never,
});

export const LAB = [winsorize, estimate, pool, adjust, signal, pick];
