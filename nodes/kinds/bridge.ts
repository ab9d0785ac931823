import { defineKind, t } from '../../engine/sdk/index.js';

/** What a candidate must show on rows that discovery has not seen. */
export const bridge = defineKind({
  kind: 'bridge',
  doc: 'What a candidate must show on rows that discovery has not seen; a number that is missing shows nothing.',
  folder: 'discovery/bridges',
  fields: {
    least: t.integer({ min: 1, unit: 'count', doc: 'Trades it must have there.' }),
    stress: t.number({ min: 1, doc: 'It must still earn after this many times the costs.' }),
    edge: t.number({ min: 0, doc: 'It must bring this many times its costs before them.' }),
    alike: t.number({
      above: 0,
      max: 1,
      doc: 'Share of common trades (Jaccard) from which on two of one event, template, horizon and direction are one.',
    }),
  },
});
