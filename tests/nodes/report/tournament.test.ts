import { describe, expect, it } from '@jest/globals';
import report from '../../../nodes/report/tournament.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { costly, DAY, free, market, START } from '../../kit/research.js';
import { chain, marked, noise, planted, written } from './tournament-kit.js';

const span = { from: START, to: START + 60 * DAY };
const params = { market, cost: costly, span, warmup: 0 };
const DIGEST = /dag why ([0-9a-f]{16})/g;

/** The report of a world, both forms; `change` may alter what it reads. */
async function reported(
  of: Parameters<typeof chain>[0],
  change: (ins: Readonly<Record<string, unknown>>) => object = (ins) => ins,
  more: object = params,
) {
  const { ins } = await chain(of);
  const { outs } = await runNode(report, { ...ins, ...change(ins) }, { ...more });
  return { page: written(outs, 'page'), text: written(outs, 'text') };
}

describe('report.tournament', () => {
  nodeTable(report, {
    gives: [
      {
        name: 'a page and a text',
        in: async () => (await chain(noise)).ins,
        params: { ...params, title: 'T' },
        out: {},
      },
    ],
  });

  it('tells of cash as of a result', async () => {
    const { page, text } = await reported(noise);
    expect(text).toContain('in any of 1 folds');
    expect(text).toContain('every combination stayed in cash');
    expect(text).toContain('No fold had a find to select from');
    expect(text).not.toContain('trust the deflated ratio');
    expect(page).not.toMatch(/NaN|undefined|\[object|Infinity/);
    expect(text).not.toMatch(/NaN|undefined|\[object|Infinity/);
  });

  it('does not call it cash for want of finds where finds came to nothing', async () => {
    const { summary } = await chain(planted);
    const { text } = await reported(noise, () => ({ summaries: [{ at: {}, value: summary }] }));
    expect(text).toContain('none became a position that traded');
  });

  it('leads with the best row, what it is worth, and what was tried', async () => {
    const { text } = await reported(planted);
    expect(text).toMatch(
      /The best by Sharpe ratio is once\/plain\/min\\_variance \(\w+, 1 of its 1 folds leaned on fallbacks\)/,
    );
    expect(text).toMatch(/in 20 days after costs and funding \(not known of S1\) \(/);
    expect(text).toContain(
      'Of 8 hypotheses in the grid 8 could be looked at and 8 occurred often enough to be tested; the 8 and one combination compared make 9 trials.',
    );
    expect(text).toContain('6.5 basis points a side');
  });

  it('every table and plot names the digest of its data, in both forms', async () => {
    const { page, text } = await reported(planted);
    const figures = page.match(/<figure>/g)?.length ?? 0;
    expect(figures).toBeGreaterThanOrEqual(15);
    const digests = (form: string) => [...form.matchAll(DIGEST)].map(([, digest]) => digest);
    expect(digests(page).length).toBe(figures);
    expect(digests(text)).toEqual(digests(page));
    expect(page.match(/<svg/g)?.length).toBe(5);
    expect(page).not.toMatch(/NaN|undefined|\[object/);
    expect(text).toContain('BETA · continuation');
    expect(text).toMatch(/\| S\d\\_BETA\.continuation\.3b\\_LONG \|/);
  });

  it('says what was not there: events, templates, funding', async () => {
    const { text } = await reported(planted);
    expect(text).toContain('| spot\\_ohlcv\\_5m | all | 1 | DELTA |');
    expect(text).toContain('| funding | S0, S2 | 1 | EPSILON |');
    expect(text).toContain('5 events are declared. 2 occurred, 2 never did (GAMMA, EPSILON); 1');
    expect(text).toContain('templates fancy (1); holding times 2 h (1)');
    expect(text).toContain('except in S1: no funding prints were given there');
    const { text: unfunded } = await reported(planted, undefined, {
      market,
      cost: free,
      span,
      warmup: 0,
    });
    expect(unfunded).toContain('Positions pay no funding');
    const { text: none } = await reported(planted, ({ quality }) => ({
      quality: Array.isArray(quality) ? quality.slice(1) : [],
    }));
    expect(none).toContain('funding is missing from every number here');
  });

  it('combinations that fared alike in a fold share a line', async () => {
    const { summary } = await chain(planted);
    const value = Object(summary);
    const other = { ...value, test: { ...value.test, net: 0.5 } };
    const at = (scorer: string, risk_profile: string) => ({
      rhythm: 'once',
      fold: '1',
      scorer,
      risk_profile,
    });
    const lines = async (calm: object) => {
      const summaries = [
        { at: at('a', 'even'), value },
        { at: at('a', 'calm'), value: calm },
        { at: at('b', 'even'), value },
        { at: at('b', 'calm'), value: calm },
      ];
      const { text } = await reported(planted, () => ({ summaries }));
      return [...text.matchAll(/^\| (.*?) \| once \| 1 \| /gm)].map(([, name]) => name);
    };
    expect(await lines(value)).toEqual(['any scorer / any profile']);
    expect(await lines(other)).toEqual(['any scorer / even', 'any scorer / calm']);
  });

  it('says of a simulated market that it is one', async () => {
    const real = { ...params, market: { ...market, source: 'files' } };
    expect((await reported(planted)).text).toContain('Simulated: market test is made by');
    expect((await reported(planted, undefined, real)).text).not.toContain('simulated');
  });

  it('marks folds and starts equity from 1', async () => {
    const { page } = await reported(planted);
    expect(page.match(/class="band"/g)?.length).toBe(2);
    expect(page).toMatch(/<polyline[^>]*points="62,/);
    expect(page).toMatch(/>fold 1<\/text>[\s\S]*>2024-02-10<\/text>/);
  });

  it('is the same twice', async () => {
    expect(await reported(planted)).toEqual(await reported(planted));
  });

  it('no text of the data can become a mark', async () => {
    const evil = `'"><img src=x onerror=alert(1)></svg><script>/*|\n# `;
    const change = (ins: Readonly<Record<string, unknown>>) => Object(marked(ins, evil));
    const { page, text } = await reported(planted, change, {
      ...params,
      title: evil,
      market: { ...market, id: evil },
    });
    expect(page).toContain('&lt;img src=x');
    const tags = [...page.matchAll(/<\/?([a-z0-9!]+)([^>]*)>/gi)];
    expect([...new Set(tags.map(([, name]) => name?.toLowerCase()))].sort()).toEqual(TAGS);
    const attributes = tags.flatMap(([, , rest]) =>
      [...(rest ?? '').replace(/"[^"]*"/g, '""').matchAll(/([^\s=]+)=/g)].map(([, name]) => name),
    );
    expect(attributes.filter((name) => name?.startsWith('on'))).toEqual([]);
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    expect(text).not.toMatch(/<(img|script)/);
    expect(text.match(/^#+ .*/gm)?.length).toBe(10);
    for (const line of text.split('\n').filter((l) => l.startsWith('| '))) {
      expect(line.endsWith(' |')).toBe(true);
    }
  });
});

/** Every tag a page may hold. */
const TAGS = [
  '!doctype',
  'body',
  'code',
  'details',
  'div',
  'figcaption',
  'figure',
  'h1',
  'h2',
  'head',
  'html',
  'li',
  'line',
  'meta',
  'p',
  'polygon',
  'polyline',
  'rect',
  'section',
  'style',
  'summary',
  'svg',
  'table',
  'tbody',
  'td',
  'text',
  'th',
  'thead',
  'title',
  'tr',
  'ul',
  'wbr',
];
