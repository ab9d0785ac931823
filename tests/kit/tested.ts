import { textColumn } from '../../engine/sdk/index.js';
import { frame } from './frame.js';

/** A row of tests, as far as it differs from a good one. */
export interface TestRow {
  readonly p?: number;
  readonly n?: number;
  readonly gross?: number;
  readonly stable?: boolean;
  readonly lacks?: string;
  readonly same?: string;
  readonly event?: string;
  readonly family?: string;
  readonly symbol?: string;
  readonly state?: string;
  readonly template?: string;
  readonly direction?: number;
  readonly effective?: number;
  readonly spread?: number;
  readonly asked?: number;
  readonly t?: number;
}

/** Tests of the event E: 30 basis points after 10 of costs, unless told. */
export function testsOf(rows: readonly TestRow[]) {
  return frame({
    id: rows.map((_, i) => `h${String(i).padStart(3, '0')}`),
    market: rows.map(() => 'm'),
    namespace: rows.map(() => 'simulated'),
    event: rows.map((r) => r.event ?? 'E'),
    family: rows.map((r) => r.family ?? 'F'),
    symbol: textColumn(rows.map((r) => r.symbol ?? null)),
    state: textColumn(rows.map((r) => r.state ?? null)),
    judged: rows.map(() => 'mean'),
    template: rows.map((r) => r.template ?? 'continuation'),
    direction: rows.map((r) => r.direction ?? 1),
    horizon: rows.map(() => 3),
    entry_lag: rows.map(() => 1),
    fills: rows.map(() => 2),
    lacks: textColumn(rows.map((r) => r.lacks ?? null)),
    same: textColumn(rows.map((r) => r.same ?? null)),
    min_events: rows.map((r) => r.asked ?? Number.NaN),
    n: rows.map((r) => r.n ?? 100),
    days: rows.map(() => 30),
    effective: rows.map((r) => r.effective ?? 80),
    gross: rows.map((r) => r.gross ?? 0.004),
    mean: rows.map((r) => (r.gross ?? 0.004) - 0.001),
    spread: rows.map((r) => r.spread ?? 0.01),
    cost: rows.map(() => 0.001),
    se: rows.map(() => 0.001),
    t: rows.map((r) => r.t ?? 3),
    p: rows.map((r) => r.p ?? 0.001),
    stable: rows.map((r) => r.stable ?? true),
    sharpe: rows.map(() => 0.1),
  });
}

/** Effects that are what the tests found, as if nothing had been pulled. */
export function unshrunk(tests: ReturnType<typeof testsOf>, weight = 1) {
  const rows = Array.from({ length: tests.length }, () => weight);
  return tests
    .select(['id', 'gross'])
    .with('weight', rows)
    .with('posterior', rows)
    .with('p_shrunk', tests.column('p'));
}

/** p-values as they are. */
export function uncorrected(tests: ReturnType<typeof testsOf>) {
  return tests.select(['id']).with('q', tests.column('p'));
}
