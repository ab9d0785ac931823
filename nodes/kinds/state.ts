import { defineKind, t } from '../../engine/sdk/index.js';
import { DATASETS } from './datasets.js';
import { event } from './event.js';
import { template } from './template.js';

/** A condition that holds or does not at each bar, and may condition the events of its family. */
export const state = defineKind({
  kind: 'state',
  doc: 'A condition the market of a symbol is in: on from a bar until it is left, missing while its inputs are.',
  folder: 'states',
  formulas: true,
  group: 'family',
  cases: 'three: rows where it is on, rows where it is off, and rows where an input is missing',
  fields: {
    family: t.text({
      pattern: '^[A-Z][A-Z_]*$',
      form: 'a name in capitals such as TREND_STRUCTURE',
      doc: 'The family of its source event: the name of the folder the file lies in.',
    }),
    source: t.id(event, { doc: 'The event it comes from, or is about.' }),
    scope: t.choice(['source_only', 'family_safe'], {
      default: 'source_only',
      doc: 'Which events it may condition: its source alone, or any of the family.',
    }),
    min_events: t.integer({
      default: 200,
      min: 1,
      unit: 'count',
      doc: 'Occurrences that a candidate conditioned on it must have at least.',
    }),
    needs: t.list(t.choice(DATASETS), {
      min: 1,
      doc: 'Data sets the rule stands on, those of the events it names among them.',
    }),
    rule: t.formula({
      over: 'features',
      gives: 'boolean',
      doc: 'Whether the state holds. Events stand by their id, true at the signal bar, with `ID.side` and `ID.severity` there; other states by theirs.',
    }),
    templates: t.list(t.id(template), {
      min: 1,
      doc: 'Rule templates that may be tried in it: some of those of the family.',
    }),
  },
});
