import { Frame, flagColumn, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import { costly, DAY, market, START } from '../../kit/research.js';
import { qualityOf } from './tournament-kit.js';

/** Inputs of the page of research, made by hand: what its nodes will give, column by column. */

export const real = { ...market, id: 'venue', source: 'files' };
export const params = {
  market: real,
  cost: costly,
  span: { from: START, to: START + 200 * DAY },
  warmup: 0,
};

const EVENTS = ['ALPHA', 'BETA', 'GAMMA', 'OI_SPIKE_NEGATIVE'];
const TEMPLATES = [
  ['continuation', 1],
  ['mean_reversion', -1],
] as const;
const HORIZONS = [1, 3, 12];
const GATES = ['not_tested', 'multiplicity', 'sample', 'edge', 'stressed_edge', 'stability'];

interface Shape {
  /** How many hypotheses; the first of them pass. */
  readonly count: number;
  readonly passed: number;
  /** Only columns that the contract of today has. */
  readonly bare?: boolean;
}

/** A number between 0 and 1 that looks drawn, by place. */
const noise = (i: number, salt: number) => {
  const x = Math.sin(i * 12.9898 + salt * 78.233) * 43758.5453;
  return x - Math.floor(x);
};

/** Candidates in order of their ids; every seventh could not be tested. */
export function candidatesOf({ count, passed, bare = false }: Shape): Frame {
  const rows = Array.from({ length: count }, (_, i) => rowOf(i, passed, count));
  const [numbers, texts] = [
    (tell: (row: (typeof rows)[number]) => number) => rows.map(tell),
    (tell: (row: (typeof rows)[number]) => string | null) => textColumn(rows.map(tell)),
  ];
  const frame = Frame.of({
    id: texts((r) => r.id),
    event: texts((r) => r.event),
    template: texts((r) => r.template),
    symbol: texts((r) => r.symbol),
    horizon: numbers((r) => r.horizon),
    entry_lag: numbers(() => 1),
    direction: numbers((r) => r.direction),
    n: numbers((r) => r.n),
    days: numbers((r) => Math.floor(r.n / 2)),
    effective: numbers((r) => (Number.isNaN(r.p) ? Number.NaN : r.n / 2)),
    gross: numbers((r) => r.mean + 0.0013),
    mean: numbers((r) => r.mean),
    stressed: numbers((r) => r.mean - 0.00065),
    t: numbers((r) => r.mean / r.se),
    p: numbers((r) => r.p),
    q: numbers((r) => r.q),
    passed: { dtype: 'bool', values: Uint8Array.from(rows, (r) => (r.passed ? 1 : 0)) },
    reasons: texts((r) => r.reasons),
  });
  if (bare) return frame;
  return frame
    .with(
      'family',
      texts(() => 'FAMILY'),
    )
    .with(
      'state',
      texts((r) => r.state),
    )
    .with(
      'judged',
      texts(() => 'mean'),
    )
    .with(
      'se',
      numbers((r) => r.se),
    )
    .with(
      'shrunk',
      numbers((r) => r.mean / 2),
    )
    .with(
      'weight',
      numbers(() => 0.5),
    )
    .with(
      'posterior',
      numbers((r) => (r.passed ? 0.99 : 0.4)),
    )
    .with(
      'track',
      texts((r) => (r.passed ? 'standard' : 'none')),
    )
    .with(
      'quality',
      numbers((r) => (r.passed ? 1 : 0.5)),
    );
}

function rowOf(i: number, passing: number, count: number) {
  const [passed, six] = [i < passing, Math.floor(i / 6)];
  const tested = passed || i % 7 !== 6;
  const [template, direction] = TEMPLATES[i % 2] ?? TEMPLATES[0];
  const se = 0.0002 + 0.001 * noise(i, 1);
  const mean = passed ? 0.002 + 0.0001 * i : -0.0013 + se * 2 * (noise(i, 2) + noise(i, 3) - 1);
  const p = passed ? 1e-7 * (i + 1) : 0.02 + 0.98 * noise(i, 4);
  const failed = GATES.filter((gate, k) =>
    gate === 'not_tested' ? !tested : k < 4 || noise(i, k + 9) < 0.5,
  );
  return {
    id: String(i).padStart(6, '0'),
    event: EVENTS[six] ?? `EVENT_${six}`,
    template,
    direction,
    horizon: HORIZONS[Math.floor(i / 2) % 3] ?? 1,
    symbol: six % 5 === 1 ? 'BTCUSDT' : null,
    state: six % 5 === 2 ? 'LOW_LIQUIDITY' : null,
    n: tested ? 60 + (i % 400) : 3,
    mean: tested ? mean : Number.NaN,
    se: tested ? se : Number.NaN,
    p: tested ? p : Number.NaN,
    q: !tested ? Number.NaN : passed ? Math.min(0.04, p * count) : Math.min(1, 0.3 + 0.7 * p),
    passed,
    reasons: passed ? null : failed.join('+') || 'stability',
  };
}

/** What each gate saw, for every hypothesis. */
export function gatesOf(candidates: Frame): Frame {
  const reasons = candidates.texts('reasons');
  const rows = candidates
    .texts('id')
    .flatMap((id, i) =>
      GATES.map((gate) => ({ id, gate, held: !reasons[i]?.split('+').includes(gate) })),
    );
  return Frame.of({
    id: textColumn(rows.map((r) => r.id)),
    gate: textColumn(rows.map((r) => r.gate)),
    value: rows.map((_, i) => (i % 11 === 0 ? Number.NaN : 0.00123456 * noise(i, 5))),
    threshold: rows.map(() => 0.00001),
    held: { dtype: 'bool', values: Uint8Array.from(rows, (r) => (r.held ? 1 : 0)) },
  });
}

/** The bridge of the first so many candidates: the first holds, the second is too dear, the third is its twin. */
export function bridgeOf(count: number): Frame {
  const ids = Array.from({ length: count }, (_, i) => String(i).padStart(6, '0'));
  const gross = (i: number) => (i === 1 ? 0.0009 : 0.003);
  const at = (multiple: number) => ids.map((_, i) => gross(i) - multiple * 0.0013);
  return Frame.of({
    id: textColumn(ids),
    trades: ids.map(() => 44),
    days: ids.map(() => 21),
    after: at(1),
    stressed: at(1.5),
    gross: ids.map((_, i) => gross(i)),
    cost: ids.map(() => 0.0013),
    ladder_050: at(0.5),
    ladder_100: at(1),
    ladder_150: at(1.5),
    ladder_200: at(2),
    edge_cost: ids.map((_, i) => gross(i) / 0.0013),
    tradable: { dtype: 'bool', values: Uint8Array.from(ids, (_, i) => (i === 0 || i > 2 ? 1 : 0)) },
    duplicate_of: textColumn(ids.map((_, i) => (i === 2 ? '000000' : null))),
    reasons: textColumn(
      ids.map((_, i) => (i === 1 ? 'after+edge_cost' : i === 2 ? 'duplicate' : null)),
    ),
  });
}

/** Promotion: the first became a blueprint, the second did not, the third is like the first. */
export const promoted = Frame.of({
  id: textColumn(['000000', '000001', '000002']),
  stressed: [0.001, 0.0002, 0.0008],
  consistency: [1, 0.75, 1],
  stability: [0.2, 0.06, 0.2],
  survival: [1, 0.5, 1],
  score: [1, 0.5, 1],
  psr: [0.97, 0.6, 0.96],
  dsr: [0.81, 0.1, 0.8],
  sharpe: [0.21, 0.02, 0.2],
  passed: { dtype: 'bool', values: Uint8Array.from([1, 0, 0]) },
  alike_to: textColumn([null, null, '000000']),
  reasons: textColumn([null, 'psr+dsr', 'alike']),
});

export const strengths = Frame.of({
  level: textColumn(['family', 'event', 'event', 'state']),
  lambda: [1000, 40, 400, 100],
  status: textColumn(['fixed', 'adaptive', 'adaptive', 'insufficient_data']),
  weight: [0.3, 0.6, 0.5, 0.2],
});

/** A path that turns at the signal. */
export function pathsOf(events: readonly string[] = EVENTS): Frame {
  const rows = events.flatMap((event) =>
    Array.from({ length: 73 }, (_, i) => ({
      event,
      bar: i - 24,
      mean: Math.max(0, i - 24) * 0.00004,
    })),
  );
  return Frame.of({
    event: textColumn(rows.map((r) => r.event)),
    bar: rows.map((r) => r.bar),
    count: rows.map(() => 50),
    mean: rows.map((r) => r.mean),
    error: rows.map((r) => 0.0001 + 0.000004 * Math.abs(r.bar)),
  });
}

/** A placebo in which so many of the markets had a find. */
export function placeboOf(wrong: number, markets: number, kept: boolean) {
  const rate = { share: wrong / markets, low: kept ? 0 : 0.2, high: 0.4 };
  return {
    markets,
    tests: 300,
    levels: [{ level: 0.05, wrong, ...rate, kept }],
    passed: { wrong, ...rate },
    finds: {},
    ranks: [
      { rank: 1, p: 0.003, q: 0.8, least: 0.07 },
      { rank: 10, p: 0.03, q: 0.9, least: 0.4 },
    ],
    tails: [{ limit: 0.05, share: 0.04, error: 0.01 }],
  };
}

const times = [0, 1, 40, 70, 100].map((day) => START + day * DAY);

/** All inputs that must be there. */
export function insOf(candidates: Frame) {
  const looked = candidates.select(['id', 'event', 'template']);
  return {
    candidates,
    trials: looked.with('tested', flagColumn(looked.texts('id').map(() => true))),
    untried: [
      {
        event: 'ALPHA',
        templates: ['convergence'],
        lacks: {},
        same_as: [{ template: 'drift', direction: 1, as: 'continuation' }],
        horizons: [7_200_000],
        states: ['DARK_STATE'],
        refused: [],
      },
      {
        event: 'DELTA',
        templates: [],
        lacks: {},
        same_as: [],
        horizons: [],
        states: [],
        refused: ['clustered: 0.4 > 0.2'],
      },
    ],
    events: Frame.of({
      event: textColumn(times.map(() => 'ALPHA')),
      symbol: textColumn(times.map(() => 'S0')),
      ts: timeColumn(times),
      direction: times.map((_, i) => (i % 2 === 0 ? 1 : -1)),
    }),
    tallies: EVENTS.map((event) => ({
      at: { event },
      value: {
        event,
        family: 'FAMILY',
        available: true,
        needs: [],
        bars: 60_000,
        count: event === 'ALPHA' ? 5 : 0,
      },
    })),
    quality: [qualityOf('S0', 3), qualityOf('S1', 3)],
  };
}
