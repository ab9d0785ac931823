import { t } from '../../engine/sdk/index.js';
import { LAST, LAST_DOC, layout } from './layout.js';

/** Data sets that files can hold: bars and funding of the market itself, and what lies beside them. */
const HELD = [
  'bars',
  'funding',
  'spot',
  'open_interest',
  'liquidations',
  'quotes',
  'trades',
  'mark',
  'premium',
] as const;
export type Held = (typeof HELD)[number];

const source = t.record({
  data: t.choice(HELD, {
    doc: 'What they hold: `spot` is bars of the same symbol on the spot market, `mark` and `premium` are bars of prices that are not traded, `quotes` best bid and ask.',
  }),
  names: t.list(t.text(), {
    min: 1,
    doc: 'Names from the folder on, as globs. {symbol}, {base} (the symbol without its quote) and {interval} are filled in; {date} is 2025-01 or 2025-01-31, and files of other days than asked for are left alone.',
  }),
  layout: t.spec(layout, { doc: 'What these files look like.' }),
  interval: t.optional(
    t.duration({
      doc: 'Length of their bars, where it is finer than the market’s: they are put together.',
    }),
  ),
  only: t.map(t.text(), {
    default: {},
    doc: 'Rows to read, where a file holds more: the text that each of these columns has; {symbol} and {base} are filled in.',
  }),
  last: t.optional(
    t.choice(LAST, {
      doc: `Is the last bar of these files over, where the layout does not know? ${LAST_DOC}`,
    }),
  ),
  faulty: t.choice(['refuse', 'keep'], {
    default: 'refuse',
    doc: 'Bars that break a rule (low above high …): refuse the file, or keep them for cleaning to quarantine.',
  }),
});

/** Which files hold which data set. */
export const marketFiles = t.list(source, {
  default: [],
  doc: 'Which files of a folder hold what; a file belongs to the first entry of its data set that fits.',
});
