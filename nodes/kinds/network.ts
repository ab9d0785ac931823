import { t } from '../../engine/sdk/index.js';

const address = {
  pattern: '^https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._/-]*[A-Za-z0-9])?$',
  form: 'an http or https address without a slash at its end',
} as const;
const path = {
  pattern: '^/[A-Za-z0-9._/-]+$',
  form: 'a path that begins with a slash',
} as const;
const file = {
  pattern: '^[A-Za-z0-9_{][A-Za-z0-9._/{}-]*\\.zip$',
  form: 'the path of a zip with holes such as {symbol}, {interval} and {date}',
} as const;

/** How the days that an archive does not have yet are asked for. */
const rest = t.record(
  {
    form: t.choice(['klines', 'funding', 'open_interest'], { doc: 'What the answer looks like.' }),
    path: t.text({ ...path, doc: 'Endpoint at the host of the budget.' }),
    budget: t.text({ doc: 'Whose limit its requests count against.' }),
    page: t.integer({ min: 10, max: 1500, unit: 'rows', doc: 'Rows asked for at once.' }),
    weight: t.integer({ min: 1, max: 1000, doc: 'What one request costs.' }),
    reach: t.optional(
      t.duration({ doc: 'How far back the venue answers at all; without limit if absent.' }),
    ),
    columns: t.map(t.text(path), {
      default: {},
      doc: 'Endpoints of further columns of the same rows; a column whose endpoint is silent stays empty.',
    }),
  },
  { doc: 'Where the days come from that the archive does not have yet.' },
);

/** One data set of a venue: where its archive keeps it, and what fills the tail. */
const dataset = t.record({
  archive: t.text({
    ...file,
    doc: 'Path of a file in the archive. Holes: {period} monthly or daily, {symbol}, {base} the symbol without the quote, {interval} 5m, {date} 2025-02 or 2025-02-03.',
  }),
  months: t.boolean({ default: true, doc: 'There are files of whole months.' }),
  days: t.boolean({ default: true, doc: 'There are files of single days.' }),
  since: t.date({ doc: 'First day that can be there.' }),
  rest: t.optional(rest),
});

/** Where a venue publishes its files and answers questions, and how often it may be asked. */
export const network = t.record(
  {
    protocol: t.choice(['binance'], { doc: 'How the venue answers: its shapes and its limits.' }),
    archive: t.text({ doc: 'Host of the files, one of `hosts`.' }),
    at_once: t.integer({ default: 8, min: 1, max: 64, doc: 'Most requests under way.' }),
    silence: t.duration({ default: '30s', doc: 'A connection that says nothing is given up.' }),
    largest: t.integer({ default: 4096, min: 1, max: 65536, doc: 'Largest file, MiB.' }),
    hosts: t.map(t.text(address), { doc: 'Addresses by name.' }),
    budgets: t.map(
      t.record({
        host: t.text({ doc: 'One of `hosts`.' }),
        most: t.integer({ min: 1, max: 1000000, doc: 'Weight that may be used; leave some.' }),
        every: t.duration({ doc: 'Time in which that much may be used.' }),
        told_by: t.optional(t.text({ doc: 'Header that tells the weight used in a minute.' })),
      }),
      { doc: 'Limits of the venue by name; all requests of one budget share it.' },
    ),
    listings: t.optional(
      t.record(
        {
          path: t.text({ ...path, doc: 'Endpoint of what the venue lists.' }),
          budget: t.text({ doc: 'Whose limit its requests count against.' }),
          weight: t.integer({ min: 1, max: 1000, doc: 'What one request costs.' }),
          file: t.text({
            pattern: '^[A-Za-z0-9_][A-Za-z0-9._/{}-]*\\.json$',
            form: 'the path of a JSON file with the hole {date}',
            doc: 'Where the answer is kept, one file a day.',
          }),
        },
        { doc: 'Where the venue tells what it lists.' },
      ),
    ),
    datasets: t.map(dataset, { doc: 'Data sets by name.' }),
  },
  { doc: 'Where the files can be had.' },
);
