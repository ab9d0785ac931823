import { defineKind, t } from '../../engine/sdk/index.js';

/** A rule template: how an event becomes a position. */
export const template = defineKind({
  kind: 'template',
  doc: 'How discovery trades an event: with its side or against it, until the horizon.',
  folder: 'discovery/templates',
  fields: {
    direction: t.optional(
      t.integer({
        min: -1,
        max: 1,
        doc: '+1 trades with the side of the event, −1 against it. Without it the template has a name and a meaning, but discovery does not try it yet.',
      }),
    ),
  },
});
