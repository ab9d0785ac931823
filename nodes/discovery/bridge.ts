import {
  defineNode,
  Frame,
  flagColumn,
  type SpecOf,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { bridge as kind } from '../kinds/bridge.js';
import { DAY } from '../math/days.js';
import { duplicatesOf } from '../math/duplicates.js';
import { mean } from '../math/sum.js';
import { bridge, candidates, outcomes } from '../ports.js';
import { type Judged, judgedBy } from './rows/judged.js';

/*
 * 1. Every candidate that passed is judged by its outcomes here alone; nothing discovery found stands in for what is missing, and
 *    a missing number fails its gate.
 * 2. A filter trades what it keeps, so that is what must earn; and it must be better than what it leaves out.
 * 3. Of candidates of one event, template, horizon and direction that make nearly the same trades the best is kept: one that is
 *    tradable before one that is not, then the larger mean after stressed costs.
 * A trade is one a decision, so turnover is 1 for all and judges nothing.
 */

export default defineNode({
  type: 'discovery.bridge',
  doc: 'Judge what discovery found on rows it has not seen: enough trades, an edge that carries its costs, no duplicates.',
  time: 'fit',

  in: { candidates, outcomes },
  out: { bridge },
  params: {
    bridge: t.spec(kind, { doc: 'What must be shown.' }),
  },
  reads: () => ({
    candidates: ['id', 'event', 'template', 'horizon', 'direction', 'passed'],
    outcomes: ['candidate', 'symbol', 'ts', 'side', 'kept', 'gross', 'cost'],
  }),

  run({ candidates, outcomes }, { bridge: limits }, ctx) {
    const trades = judgedBy(outcomes);
    const passed = candidates.flags('passed');
    const all = candidates.texts('id').flatMap((id, i) => {
      if (passed[i] !== 1) return [];
      return [verdictOf(id ?? '', groupOf(candidates, i), trades(id ?? ''), limits)];
    });
    const twins = twinsOf(all, limits.alike);
    const rows = all.map((row) => {
      const twin = twins.get(row.id) ?? null;
      return { ...row, twin, reasons: [...row.reasons, ...(twin === null ? [] : ['duplicate'])] };
    });
    const tradable = rows.filter(({ reasons }) => reasons.length === 0).length;
    ctx.log('Candidates judged.', { candidates: rows.length, tradable });
    return { bridge: frameOf(rows) };
  },
});

interface Verdict {
  readonly id: string;
  /** Event, template, horizon and direction. */
  readonly group: string;
  readonly trades: Judged;
  readonly gross: number;
  readonly cost: number;
  readonly stressed: number;
  readonly lift: number;
  readonly reasons: readonly string[];
}

function groupOf(candidates: Frame, i: number): string {
  const texts = ['event', 'template'].map((name) => candidates.texts(name)[i]);
  const numbers = ['horizon', 'direction'].map((name) => candidates.column(name)[i]);
  return [...texts, ...numbers].join('\n');
}

function verdictOf(
  id: string,
  group: string,
  trades: Judged,
  { least, stress, edge }: SpecOf<typeof kind>,
): Verdict {
  const gross = mean(trades.gross);
  const cost = mean(trades.cost);
  const stressed = gross - stress * cost;
  const filters = trades.dropped.length > 0;
  const lift = filters ? gross - mean(trades.dropped) : NaN;
  const gates: readonly (readonly [string, boolean])[] = [
    ['trades', trades.gross.length >= least],
    ['after', gross - cost > 0],
    ['stressed', stressed > 0],
    ['edge', Math.max(0, gross) >= edge * cost],
    ['lift', lift > 0 || !filters],
  ];
  const reasons = gates.filter(([, held]) => !held).map(([name]) => name);
  return { id, group, trades, gross, cost, stressed, lift, reasons };
}

/** The better one each is the same as, by id. */
function twinsOf(all: readonly Verdict[], alike: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const group of new Set(all.map((row) => row.group))) {
    const rows = all.filter((row) => row.group === group).sort(bestFirst);
    const sets = rows.map(({ trades }) => {
      return new Set(trades.times.map((ts, i) => `${trades.symbols[i]} ${ts}`));
    });
    for (const [i, kept] of duplicatesOf(sets, alike).entries()) {
      if (kept !== i) found.set(rows[i]?.id ?? '', rows[kept]?.id ?? '');
    }
  }
  return found;
}

function bestFirst(a: Verdict, b: Verdict): number {
  const failed = (row: Verdict) => Number(row.reasons.length > 0);
  const worth = (row: Verdict) => (Number.isNaN(row.stressed) ? -Infinity : row.stressed);
  const [x, y] = [worth(a), worth(b)];
  return failed(a) - failed(b) || (x < y ? 1 : x > y ? -1 : 0) || (a.id < b.id ? -1 : 1);
}

type Row = Verdict & { readonly twin: string | null };

function frameOf(rows: readonly Row[]): Frame {
  const numbers = (of: (row: Row) => number) => rows.map(of);
  const after = (multiple: number) => numbers(({ gross, cost }) => gross - multiple * cost);
  return Frame.of({
    id: textColumn(rows.map((r) => r.id)),
    trades: numbers((r) => r.trades.gross.length),
    days: numbers((r) => new Set(r.trades.times.map((ts) => Math.floor(ts / DAY))).size),
    after: after(1),
    stressed: numbers((r) => r.stressed),
    gross: numbers((r) => r.gross),
    cost: numbers((r) => r.cost),
    ladder_050: after(0.5),
    ladder_100: after(1),
    ladder_150: after(1.5),
    ladder_200: after(2),
    edge_cost: numbers((r) => (r.cost > 0 ? Math.max(0, r.gross) / r.cost : NaN)),
    lift: numbers((r) => r.lift),
    tradable: flagColumn(rows.map((r) => r.reasons.length === 0)),
    duplicate_of: textColumn(rows.map((r) => r.twin)),
    reasons: textColumn(rows.map((r) => r.reasons.join('+') || null)),
  });
}
