import type { Gathered } from '../../../engine/sdk/index.js';
import type { FoldSummary } from '../../kinds/fold-summary.js';
import { type Block, columns, type Origin } from '../page/document.js';
import { percent, points, whole } from '../page/numbers.js';

type Summaries = readonly Gathered<FoldSummary>[];

/** Most strategies listed. */
const SHOWN = 25;

/** One strategy in all rows and folds that held it. */
interface Held {
  readonly atom: string;
  readonly rows: Set<string>;
  readonly weights: number[];
  /** Trades and the sum of their returns by rhythm and fold: the same in every row that held it there. */
  readonly folds: Map<
    string,
    { readonly trades: number; readonly long: number; readonly gross: number }
  >;
}

/** The strategies that were held in any test window; nothing when there were none. */
export function held(summaries: Summaries, origin: (port: string) => Origin): readonly Block[] {
  const strategies = strategiesOf(summaries);
  if (strategies.length === 0) return [];
  const told = (entry: Held) => {
    const folds = [...entry.folds.values()];
    const trades = folds.reduce((sum, f) => sum + f.trades, 0);
    const long = folds.reduce((sum, f) => sum + f.long, 0);
    const gross = folds.reduce((sum, f) => sum + f.gross, 0);
    return [
      entry.atom,
      whole(entry.rows.size),
      whole(folds.length),
      percent(entry.weights.reduce((sum, w) => sum + w, 0) / entry.weights.length),
      whole(trades),
      percent(trades === 0 ? null : long / trades, 0),
      points(trades === 0 ? null : gross / trades),
    ];
  };
  return [
    {
      kind: 'table',
      title: `Strategies that were held: ${Math.min(SHOWN, strategies.length)} of ${strategies.length}, those held in most folds first`,
      columns: columns(
        ['Strategy'],
        ['Rows', 'Folds', 'Mean weight', 'Trades', 'Bought', 'Gross a trade, bp'],
      ),
      rows: strategies.slice(0, SHOWN).map(told),
      origin: origin('summaries'),
      note: 'symbol_event.template.bars held; LONG says that its weight is not negative, not that it only buys: each trade goes with the side of the event or, as a reversion, against it. Bought: the share of trades that bought; the others sold short. Rows: combinations that held it in some fold. Trades in test windows, before costs and before positions on one symbol were netted.',
    },
  ];
}

function strategiesOf(summaries: Summaries): readonly Held[] {
  const found = new Map<string, Held>();
  for (const { at, value } of summaries) {
    const fold = `${at.rhythm ?? ''}/${value.fold.id}`;
    const row = [at.rhythm, at.scorer, at.risk_profile].join('/');
    for (const { atom, weight, trades, long, gross } of value.holdings) {
      const entry: Held = found.get(atom) ?? {
        atom,
        rows: new Set(),
        weights: [],
        folds: new Map(),
      };
      found.set(atom, entry);
      entry.rows.add(row);
      entry.weights.push(weight);
      entry.folds.set(fold, { trades, long, gross });
    }
  }
  return [...found.values()].sort(
    (a, b) => b.folds.size - a.folds.size || (a.atom < b.atom ? -1 : a.atom > b.atom ? 1 : 0),
  );
}
