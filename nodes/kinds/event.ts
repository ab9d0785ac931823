import { defineKind, t } from '../../engine/sdk/index.js';
import { DATASETS } from './datasets.js';
import { template } from './template.js';

/** A predicate over features with its side, severity and thinning: one of the 57 registries. */
export const event = defineKind({
  kind: 'event',
  doc: 'Something that happens at a bar: when it fires, which way it points, how severe it is.',
  folder: 'events',
  formulas: true,
  group: 'family',
  varies: 'main',
  cases:
    'three: one that fires, a near miss, and one firing again within the cooldown and after it',
  fields: {
    family: t.text({
      pattern: '^[A-Z][A-Z_]*$',
      form: 'a name in capitals such as TREND_STRUCTURE',
      doc: 'The family events are pooled in: the name of the folder the file lies in.',
    }),
    needs: t.list(t.choice(DATASETS), {
      min: 1,
      doc: 'Data sets the rule stands on; unmet needs make it unavailable.',
    }),
    main: t.optional(
      t.text({
        pattern: '^[a-z_][a-z0-9_]*$',
        form: 'the name of a parameter, or none',
        doc: 'The threshold the rule hangs on most, which gate E1 moves a little: a parameter, the first unless told; `none` where no parameter is a threshold.',
      }),
    ),
    proxy: t.optional(
      t.text({
        doc: 'What stands in for which data: in the rule, or in `stand_in` where there is one.',
      }),
    ),
    fires: t.formula({
      over: 'features',
      gives: 'boolean',
      doc: 'True on bars whose close completes the rule: `rises(mask)` for onsets, a mask for every bar.',
    }),
    stand_in: t.optional(
      t.formula({
        over: 'features',
        gives: 'boolean',
        doc: 'When it fires where the rule lacks data. Only what it tells is a proxy then, not what the rule tells.',
      }),
    ),
    cooldown: t.text({
      pattern: '^[1-9][0-9]*b$',
      form: 'a number of bars such as 12b',
      doc: 'Bars from one occurrence to the earliest next one: greedy thinning.',
    }),
    side: t.formula({
      over: 'features',
      gives: 'number',
      doc: '+1, −1 or 0: the direction the event points to.',
    }),
    sign: t.optional(
      t.formula({
        over: 'features',
        gives: 'number',
        doc: 'Sign of the signed driver where it is not the side, e.g. what stands in when the side is 0.',
      }),
    ),
    severity: t.formula({
      over: 'features',
      gives: 'number',
      doc: 'How far beyond usual, ≥ 0, larger is rarer.',
    }),
    active: t.text({
      pattern: '^[1-9][0-9]*b$',
      form: 'a number of bars such as 12b',
      default: '12b',
      doc: 'Bars an occurrence counts as active after it was detected.',
    }),
    confirm: t.integer({
      default: 0,
      min: 0,
      unit: 'bars',
      doc: 'Bars from the start of the phenomenon to the bar that completes the rule.',
    }),
    prevalence: t.record(
      {
        per_10k_bars: t.list(t.number({ min: 0 }), {
          min: 2,
          max: 2,
          doc: 'Least and most occurrences.',
        }),
      },
      { default: { per_10k_bars: [1, 500] }, doc: 'How often the event may occur to be of use.' },
    ),
    templates: t.list(t.id(template), { min: 1, doc: 'Rule templates discovery tries on it.' }),
    horizons: t.list(t.duration(), { min: 1, doc: 'Horizons discovery looks at.' }),
  },
});
