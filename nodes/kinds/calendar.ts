import { defineKind, t } from '../../engine/sdk/index.js';

const hour = t.integer({ min: 0, max: 23, unit: 'hour UTC' });

const release = t.record({
  name: t.text({ doc: 'What is released, such as US_CPI.' }),
  importance: t.choice(['high', 'medium', 'low'], { doc: 'How far it moves markets.' }),
  announced: t.date({
    doc: 'When these dates were made public, UTC; not after the first of them.',
  }),
  at: t.list(t.date(), {
    min: 1,
    doc: 'When it is out, UTC; clocks of its country change with the season.',
  }),
});

/** When a market trades; annualisation follows it. */
export const calendar = defineKind({
  kind: 'calendar',
  doc: 'Trading days of a year, named sessions by hour of the bar open in UTC, and scheduled news.',
  folder: 'calendars',
  fields: {
    days_per_year: t.integer({
      min: 1,
      max: 366,
      doc: 'Days a market trades a year: 365 for crypto.',
    }),
    sessions: t.map(t.record({ first: hour, last: hour }), {
      default: {},
      doc: 'Sessions by name; both hours are included.',
    }),
    releases: t.list(release, {
      default: [],
      doc: 'Scheduled news; without any, what asks for news is unavailable.',
    }),
    known_until: t.optional(
      t.date({
        doc: 'Where the list of news ends, UTC: all that were due before are in it. From then on what asks for news is missing, not quiet. A calendar with releases needs it.',
      }),
    ),
  },
});
