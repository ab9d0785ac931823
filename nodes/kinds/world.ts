import { t } from '../../engine/sdk/index.js';
import { planted } from './planted.js';

const share = { min: 0, max: 1 } as const;
const TABLES = ['spot', 'open_interest', 'liquidations', 'tob'] as const;

const listing = t.record(
  {
    from: t.optional(t.date({ doc: 'First day; else the epoch.' })),
    until: t.optional(t.date({ doc: 'First day without it; else it trades on.' })),
  },
  { doc: 'When a symbol trades.' },
);

const fundingChange = t.record(
  {
    symbol: t.text({ doc: 'Whose funding changes.' }),
    from: t.date({ doc: 'First day of the new interval.' }),
    every: t.duration({
      doc: 'From one settlement to the next from then on; a day is a whole number of them.',
    }),
  },
  { doc: 'A new funding interval.' },
);

/** How the simulator makes a market: what moves prices, what breaks, and what is there to be found. */
export const world = t.record(
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
      doc: 'Standard deviation of log volatility beside hours and regimes; it remembers half an hour, a day and three weeks.',
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
    cascades_per_month: t.number({
      min: 0,
      max: 100,
      default: 0,
      doc: 'Mean number of cascades of forced orders a month, about: of the market, and of each symbol beside it.',
    }),
    basis: t.number({
      min: 0,
      max: 100,
      default: 6,
      unit: 'bps',
      doc: 'Standard deviation of the premium of the perpetual over spot.',
    }),
    gaps_per_month: t.number({
      min: 0,
      max: 100,
      doc: 'Mean number of outages a month and symbol.',
    }),
    outages_per_month: t.number({
      min: 0,
      max: 100,
      default: 0,
      doc: 'Mean number of outages a month of the whole exchange: every symbol at once.',
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
    funding_changes: t.list(fundingChange, {
      default: [],
      doc: 'Symbols that come to settle at another interval, in order of time.',
    }),
    listings: t.map(listing, {
      default: {},
      doc: 'Symbols whose listing or delisting is said, by name.',
    }),
    newcomers: t.number({
      ...share,
      default: 0,
      doc: 'Share of all other symbols that are listed after the epoch; their names decide which and when.',
    }),
    newcomer_years: t.number({
      above: 0,
      max: 20,
      default: 3,
      unit: 'years',
      doc: 'Time after the epoch in which newcomers are listed.',
    }),
    delistings_per_year: t.number({
      min: 0,
      max: 10,
      default: 0,
      unit: '1 / year',
      doc: 'Mean number of delistings a year of each symbol whose listing is not said.',
    }),
    roster: t.integer({
      min: 0,
      default: 0,
      doc: 'Which dates of listing and delisting: another number, others. No seed moves them.',
    }),
    tables: t.list(t.choice(TABLES), {
      default: [...TABLES],
      doc: 'What the world has beside bars and funding.',
    }),
    planted: t.list(planted, {
      default: [],
      doc: 'Effects that are there to be found; without any, whatever is found is false.',
    }),
  },
  { doc: 'The simulated world.' },
);
