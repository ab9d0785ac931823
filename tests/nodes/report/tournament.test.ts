import { describe, expect, it } from '@jest/globals';
import { textColumn } from '../../../engine/sdk/index.js';
import fold from '../../../nodes/report/fold.js';
import report from '../../../nodes/report/tournament.js';
import matrix from '../../../nodes/tournament/matrix.js';
import table from '../../../nodes/tournament/table.js';
import { discover, live } from '../../kit/chain.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { costly, eventsOf, market, START, type World, world } from '../../kit/research.js';

const DAY = 86_400_000;
const CUT = 40 * 288;
const shape = { days: 60, symbols: 4, events: ['ALPHA', 'BETA'], rate: 3 };
const planted = world(1, { ...shape, effect: { event: 'BETA', drift: 0.0012, bars: 3 } });
const noise = world(7, shape);
const window = {
  id: '1',
  train_from: START,
  train_to: START + 40 * DAY,
  test_from: START + 40 * DAY,
  test_to: START + 60 * DAY,
};
const quality = [
  {
    at: { symbol: 'S0' },
    value: { bars: 100, missing: 1, longest_gap: 1, duplicates: 0, off_grid: 0, funding_prints: 3 },
  },
];

async function chain(market_: World) {
  const { candidates, trials } = await discover(market_, 0, CUT);
  const { pool, recruited, weighed, lived } = await live(market_, CUT, candidates);
  const at = { rhythm: 'once', fold: '1', scorer: 'plain', risk_profile: 'min_variance' };
  const ins = {
    candidates,
    atoms: pool.atoms,
    winners: recruited.winners,
    vetoes: recruited.vetoes,
    solution: weighed.solution,
    returns: lived.returns,
  };
  const { outs: summed } = await runNode(fold, ins, { fold: window, floor: 4 });
  const one = (value: unknown) => [{ at, value }];
  const { outs: compared } = await runNode(
    matrix,
    { returns: one(lived.returns), benchmark: one(lived.returns), trials: one(trials) },
    { market, draws: 50 },
  );
  const { outs: ranked } = await runNode(table, { matrix: compared.matrix });
  return {
    foldIns: ins,
    summary: summed.summary,
    ins: {
      table: ranked.table,
      matrix: compared.matrix,
      equity: compared.equity,
      results: compared.folds,
      summaries: one(summed.summary),
      candidates: one(candidates),
      events: eventsOf(market_),
      quality,
    },
  };
}
const written = (outs: Readonly<Record<string, unknown>>, port: string): string => {
  const file = outs[port];
  const bytes =
    typeof file === 'object' && file !== null && 'bytes' in file ? file.bytes : undefined;
  if (!(bytes instanceof Uint8Array)) throw new Error(`${port} is no file`);
  return new TextDecoder().decode(bytes);
};

describe('report.fold', () => {
  it('counts from hypotheses to trades', async () => {
    const { summary } = await chain(planted);
    expect(summary).toMatchObject({
      fold: window,
      discovery: { hypotheses: 8, tested: 8 },
      selection: { stage: 4 },
      allocation: { status: 'at the cap', cap_relaxed: true },
      test: { days: 20 },
    });
  });
  it('cash is not degraded', async () => {
    const { summary } = await chain(noise);
    expect(summary).toMatchObject({
      discovery: { passed: 0 },
      selection: { atoms: 0, winners: 0, stage: 0 },
      test: { net: 0, trades: 0, exposure: 0 },
      degraded: [],
    });
  });
  it('says what leaned on fallbacks', async () => {
    const { foldIns } = await chain(planted);
    const solution = { status: 'unsettled', fallbacks: ['equal_weight'], cap_relaxed: true };
    const { outs } = await runNode(fold, { ...foldIns, solution }, { fold: window, floor: 1000 });
    expect(outs.summary).toMatchObject({
      degraded: expect.arrayContaining([
        'caps were raised',
        'the solver did not settle',
        'weights fell back',
      ]),
    });
  });
  nodeTable(fold, {
    gives: [
      {
        name: 'a fold of cash',
        in: async () => (await chain(noise)).foldIns,
        params: { fold: window, floor: 15 },
        out: {},
      },
    ],
  });
});

describe('report.tournament', () => {
  nodeTable(report, {
    gives: [
      {
        name: 'a page and a text',
        in: async () => (await chain(noise)).ins,
        params: { market, cost: costly, title: 'T' },
        out: {},
      },
    ],
  });

  it('tells of cash as of a result', async () => {
    const { outs } = await runNode(report, (await chain(noise)).ins, { market, cost: costly });
    expect(written(outs, 'text')).toContain('every combination stayed in cash');
    expect(written(outs, 'page')).not.toMatch(/NaN|undefined|\[object/);
  });

  it('every table and plot names the digest of its data, in both forms', async () => {
    const { outs } = await runNode(report, (await chain(planted)).ins, { market, cost: costly });
    const [page, text] = [written(outs, 'page'), written(outs, 'text')];
    const figures = page.match(/<figure>/g)?.length ?? 0;
    expect(figures).toBeGreaterThanOrEqual(10);
    expect(page.match(/dag why [0-9a-f]{16}/g)?.length).toBe(figures);
    expect(text.match(/dag why [0-9a-f]{16}/g)?.length).toBe(figures);
    expect(page.match(/<svg/g)?.length).toBe(3);
    expect(page).not.toMatch(/NaN|undefined|\[object/);
    expect(text).toContain('BETA · continuation');
  });

  it('is the same twice', async () => {
    const { ins } = await chain(planted);
    const [a, b] = [
      await runNode(report, ins, { market, cost: costly }),
      await runNode(report, ins, { market, cost: costly }),
    ];
    expect(written(a.outs, 'page')).toBe(written(b.outs, 'page'));
  });

  it('no text of the data can become a mark', async () => {
    const { ins } = await chain(noise);
    const evil = ins.events.with(
      'event',
      textColumn(ins.events.texts('event').map(() => '<img src=x>')),
    );
    const { outs } = await runNode(report, { ...ins, events: evil }, { market, cost: costly });
    expect(written(outs, 'page')).not.toContain('<img');
    expect(written(outs, 'text')).not.toContain('<img');
  });
});
