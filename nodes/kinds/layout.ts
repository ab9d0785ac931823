import { defineKind, t } from '../../engine/sdk/index.js';

/** What a column of a file can be: a column of the raw table, or a fact about the row. */
const ROLES = [
  'ts',
  'ts_else',
  'close_ts',
  'symbol',
  'base_asset',
  'id',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'quote_volume',
  'trade_count',
  'taker_base_volume',
  'rate',
  'interval_hours',
  'base',
  'value',
  'contracts',
  'top_account_ratio',
  'top_position_ratio',
  'account_ratio',
  'taker_ratio',
  'sell',
  'price',
  'bid_price',
  'bid_base',
  'ask_price',
  'ask_base',
] as const;
export type Role = (typeof ROLES)[number];

const column = t.record({
  name: t.text({ doc: 'As the header, the Parquet or the Arrow schema has it.' }),
  as: t.optional(
    t.choice(ROLES, {
      doc: 'The column of the table it gives. Besides: `ts_else` stands in where `ts` is empty, `close_ts` is the end of a bar, `symbol` and `base_asset` (the symbol without its quote) tell whose row it is, `id` orders rows of one time and `contracts` are valued by `contract_value`. A column without it is not read.',
    }),
  ),
  time: t.choice(['epoch', 'text', 'stamp'], {
    default: 'epoch',
    doc: 'How times are written: `epoch` counts s, ms, µs or ns, told for each value by its size; `text` is 2025-01-31, 2025-01-31 08:00:00 or ISO, in UTC; `stamp` is the timestamp type of Parquet or Arrow.',
  }),
  empty: t.boolean({ default: false, doc: 'Cells may be empty: such values are missing.' }),
  is_true: t.list(t.text(), { default: [], doc: 'Texts that mean true, if not `true`.' }),
  is_false: t.list(t.text(), { default: [], doc: 'Texts that mean false, if not `false`.' }),
});

/** What becomes of the last bar of a file: a program that saves what an exchange answers saves the bar that is still open, too. */
export const LAST = ['whole', 'forming', 'unsaid'] as const;
export const LAST_DOC =
  '`whole`: who writes such files writes bars that are over; `forming`: the last bar of each file was still open when it was saved, and is left out; `unsaid`: it is left out unless it ends a day (bars of a day or more: a month), as files do that were cut by date.';

/** What one kind of file looks like: its columns in order, and what each becomes. */
export const layout = defineKind({
  kind: 'layout',
  doc: 'The columns of a kind of file, what each becomes and how its times are written. Types follow from the declaration and are never inferred.',
  folder: 'layouts',
  fields: {
    table: t.choice(
      ['bars', 'funding', 'open_interest', 'liquidations', 'quotes', 'trades', 'marks'],
      { doc: 'What a row is; the columns stand in `spec/contracts/raw_….yaml`.' },
    ),
    header: t.choice(['optional', 'required', 'none'], {
      default: 'optional',
      doc: 'Whether text files begin with the names of their columns. Optional: a first line that begins with a digit is a row.',
    }),
    columns: t.list(column, {
      min: 2,
      doc: 'In the order of files without a header; elsewhere columns are found by name, and files may have others besides.',
    }),
    last: t.choice(LAST, {
      default: 'unsaid',
      doc: `Tables of bars: is the last bar of a file over? ${LAST_DOC} Whatever stands here, one that ends before its time is left out.`,
    }),
    dated: t.choice(['open', 'last_day'], {
      default: 'open',
      doc: 'What `ts` of a bar is: when it opens, or the last day of it, as pandas names months.',
    }),
    contract_value: t.optional(
      t.record(
        {
          usual: t.number({ above: 0, unit: 'quote', doc: 'Of one contract.' }),
          besides: t.list(
            t.record({
              base: t.text({ doc: 'Base asset, such as BTC.' }),
              value: t.number({ above: 0, unit: 'quote', doc: 'Of one contract.' }),
            }),
            { default: [], doc: 'Base assets whose contracts have another value.' },
          ),
        },
        {
          doc: 'What a contract is worth, where a file counts contracts: value = contracts × contract value, base = value / price.',
        },
      ),
    ),
  },
});
