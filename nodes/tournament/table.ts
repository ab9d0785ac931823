import { defineNode, Frame, t, textColumn } from '../../engine/sdk/index.js';
import { benjaminiHochberg } from '../math/multiplicity.js';
import { comparison, matrix } from '../ports.js';

const SHOWN = ['total', 'annual', 'sharpe', 'drawdown', 'trades', 'dsr'] as const;

/*
 * A row is `cash` if it never had a position; `noise` if after the correction over all rows its mean may well be 0 or less;
 * `validated` if besides its Sharpe ratio survives deflation and even its lower bound beats buying and holding; else `unproven`.
 */

export default defineNode({
  type: 'tournament.table',
  doc: 'Rows of the matrix in order of merit, with a verdict on each that takes the number of rows into account.',
  source: 'Benjamini & Hochberg (1995), JRSS-B 57',
  time: 'fit',

  in: { matrix },
  out: { table: comparison },
  params: {
    fdr: t.number({ default: 0.05, min: 0, max: 0.5, doc: 'Share of false praise we accept.' }),
    least_dsr: t.number({
      default: 0.95,
      min: 0,
      max: 1,
      doc: 'Deflated Sharpe ratio a validated row must have.',
    }),
  },

  run({ matrix }, { fdr, least_dsr }) {
    const q = benjaminiHochberg(matrix.column('p'));
    const names = matrix.texts('row').map((row) => row ?? '');
    const value = (column: string, row: number) => matrix.column(column)[row] ?? NaN;
    const verdict = (row: number) => {
      if (value('active_days', row) === 0) return 'cash';
      if (!((q[row] ?? NaN) <= fdr)) return 'noise';
      const beats = value('sharpe_low', row) > Math.max(0, value('benchmark_sharpe', row) || 0);
      return beats && value('dsr', row) >= least_dsr ? 'validated' : 'unproven';
    };
    const order = names
      .map((name, row) => ({ name, row, sharpe: value('sharpe', row) }))
      .sort((a, b) => best(a.sharpe, b.sharpe) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
      .map(({ row }) => row);
    const column = (name: string) => order.map((row) => value(name, row));
    const shown = Object.fromEntries(SHOWN.map((name) => [name, column(name)]));
    return {
      table: Frame.of({
        rank: order.map((_, i) => i + 1),
        row: textColumn(order.map((row) => names[row] ?? '')),
        verdict: textColumn(order.map(verdict)),
        ...shown,
        q: order.map((row) => q[row] ?? NaN),
        benchmark_sharpe: column('benchmark_sharpe'),
        sharpe_low: column('sharpe_low'),
        sharpe_high: column('sharpe_high'),
      }),
    };
  },
});

/** Descending; a ratio that is not known stands last. */
function best(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return b - a;
}
