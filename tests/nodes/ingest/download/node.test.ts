import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import download from '../../../../nodes/ingest/download.js';
import { nodeTable, runNode, shapesOf } from '../../../kit/node.js';
import { asked, marketOf, networkOf } from './venue.js';

const DAY = 86_400_000;
/** No host: whatever is refused here is refused before anything is asked. */
const nowhere = 'http://127.0.0.1:9';
const network = networkOf(nowhere);
const { bars } = network.datasets;
const withBars = (archive: string) =>
  marketOf({ ...network, datasets: { ...network.datasets, bars: { ...bars, archive } } });
const today = () => new Date().toISOString().slice(0, 10);
const yesterday = () => new Date(Date.now() - DAY).toISOString().slice(0, 10);

nodeTable(download, {
  gives: [],
  refuses: [
    {
      name: 'a market of files only',
      params: asked(nowhere, { market: { id: 'files', spacing: 300_000, quote: 'USDT' } }),
      code: 'ingest/no-network',
      data: { market: 'files' },
    },
    {
      name: 'bars of the calendar',
      params: asked(nowhere, { market: { ...marketOf(network), period: 'month' } }),
      code: 'ingest/fixed-bars',
      data: { market: 'here', period: 'month' },
    },
    {
      name: 'a data set that is not declared',
      params: asked(nowhere, { datasets: ['bars', 'news'] }),
      code: 'ingest/unknown-dataset',
      data: { market: 'here', dataset: 'news', known: 'bars, funding, open_interest' },
    },
    {
      name: 'listings of a venue that tells none',
      params: asked(nowhere, {
        market: marketOf({ ...network, listings: undefined }),
        listings: true,
      }),
      code: 'ingest/no-listings',
      data: { market: 'here' },
    },
    {
      name: 'a host that is not declared',
      params: asked(nowhere, { market: marketOf({ ...network, archive: 'files' }) }),
      code: 'ingest/unknown-host',
      data: { what: 'host', name: 'files' },
    },
    {
      name: 'a budget that is not declared',
      params: asked(nowhere, {
        market: marketOf({ ...network, listings: { ...network.listings, budget: 'spot' } }),
      }),
      code: 'ingest/unknown-host',
      data: { what: 'budget', name: 'spot' },
    },
    {
      name: 'a path that leads out of the folder',
      params: asked(nowhere, { market: withBars('data/../../{symbol}-{date}.zip') }),
      code: 'ingest/unsafe-path',
      data: { name: 'data/../../SYMBOL-1970-01-01.zip' },
    },
    {
      name: 'a day that is not over',
      params: () => asked(nowhere, { until: today() }),
      code: 'ingest/not-over',
      get data() {
        return { until: today(), last: yesterday() };
      },
    },
    {
      name: 'days of which none is over',
      params: asked(nowhere, { until: '2024-11-30' }),
      code: 'ingest/no-days',
      data: { from: '2024-12-01', to: '2025-02-10', until: '2024-11-30' },
    },
    {
      name: 'a folder that is a file',
      params: () => {
        const path = join(mkdtempSync(join(tmpdir(), 'dag-download-')), 'file');
        writeFileSync(path, 'not a folder');
        return asked(nowhere, { folder: path });
      },
      code: 'ingest/cannot-write',
      data: { reason: 'EEXIST' },
    },
  ],
  warns: [
    {
      name: 'days that are not over are left out',
      // Before the venue had anything: nothing is asked.
      params: asked(nowhere, {
        span: { from: '2017-01-01', to: '2017-02-01' },
        until: '2017-01-15',
        datasets: ['bars'],
      }),
      code: 'ingest/cut',
      data: { until: '2017-01-15', to: '2017-02-01' },
    },
  ],
  // The other tests of this folder.
  elsewhere: {
    params: ['tail', 'recheck', 'attempts', 'backoff', 'patience'],
    codes: [
      'ingest/region-refused',
      'ingest/forbidden',
      'ingest/banned',
      'ingest/left-host',
      'ingest/too-much',
      'ingest/unreachable',
      'ingest/gave-up',
      'ingest/quarantined',
      'ingest/replaced',
      'ingest/shorter',
      'ingest/kept-days',
      'ingest/unverified',
      'ingest/breaks-off',
      'ingest/unlisted',
      'ingest/beyond-reach',
      'ingest/nothing-there',
    ],
  },
});

describe('before anything runs', () => {
  it('problems of the market and of what is asked are told at their parameters', () => {
    const params = asked(nowhere, { datasets: ['news'], market: withBars('a/../{date}.zip') });
    const { problems } = shapesOf(download, {}, params);
    expect(problems.map(({ code }) => code)).toEqual([
      'ingest/unsafe-path',
      'ingest/unknown-dataset',
    ]);
  });

  it('without a day of its own, yesterday is the last', async () => {
    const { until: _until, ...params } = asked(nowhere, { datasets: ['bars'] });
    const span = { from: '2017-01-01', to: '2017-01-02' };
    const { outs } = await runNode(download, {}, { ...params, span });
    expect(outs.files).toMatchObject({ until: '2017-01-02', files: [] });
  });
});
