import { defineKind, t } from '../../engine/sdk/index.js';

const hour = t.integer({ min: 0, max: 23, unit: 'hour UTC' });

/** When a market trades; annualisation follows it. */
export const calendar = defineKind({
  kind: 'calendar',
  doc: 'Trading days of a year and named sessions, by hour of the bar open in UTC.',
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
  },
});
