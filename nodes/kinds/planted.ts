import { t } from '../../engine/sdk/index.js';
import { event } from './event.js';

/** A truth about a simulated market: after some bars the price drifts, whoever looks for it. */
export const planted = t.record(
  {
    id: t.text({
      pattern: '^[a-z][a-z0-9_]*$',
      form: 'a name such as after_spike',
      doc: 'Name of the effect.',
    }),
    event: t.id(event, {
      doc: 'The event that sees the same bars. It is named, not used: editing a detector must not change the world.',
    }),
    after: t.formula({
      over: 'bars',
      gives: 'boolean',
      doc: 'True on bars that the drift follows; over the bars as they would be without any planted effect, and over the other tables of the world by name: `tob.spread_bps`, `asof(funding.rate)`.',
    }),
    cooldown: t.text({
      pattern: '^[1-9][0-9]*b$',
      form: 'a number of bars such as 12b',
      doc: 'Bars from one occurrence to the earliest next one.',
    }),
    side: t.formula({ over: 'bars', gives: 'number', doc: '+1, −1 or 0: which way is forward.' }),
    drift: t.number({
      min: -1000,
      max: 1000,
      unit: 'bps',
      doc: 'What is added to the price in all: forward if positive, backward if negative.',
    }),
    chance: t.number({
      above: 0,
      max: 1,
      default: 1,
      doc: 'Share of occurrences that the drift follows; each draws its own lot.',
    }),
    only: t.optional(
      t.formula({
        over: 'bars',
        gives: 'boolean',
        doc: 'State in which the drift follows, looked up at the occurrence; over the same bars as `after`. Missing counts as false.',
      }),
    ),
    over: t.duration({ doc: 'How long the drift takes, from the next bar on, evenly.' }),
  },
  { doc: 'An effect that discovery should find.' },
);
