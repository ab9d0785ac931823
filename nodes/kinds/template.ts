import { defineKind, t } from '../../engine/sdk/index.js';

/** What formulas of templates call the side of an occurrence and the bars since its signal. */
export const SIDE = 'side';
export const WAITED = 'waited';

/** A rule template: how an event becomes a position, or a filter that leaves out some of what another template trades. */
export const template = defineKind({
  kind: 'template',
  doc: 'How an event becomes a position: which way, at once or after waiting, and on which occurrences. In `when`, `wait` and `keep` formulas `$side` is where the event points, +1 or −1, and `$waited` how many bars ago its signal was. Every position is left at the horizon and nowhere else: another exit is another strategy, and that one was not tested.',
  folder: 'discovery/templates',
  formulas: true,
  leaves: [SIDE, WAITED],
  fields: {
    direction: t.optional(
      t.list(t.integer({ min: -1, max: 1 }), {
        min: 1,
        max: 2,
        doc: '+1 trades with the side, −1 against it; two are two hypotheses, and both count as tests. A filter has none: it goes the way of what it filters.',
      }),
    ),
    families: t.optional(
      t.list(t.text(), {
        min: 1,
        doc: 'Families of events it may be tried on; any unless told.',
      }),
    ),
    side: t.optional(
      t.formula({
        over: 'features',
        gives: 'number',
        doc: '+1 or −1 at the signal bar, in place of the side of the event. 0 or missing is not traded.',
      }),
    ),
    when: t.optional(
      t.formula({
        over: 'features',
        gives: 'boolean',
        doc: 'Traded only where this holds at the signal bar; where it is missing nothing is traded.',
      }),
    ),
    wait: t.optional(
      t.record(
        {
          bars: t.integer({
            min: 1,
            max: 288,
            unit: 'bars',
            doc: 'How many bars after the signal may decide.',
          }),
          for: t.formula({ over: 'features', gives: 'boolean', doc: 'What is waited for.' }),
        },
        {
          doc: 'Decides at the first of the next bars at which `for` holds, the signal bar not among them; if there is none, nothing is traded. The horizon counts from there.',
        },
      ),
    ),
    base: t.optional(
      t.list(t.text(), {
        min: 1,
        doc: 'Of a filter: the templates it filters, each where the event has it too.',
      }),
    ),
    keep: t.optional(
      t.formula({
        over: 'features',
        gives: 'boolean',
        doc: 'Of a filter: what stays, told at the bar at which the base decides. Where it is missing the occurrence is neither kept nor left out.',
      }),
    ),
    outcome: t.choice(['forward_return', 'basis'], {
      default: 'forward_return',
      doc: '`basis` has two legs, perpetual against spot: what is earned is the change of the gap, and four fills are paid.',
    }),
    judged: t.choice(['mean', 'lift', 'tail', 'adverse', 'hits', 'upside'], {
      default: 'mean',
      doc: 'What is tested: the mean after costs; of filters what they add to the mean, or that they earn after costs with a smaller loss in the tail or a smaller mean adverse excursion; how often one ATR for it comes before one against it; large favourable against large adverse excursions.',
    }),
  },
});
