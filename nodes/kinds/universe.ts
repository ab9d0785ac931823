import { t } from '../../engine/sdk/index.js';

const names = t.list(t.text(), {
  min: 1,
  doc: 'Files of the folder that hold it; * stands for a part of a name, ** for folders.',
});

/** A column of times, and how these are written. */
const time = t.record(
  {
    column: t.text({ doc: 'The column.' }),
    as: t.choice(['text', 'ms', 'time'], {
      default: 'text',
      doc: 'How it is written: ISO text in UTC, milliseconds, or a time of Parquet.',
    }),
  },
  { doc: 'A column of times; an empty cell is a time that is not known.' },
);

const listing = t.record({
  from: t.date({ doc: 'First moment of trading, UTC.' }),
  until: t.optional(
    t.date({ doc: 'First moment after the last trade, UTC; left out while it trades.' }),
  ),
  category: t.optional(t.text({ doc: "The venue's own category." })),
});

const table = t.record({
  names,
  symbol: t.text({ default: 'symbol', doc: 'Column of the symbol.' }),
  listed: t.optional(time),
  delisted: t.optional(time),
  category: t.optional(t.text({ doc: 'Column of the category.' })),
  status: t.optional(
    t.record(
      {
        column: t.text({ doc: 'The column.' }),
        active: t.list(t.text(), {
          default: ['TRADING'],
          doc: 'What it says of who still trades.',
        }),
        as_of: t.date({
          doc: 'The day that the table is of: who has ended and names no day ended by then.',
        }),
      },
      { doc: 'A column that says who still trades.' },
    ),
  ),
  where: t.map(t.text(), {
    default: {},
    doc: 'Texts that columns of a row must have, such as the venue.',
  }),
});

const info = t.record({
  names,
  where: t.map(t.text(), {
    default: {},
    doc: 'Fields that a symbol must have, such as contractType: PERPETUAL.',
  }),
});

const bars = t.record({
  names,
  symbol: t.optional(t.text({ doc: 'Column of the symbol; without it files are named SYMBOL-….' })),
  opens: t.optional(time),
  spacing: t.duration({ default: '1d', doc: 'Length of a bar, where a column of opens is read.' }),
  active: t.duration({
    default: '7d',
    doc: 'Who has bars this close to the newest of all symbols still trades.',
  }),
});

/** Who was ever listed, and when. What stands earlier is believed: by hand, tables, the exchange, files of bars. */
export const universe = t.record(
  {
    listings: t.map(listing, { default: {}, doc: 'Symbols by name, written by hand.' }),
    tables: t.list(table, { default: [], doc: 'Tables with a row a symbol.' }),
    exchange_info: t.optional(info),
    bars: t.optional(bars),
  },
  { doc: 'Who was ever listed, and when; dead symbols among them.' },
);
