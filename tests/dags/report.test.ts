import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestProject } from '../kit/project.js';

/*
 * The report of the smoke pipeline: every digest in it leads to the items that made what it stands beside. One item has the
 * digest of its whole output; columns of one output, or outputs of many items, have the digest of what the report read.
 */

/** Input of the report → the stages whose outputs stand there, and how many items give them. */
const ORIGINS: Readonly<Record<string, readonly [output: string, items: number]>> = {
  table: ['table.table', 1],
  matrix: ['matrix.matrix', 1],
  equity: ['matrix.equity', 1],
  results: ['matrix.folds', 1],
  summaries: ['fold/summary.summary', 4],
  candidates: ['fold/discovery/found.candidates', 2],
  events: ['events.events', 1],
  tallies: ['registry.tally', 6],
  quality: ['clean.quality', 3],
};

let project: TestProject;
let page: string;
let text: string;

beforeAll(async () => {
  project = new TestProject(['nodes', 'spec', 'dags']);
  const publish = '{ page: lake/reports/smoke, text: lake/reports/smoke }';
  project.edit(
    'dags/smoke.yaml',
    'with: { market: $market, cost: $cost, span: $span, warmup: $warmup }\nout:',
    `with: { market: $market, cost: $cost, span: $span, warmup: $warmup }\n    publish: ${publish}\nout:`,
  );
  // An event that no data of this pipeline can show, so that the table of those is there too.
  const event = 'spec/events/VOLATILITY_TRANSITION/BREAKOUT_TRIGGER.yaml';
  project.edit(event, 'needs: [perp_ohlcv_5m]', 'needs: [perp_ohlcv_5m, news]');
  project.edit(event, 'rises((up or down)', 'rises(minutes_since(news) < 5 and (up or down)');
  project.build();
  const { code, out, err } = await project.dag('run', 'dags/smoke.yaml', '--plain');
  if (code !== 0) throw new Error(`dag run ended with ${code}\n${out}\n${err}`);
  page = project.read('lake/reports/smoke/page.html');
  text = project.read('lake/reports/smoke/text.md');
}, 120_000);
afterAll(() => project.remove());

/** Input and digest of every table and plot. */
const origins = (form: string, pattern: RegExp) =>
  [...form.matchAll(pattern)].map(([, port = '', digest = '']) => ({ port, digest }));
const inText = () => origins(text, /_from (\w+):_ `dag why ([0-9a-f]{16})`/g);

describe('the report of dags/smoke.yaml', () => {
  it('says on the page what it says in the text', () => {
    expect(inText().length).toBeGreaterThanOrEqual(12);
    expect(origins(page, /from (\w+) · <code>dag why ([0-9a-f]{16})<\/code>/g)).toEqual(inText());
    expect([...new Set(inText().map(({ port }) => port))].sort()).toEqual(
      Object.keys(ORIGINS).sort(),
    );
  });

  for (const [port, [output, items]] of Object.entries(ORIGINS)) {
    it(`\`dag why\` leads from ${port} to ${output}`, async () => {
      const digests = new Set(inText().flatMap((o) => (o.port === port ? [o.digest] : [])));
      expect(digests.size).toBe(1);
      const { code, out, err } = await project.dag('why', [...digests].join(), '--json');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const makers: readonly { readonly item: string; readonly port: string }[] = JSON.parse(out);
      const found = makers.map((m) => `${m.item.split('@')[0]}.${m.port}`);
      expect([...new Set(found)]).toEqual([output]);
      expect(found.length).toBe(items);
    });
  }

  it('tells those alike together, and every item can be asked for in turn', async () => {
    const summaries = inText().find(({ port }) => port === 'summaries');
    const { out } = await project.dag('why', summaries?.digest ?? '');
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBe(3);
    expect(lines[0]).toContain('is read by table at "summaries"');
    expect(lines[1]).toContain('and 3 more items alike');
    expect(lines[2]).toContain('4 outputs');
    const { code } = await project.dag('why', lines[0]?.split('.')[0] ?? '');
    expect(code).toBe(0);
  });
});
