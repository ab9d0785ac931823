import { defineNode, Frame, t, textColumn, timeColumn } from '../../engine/sdk/index.js';
import { membership, universe } from '../ports.js';

export default defineNode({
  type: 'universe.members',
  doc: 'Who belonged to a universe in each calendar month: a symbol is a member of every month it traded in.',
  time: 'row',

  in: { universe },
  out: { members: membership },
  params: {
    span: t.optional(
      t.span({ doc: 'Only months that touch it; without it, from the first listing on.' }),
    ),
  },
  reads: () => ({ universe: ['symbol', 'listed', 'until', 'category'] }),

  run({ universe: given }, { span }) {
    const [listed, until] = [given.time('listed'), given.time('until')];
    const [symbols, categories] = [given.texts('symbol'), given.texts('category')];
    const rows = Array.from(listed, (from, row) => {
      const end = until[row] ?? from;
      // Months are whole: who ended in one before the span began was a member of it all the same.
      const touching = months(from, end).filter(
        ([month, next]) => !span || (month < span.to && next > span.from),
      );
      return touching.map(([month, next]) => ({
        month,
        symbol: symbols[row] ?? '',
        listed: Math.max(month, from),
        until: Math.min(next, end),
        category: categories[row] ?? null,
      }));
    }).flat();
    rows.sort(
      (a, b) => a.month - b.month || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0),
    );
    return {
      members: Frame.of({
        month: timeColumn(rows.map((r) => r.month)),
        symbol: textColumn(rows.map((r) => r.symbol)),
        listed: timeColumn(rows.map((r) => r.listed)),
        until: timeColumn(rows.map((r) => r.until)),
        category: textColumn(rows.map((r) => r.category)),
      }),
    };
  },
});

/** First days of the months that touch [from, to), each with that of the month after. */
function months(from: number, to: number): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let month = startOf(from, 0); month < to && from < to; month = startOf(month, 1))
    found.push([month, startOf(month, 1)]);
  return found;
}

function startOf(ms: number, later: number): number {
  const at = new Date(ms);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later, 1);
}
