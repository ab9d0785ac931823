import { defineNode, Frame, flagColumn, optional, t, textColumn } from '../../engine/sdk/index.js';
import { fold } from '../kinds/fold.js';
import { promotion as kind } from '../kinds/promotion.js';
import { bridge, calibration, candidates, outcomes, promoted, trials } from '../ports.js';
import { leftOut } from './rows/alike.js';
import { checksOf, type Evidence, evidenceOf, type Found, triedOf } from './rows/checks.js';
import { judgedBy } from './rows/judged.js';

/*
 * 1. Six checks: statistics of discovery (q, occurrences); stability over sub-periods; how much of the cost ladder it survives; the
 *    negative control; that it is among the hypotheses that were counted; and, outside the sample, the bridge with PSR and DSR.
 * 2. What meets all is visited by its mean after stressed costs, then by id, and promoted unless it is like one that already is.
 * Checks that need a run of positions through the event backtest are not here: regimes, loss clusters, tail drawdown, parameter
 * neighbourhood, fragility, pass rate over symbols, and likeness of delay profiles; nor is coverage of the top of book.
 */

export default defineNode({
  type: 'discovery.promotion',
  doc: 'Promote the candidates that hold outside the sample and are unlike each other; tell why the others are rejected.',
  source:
    'Bailey & López de Prado (2014), The Deflated Sharpe Ratio, Journal of Portfolio Management 40(5)',
  time: 'fit',

  in: { candidates, bridge, outcomes, trials, control: optional(calibration) },
  out: { promoted },
  params: {
    fold: t.spec(fold, { doc: 'Its test window is the one the outcomes are of.' }),
    promotion: t.spec(kind, { doc: 'What must be shown.' }),
  },
  reads: () => ({
    outcomes: ['candidate', 'symbol', 'ts', 'side', 'kept', 'gross', 'cost'],
    trials: ['id', 'sharpe', 'tested'],
  }),
  warnings: {
    'discovery/no-control':
      'There is no negative control: how often the same gates pass where nothing is to be found is not known.',
  },

  run({ candidates, bridge, outcomes, trials, control }, { fold, promotion: limits }, ctx) {
    if (!control) ctx.warn('discovery/no-control');
    const trades = judgedBy(outcomes);
    const tried = triedOf(trials);
    const window = { from: fold.test_from, to: fold.test_to };
    const judged = entriesOf(candidates, bridge).map((entry) => {
      const found = { ...entry, ...evidenceOf(trades(entry.id), window, tried, limits) };
      const checks = checksOf(found, tried, control, limits);
      const met = checks.filter((parts) => parts.every(([, held]) => held)).length;
      const reasons = checks.flat().flatMap(([name, held]) => (held ? [] : [name]));
      return { ...found, score: met / checks.length, reasons };
    });
    const fit = judged.filter(({ reasons }) => reasons.length === 0);
    const out = leftOut(fit, limits);
    const rows = judged.map((row) => {
      const like = out.get(row.id);
      const reasons = like === undefined ? row.reasons : [like === null ? 'full' : 'alike'];
      return { ...row, reasons, alike_to: like ?? null };
    });
    ctx.log('Candidates promoted.', { candidates: rows.length, promoted: fit.length - out.size });
    return { promoted: frameOf(rows, tried.count) };
  },
});

interface Entry extends Omit<Found, keyof Evidence> {
  readonly event: string | null;
  readonly template: string | null;
  readonly symbol: string | null;
  readonly state: string | null;
  readonly horizon: number;
  readonly direction: number;
  readonly stressed: number;
}
interface Row extends Entry, Evidence {
  readonly score: number;
  readonly reasons: readonly string[];
  readonly alike_to: string | null;
}

const LADDER = ['ladder_050', 'ladder_100', 'ladder_150', 'ladder_200'] as const;

/** What the bridge looked at, with what discovery said of it. */
function entriesOf(candidates: Frame, bridge: Frame): readonly Entry[] {
  const rows = new Map(candidates.texts('id').map((id, row) => [id, row]));
  const conditioned = candidates.has('state');
  return bridge.texts('id').map((id, i) => {
    const row = rows.get(id) ?? -1;
    const text = (name: string) => candidates.texts(name)[row] ?? null;
    const number = (name: string) => candidates.column(name)[row] ?? NaN;
    const steps = LADDER.map((name) => bridge.column(name)[i] ?? NaN);
    return {
      id: id ?? '',
      event: text('event'),
      template: text('template'),
      symbol: text('symbol'),
      state: conditioned ? text('state') : null,
      horizon: number('horizon'),
      direction: number('direction'),
      q: number('q'),
      n: number('n'),
      stressed: bridge.column('stressed')[i] ?? NaN,
      tradable: bridge.flags('tradable')[i] === 1,
      survival: steps.some(Number.isNaN) ? NaN : steps.filter((x) => x > 0).length / LADDER.length,
    };
  });
}

function frameOf(rows: readonly Row[], trials: number): Frame {
  const numbers = (of: (row: Row) => number) => rows.map(of);
  const texts = (of: (row: Row) => string | null) => textColumn(rows.map(of));
  return Frame.of(
    {
      id: texts((r) => r.id),
      event: texts((r) => r.event),
      template: texts((r) => r.template),
      horizon: numbers((r) => r.horizon),
      direction: numbers((r) => r.direction),
      symbol: texts((r) => r.symbol),
      state: texts((r) => r.state),
      n: numbers((r) => r.n),
      q: numbers((r) => r.q),
      stressed: numbers((r) => r.stressed),
      consistency: numbers((r) => r.consistency),
      stability: numbers((r) => r.stability),
      survival: numbers((r) => r.survival),
      sharpe: numbers((r) => r.sharpe),
      psr: numbers((r) => r.psr),
      dsr: numbers((r) => r.dsr),
      trials: numbers(() => trials),
      score: numbers((r) => r.score),
      passed: flagColumn(rows.map((r) => r.reasons.length === 0)),
      alike_to: texts((r) => r.alike_to),
      reasons: texts((r) => r.reasons.join('+') || null),
    },
    { horizon: 'bars' },
  );
}
