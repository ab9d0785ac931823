import { describe, expect, it } from '@jest/globals';
import grid from '../../../nodes/discovery/grid.js';
import { frameOf } from '../../kit/chain.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { continuation, eventSpec, horizons, market, reversion } from '../../kit/research.js';

const params = {
  market,
  symbols: ['B', 'A'],
  specs: [eventSpec('E')],
  templates: [continuation, reversion],
  horizons,
};
const ids = async (more: Readonly<Record<string, unknown>>) => {
  const { outs } = await runNode(grid, {}, { ...params, ...more });
  return frameOf(outs, 'hypotheses').texts('id');
};

describe('discovery.grid', () => {
  nodeTable(grid, {
    gives: [
      {
        name: 'names what an event asks for and nothing here can try',
        params: {
          ...params,
          specs: [
            eventSpec('E', {
              templates: ['continuation', 'pullback_entry'],
              horizons: [5 * 60_000, 7],
            }),
          ],
        },
        out: { untried: [{ event: 'E', templates: ['pullback_entry'], horizons: [7] }] },
      },
    ],
    refuses: [
      {
        name: 'nothing to try',
        params: { ...params, specs: [eventSpec('E', { templates: ['unknown'] })] },
        code: 'discovery/no-grid',
        data: {},
      },
      {
        name: 'a horizon between two bars',
        params: {
          ...params,
          specs: [eventSpec('E', { horizons: [450_000] })],
          horizons: [{ hold: 450_000, outcome: 'x' }],
          entry_lag: 2,
        },
        code: 'discovery/horizon',
        data: { hold: 450_000, spacing: 300_000 },
      },
    ],
  });

  it('crosses templates and horizons, sorted by id', async () => {
    const { outs } = await runNode(grid, {}, params);
    const rows = [...frameOf(outs, 'hypotheses').rows()];
    const cells = rows.map((r) => `${r.template} ${r.direction} ${r.horizon} ${r.outcome}`).sort();
    expect(cells).toEqual([
      'continuation 1 1 forward_1',
      'continuation 1 3 forward_3',
      'mean_reversion -1 1 forward_1',
      'mean_reversion -1 3 forward_3',
    ]);
    expect(rows.map((r) => r.id)).toEqual(rows.map((r) => r.id).sort());
  });

  it.each([
    ['simulator', 'simulated'],
    ['binance_klines', null],
  ])('trials on a market of source %s count in the set %s', async (source, namespace) => {
    const { outs } = await runNode(grid, {}, { ...params, market: { ...market, source } });
    expect(new Set(frameOf(outs, 'hypotheses').texts('namespace'))).toEqual(new Set([namespace]));
  });

  it('a hypothesis is its rule, lag, universe and market; the order of symbols is nothing', async () => {
    const base = await ids({});
    expect(await ids({ symbols: ['A', 'B'] })).toEqual(base);
    for (const other of [
      { symbols: ['A'] },
      { entry_lag: 2 },
      { market: { ...market, id: 'other' } },
      { specs: [eventSpec('E', { fires: { text: 'rises(x)' } })] },
      { specs: [eventSpec('E', { cooldown: '7b' })] },
    ]) {
      const found = await ids(other);
      expect(found.filter((id) => base.includes(id))).toEqual([]);
    }
  });
});
