/** What can go wrong with a download so that nothing more can be had. */
export const ERRORS = {
  'ingest/no-network':
    'The market {market} declares no `network:`, so there is nothing to download.',
  'ingest/fixed-bars':
    'The market {market} has bars by the {period}; what is downloaded are bars of one length.',
  'ingest/unknown-dataset':
    'The market {market} can download no "{dataset}"; its data sets are {known}.',
  'ingest/no-listings': 'The market {market} declares no `network.listings:`.',
  'ingest/unknown-host':
    'The market {market} names the {what} "{name}", which it does not declare.',
  'ingest/unsafe-path': '{name} is no place inside the folder; nothing was asked for.',
  'ingest/not-over': 'The day {until} is not over; the last whole day is {last}.',
  'ingest/no-days': 'No day of {from} … {to} is over on {until}.',
  'ingest/region-refused':
    'The host {host} does not serve this region (451: {url}). The rest of the archive may be had with tail=0d.',
  'ingest/forbidden': 'The host {host} refuses {url} with status {status}: {said}.',
  'ingest/banned':
    'The host {host} asks us to stay away for {seconds} s, longer than the {patience} s we may wait; run again after that.',
  'ingest/left-host': '{url} leads to {target}, away from the declared host; it was not followed.',
  'ingest/too-much': '{url} is larger than {limit} bytes; nothing was kept.',
  'ingest/unreachable':
    'The host {host} cannot be reached: {why}. Look at the connection, and at `network.hosts` of the market. What lies in the folder stays; pipelines that read it with `raw=` need no network.',
  'ingest/gave-up':
    '{count} requests failed {attempts} times each, first {url}: {why}. What had come is kept; run again for the rest.',
  'ingest/cannot-write': '{path} cannot be written: {reason}.',
} as const;

/** What a person should know of a download that went through. */
export const WARNINGS = {
  'ingest/cut': 'Days after {until} are not over; {to} was asked for.',
  'ingest/quarantined':
    '{count} files do not match the checksum their archive gives, first {name}; they lie under .quarantine and are not used.',
  'ingest/unverified':
    '{count} files lie in the folder that were never verified or have been changed since, and the archive has none to take their place, first {name}. They stand for no days; remove them.',
  'ingest/replaced': '{count} files were replaced, since their archive changed them, first {name}.',
  'ingest/shorter':
    '{count} files came anew without {rows} rows that they had before, first {name}; days of such a month are asked for one by one.',
  'ingest/kept-days':
    '{symbol}: {count} days of {dataset} have {rows} rows that the file of their month, or the archive’s day, lacks, first {name}. They stay and are read beside it.',
  'ingest/unlisted':
    'The venue knows no {symbol}, or none any more, of which to tell {dataset}: days that the archive lacks are not to be had.',
  'ingest/breaks-off':
    '{symbol}: the venue does not tell {count} days of {dataset} whole, first {first}. It ended, or the venue has a hole or is silent; the next run asks again.',
  'ingest/beyond-reach':
    '{symbol}: {count} days of {dataset} between {first} and {last} are not in the archive, and the venue answers for the last {reach} days only. They are missing, and no later run can have them unless the archive adds them.',
  'ingest/nothing-there': 'Neither archive nor venue has {dataset} of {symbol} in {from} … {to}.',
} as const;
