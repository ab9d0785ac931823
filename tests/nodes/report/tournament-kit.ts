import { isFrame } from '../../../engine/frame/frame.js';
import { Frame, textColumn } from '../../../engine/sdk/index.js';
import fold from '../../../nodes/report/fold.js';
import matrix from '../../../nodes/tournament/matrix.js';
import table from '../../../nodes/tournament/table.js';
import { discover, live } from '../../kit/chain.js';
import { runNode } from '../../kit/node.js';
import { DAY, eventsOf, market, START, type World, world } from '../../kit/research.js';

/** Inputs of the two report nodes, made by the nodes before them. */

const CUT = 40 * 288;
const shape = { days: 60, symbols: 4, events: ['ALPHA', 'BETA'], rate: 3 };
/** After BETA prices drift, so that there is something to hold. */
export const planted = world(1, { ...shape, effect: { event: 'BETA', drift: 0.0012, bars: 3 } });
export const noise = world(7, shape);
export const window = {
  id: '1',
  train_from: START,
  train_to: START + 40 * DAY,
  test_from: START + 40 * DAY,
  test_to: START + 60 * DAY,
};
/** What cleaning told of the bars and of so many funding prints. */
export function qualityOf(symbol: string, prints: number, more: object = {}) {
  const bars = {
    first: START,
    last: START + 60 * DAY,
    rows: 99,
    expected: 100,
    missing: 1,
    gap_count: 1,
    longest_gap_ms: 300_000,
    faults: {},
    dropped: {},
    months: [{ month: '2024-01', expected: 100, missing: 1 }],
  };
  const odd = { flat: 5, suspect: 1, wick: 2, moved: 3, stale: 4, flagged: 9 };
  return {
    at: { symbol },
    value: {
      bars: { ...bars, ...more },
      funding: { rows: prints, expected: prints, missing: 0 },
      odd,
    },
  };
}
const quality = [qualityOf('S0', 3), qualityOf('S1', 0)];
const tallies = [
  { event: 'ALPHA', available: true, needs: [], bars: 400, count: 12 },
  { event: 'BETA', available: true, needs: [], bars: 400, count: 12 },
  { event: 'GAMMA', available: true, needs: [], bars: 400, count: 0 },
  {
    event: 'EPSILON',
    available: true,
    needs: [],
    without: { S0: ['funding'], S2: ['funding'] },
    bars: 200,
    count: 0,
  },
  {
    event: 'DELTA',
    available: false,
    needs: ['spot'],
    datasets: ['spot_ohlcv_5m'],
    bars: 0,
    count: 0,
  },
].map((value) => ({ at: { event: value.event }, value }));
const untried = [
  {
    at: { fold: '1' },
    value: [
      {
        event: 'ALPHA',
        templates: ['fancy'],
        lacks: {},
        same_as: [],
        horizons: [7_200_000],
        states: [],
        refused: [],
      },
    ],
  },
];

/** Both nodes' inputs after the whole chain ran on a world. */
export async function chain(of: World) {
  const { candidates, trials } = await discover(of, 0, CUT);
  const { pool, recruited, weighed, lived } = await live(of, CUT, candidates);
  const at = { rhythm: 'once', fold: '1', scorer: 'plain', risk_profile: 'min_variance' };
  const foldIns = {
    candidates,
    atoms: pool.atoms,
    winners: recruited.winners,
    vetoes: recruited.vetoes,
    solution: weighed.solution,
    weights: weighed.weights,
    trades: lived.trades,
    returns: lived.returns,
  };
  const { outs: summed } = await runNode(fold, foldIns, { fold: window, floor: 4 });
  const one = (value: unknown) => [{ at, value }];
  const { outs: compared } = await runNode(
    matrix,
    { returns: one(lived.returns), benchmark: one(lived.returns), trials: one(trials) },
    { market, draws: 50 },
  );
  const { outs: ranked } = await runNode(
    table,
    { matrix: compared.matrix, summaries: one(summed.summary) },
    { market },
  );
  const ins = {
    table: ranked.table,
    matrix: compared.matrix,
    equity: compared.equity,
    results: compared.folds,
    summaries: one(summed.summary),
    candidates: one(candidates),
    untried,
    events: eventsOf(of),
    tallies,
    quality,
  };
  return { foldIns, summary: summed.summary, ins };
}

/** The text of a file that a node gave. */
export function written(outs: Readonly<Record<string, unknown>>, port: string): string {
  const file = outs[port];
  const bytes =
    typeof file === 'object' && file !== null && 'bytes' in file ? file.bytes : undefined;
  if (!(bytes instanceof Uint8Array)) throw new Error(`${port} is no file`);
  return new TextDecoder().decode(bytes);
}

/** A value with every text in it, names of tables' rows and keys included, followed by `mark`. */
export function marked(value: unknown, mark: string): unknown {
  if (typeof value === 'string') return `${value}${mark}`;
  if (isFrame(value)) {
    return Frame.from(
      value.names.map((name) => {
        const column = value.get(name);
        const texts = () => textColumn(value.texts(name).map((x) => (x === null ? x : x + mark)));
        return { name, column: column.dtype === 'text' ? texts() : column };
      }),
      value.length,
    );
  }
  if (Array.isArray(value)) return value.map((part) => marked(part, mark));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, marked(v, mark)]));
}
