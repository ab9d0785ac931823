import {
  defineNode,
  type Frame,
  type JsonObject,
  type Numbers,
  port,
  t,
} from '../../engine/sdk/index.js';
import { fold } from '../kinds/fold.js';
import type { FoldSummary } from '../kinds/fold-summary.js';
import { performance as measured } from '../math/performance.js';
import { mean, sum } from '../math/sum.js';
import {
  atoms,
  candidates,
  performance,
  summary,
  trades,
  vetoes,
  weights,
  winners,
} from '../ports.js';

export default defineNode({
  type: 'report.fold',
  doc: 'Sum up one fold: how many hypotheses became finds, atoms, winners and trades, and what leaned on fallbacks.',
  time: 'fit',

  in: {
    candidates,
    atoms,
    winners,
    vetoes,
    solution: port.json<JsonObject>('How the weights were found.'),
    weights,
    trades,
    returns: performance,
  },
  out: { summary },
  params: {
    fold: t.spec(fold, { doc: 'The fold.' }),
    floor: t.integer({ default: 15, min: 1, doc: 'Winners that were wanted.' }),
  },

  run(ins, { fold, floor }) {
    const { candidates, atoms, winners, vetoes, solution, returns } = ins;
    const { id, train_from, train_to, test_from, test_to } = fold;
    const reasons = counts(winners.texts('reason'));
    const net = returns.column('net');
    const result: FoldSummary = {
      fold: { id, train_from, train_to, test_from, test_to },
      discovery: funnel(candidates),
      selection: {
        atoms: atoms.length,
        vetoed: new Set(vetoes.texts('atom')).size,
        vetoes: counts(vetoes.texts('reason')),
        winners: winners.length,
        stage: winners.column('stage')[0] ?? 0,
        reasons,
      },
      allocation: solution,
      holdings: holdingsOf(ins.weights, ins.trades),
      test: {
        days: returns.length,
        net: net.length === 0 ? 0 : measured(net, 1).totalReturn,
        gross: sum(returns.column('gross')),
        cost: sum(returns.column('cost')),
        funding: known(returns.column('funding')),
        trades: sum(returns.column('trades')),
        exposure: returns.length === 0 ? 0 : mean(returns.column('exposure')),
      },
      degraded: degradations(reasons, winners.length, floor, solution),
    };
    return { summary: result };
  },
});

/** The sum of what is known; null where nothing is. */
function known(values: Numbers): number | null {
  return values.length > 0 && values.every(Number.isNaN) ? null : sum(values);
}

function funnel(candidates: Frame): FoldSummary['discovery'] {
  const q = Array.from(candidates.column('q')).filter((x) => !Number.isNaN(x));
  const failed = candidates.texts('reasons').flatMap((reasons) => reasons?.split('+') ?? []);
  return {
    hypotheses: candidates.length,
    tested: q.length,
    passed: candidates.flags('passed').filter((flag) => flag === 1).length,
    least_q: q.length === 0 ? null : Math.min(...q),
    failed: counts(failed),
  };
}

function holdingsOf(weights: Frame, trades: Frame): FoldSummary['holdings'] {
  const made = new Map<string, { trades: number; long: number; gross: number }>();
  const [sides, gross] = [trades.column('side'), trades.column('gross')];
  for (const [i, atom] of trades.texts('atom').entries()) {
    const entry = made.get(atom ?? '') ?? { trades: 0, long: 0, gross: 0 };
    made.set(atom ?? '', entry);
    entry.trades++;
    if ((sides[i] ?? NaN) > 0) entry.long++;
    entry.gross += gross[i] ?? NaN;
  }
  const shares = weights.column('weight');
  return weights.texts('atom').map((name, i) => {
    const atom = name ?? '';
    const lived = made.get(atom) ?? { trades: 0, long: 0, gross: 0 };
    return { atom, weight: shares[i] ?? NaN, ...lived };
  });
}

function degradations(
  reasons: Readonly<Record<string, number>>,
  winners: number,
  floor: number,
  { fallbacks, cap_relaxed, status }: JsonObject,
): readonly string[] {
  if (winners === 0) return [];
  const stopgaps = (reasons.forced ?? 0) + (reasons.scarcity ?? 0);
  const found: readonly (readonly [string, boolean])[] = [
    ['most winners are forced or scarcity recruits', 2 * stopgaps > winners],
    [`fewer than ${floor} winners`, winners < floor],
    ['fewer than 5 winners: profiles converge', winners < 5],
    ['weights fell back', Array.isArray(fallbacks) && fallbacks.length > 0],
    ['caps were raised', cap_relaxed === true],
    ['the solver did not settle', status === 'unsettled'],
  ];
  return found.filter(([, holds]) => holds).map(([why]) => why);
}

/** How often each text occurs, by text in order of code units. */
function counts(texts: readonly (string | null)[]): Readonly<Record<string, number>> {
  const found = new Map<string, number>();
  for (const text of texts) if (text !== null) found.set(text, (found.get(text) ?? 0) + 1);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
