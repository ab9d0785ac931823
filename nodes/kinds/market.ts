import { defineKind, t } from '../../engine/sdk/index.js';
import { calendar } from './calendar.js';
import { marketFiles } from './market-files.js';
import { network } from './network.js';
import { universe } from './universe.js';
import { world } from './world.js';

const bps = { min: -100, max: 1000, unit: 'bps' } as const;

const feeChange = t.record({
  from: t.date({ doc: 'When it took effect, UTC.' }),
  taker_bps: t.number({ ...bps, doc: 'What a taker pays from then on.' }),
  maker_bps: t.optional(t.number({ ...bps, doc: 'What a maker pays; less than 0 is a rebate.' })),
});

/** Where bars come from: the built-in simulator or files whose form is declared. */
export const market = defineKind({
  kind: 'market',
  doc: 'A market: how its bars are made or read, its calendar and bar length.',
  folder: 'markets',
  formulas: true,
  fields: {
    source: t.choice(['simulator', 'files'], { doc: 'What makes the rows.' }),
    calendar: t.spec(calendar, { doc: 'When it trades; gives the factor of annualisation.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
    period: t.optional(
      t.choice(['month', 'quarter', 'year'], {
        doc: 'Bars of the calendar, in UTC, in place of `spacing`: markets of files alone have them. They count as known when the longest of them would be over.',
      }),
    ),
    quote: t.text({
      default: 'USDT',
      doc: 'What prices are in: {base} in names of files is the symbol without it.',
    }),
    fees: t.list(feeChange, {
      default: [],
      doc: 'What takers and makers paid, a row whenever it changed; nothing where it is not known. What a backtest pays is a cost.',
    }),
    simulator: t.optional(world),
    files: marketFiles,
    network: t.optional(network),
    universe: t.optional(universe),
  },
});
