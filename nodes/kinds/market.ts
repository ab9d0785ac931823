import { defineKind, t } from '../../engine/sdk/index.js';
import { calendar } from './calendar.js';
import { planted } from './planted.js';

const share = { min: 0, max: 1 } as const;

/** Where bars come from: the built-in simulator or files in a venue's public format. */
export const market = defineKind({
  kind: 'market',
  doc: 'A market: how its bars are made or read, its calendar and bar length.',
  folder: 'markets',
  formulas: true,
  fields: {
    source: t.choice(['simulator', 'binance_klines'], { doc: 'What makes the rows.' }),
    calendar: t.spec(calendar, { doc: 'When it trades; gives the factor of annualisation.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
    simulator: t.optional(
      t.record(
        {
          epoch: t.date({ doc: 'First day of the world; earlier days do not exist.' }),
          volatility: t.number({
            above: 0,
            max: 10,
            unit: '1 / √year',
            doc: 'Usual volatility of a symbol, a year.',
          }),
          turbulence: t.number({
            min: 1,
            max: 10,
            doc: 'Volatility of the turbulent regime over that of the calm one.',
          }),
          calm_days: t.number({ min: 1, unit: 'days', doc: 'Mean length of a calm spell.' }),
          turbulent_days: t.number({
            min: 1,
            unit: 'days',
            doc: 'Mean length of a turbulent spell.',
          }),
          clustering: t.number({
            min: 0,
            max: 2,
            doc: 'Standard deviation of log volatility within a day.',
          }),
          tails: t.number({
            ...share,
            doc: 'Share of bars whose variance is nine times the usual.',
          }),
          market_share: t.number({
            ...share,
            doc: 'Share of variance that symbols have in common.',
          }),
          jumps_per_day: t.number({
            min: 0,
            max: 20,
            doc: 'Mean number of jumps a day and symbol.',
          }),
          jump: t.number({
            min: 0,
            max: 0.5,
            doc: 'Standard deviation of the log size of a jump.',
          }),
          gaps_per_month: t.number({
            min: 0,
            max: 100,
            doc: 'Mean number of outages a month and symbol.',
          }),
          bad_ticks_per_month: t.number({
            min: 0,
            max: 1000,
            doc: 'Mean number of broken rows a month and symbol.',
          }),
          funding_interval: t.duration({
            default: '8h',
            doc: 'From one funding settlement to the next.',
          }),
          planted: t.list(planted, {
            default: [],
            doc: 'Effects that are there to be found; without any, whatever is found is false.',
          }),
        },
        { doc: 'The simulated world.' },
      ),
    ),
  },
});
