import { defineNode, Frame, many, type Numbers, t, textColumn } from '../../engine/sdk/index.js';
import { benjaminiHochberg } from '../math/multiplicity.js';
import { comparison, matrix, summary } from '../ports.js';
import { leaningOf, mostlyFallbacks } from './rows/leaning.js';

const SHOWN = ['total', 'annual', 'sharpe', 'drawdown', 'trades', 'dsr'] as const;

/*
 * A row is `cash` if it never had a position; `noise` if after the correction over all rows its mean may well be 0 or less;
 * `unproven` unless besides its Sharpe ratio survives deflation and even its lower bound beats buying and holding. What is
 * left is `validated`, or `degraded` if half or more of the folds that held anything leaned on fallbacks.
 */

export default defineNode({
  type: 'tournament.table',
  doc: 'Rows of the matrix in order of merit, with a verdict on each that takes the number of rows and every fallback into account.',
  source: 'Benjamini & Hochberg (1995), JRSS-B 57',
  time: 'fit',

  in: { matrix, summaries: many(summary) },
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
  errors: { 'tournament/no-summary': 'Row {row} has no summary of any fold.' },

  run({ matrix, summaries }, { fdr, least_dsr }, ctx) {
    const value = (column: string, row: number) => matrix.column(column)[row] ?? NaN;
    const names = matrix.texts('row').map((row) => row ?? '');
    const leaning = leaningOf(summaries);
    const leans = names.map(
      (row) => leaning.get(row) ?? ctx.refuse('tournament/no-summary', { row }),
    );
    const mostly = leans.map(mostlyFallbacks);
    const q = cautious(matrix.column('p'), matrix.column('result'));
    const verdict = (row: number) => {
      if (value('active_days', row) === 0) return 'cash';
      if (!((q[row] ?? NaN) <= fdr)) return 'noise';
      const beats = value('sharpe_low', row) > Math.max(0, value('benchmark_sharpe', row) || 0);
      if (!beats || !(value('dsr', row) >= least_dsr)) return 'unproven';
      return mostly[row] ? 'degraded' : 'validated';
    };
    const order = names
      .map((name, row) => ({ name, row, sharpe: value('sharpe', row) }))
      .sort((a, b) => best(a.sharpe, b.sharpe) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
      .map(({ row }) => row);
    const column = (name: string) => order.map((row) => value(name, row));
    const shown = Object.fromEntries(SHOWN.map((name) => [name, column(name)]));
    const isBound = (row: number) => value('p', row) <= value('p_least', row);
    return {
      table: Frame.of({
        rank: order.map((_, i) => i + 1),
        result: renumbered(column('result')),
        row: textColumn(order.map((row) => names[row] ?? '')),
        verdict: textColumn(order.map(verdict)),
        degraded: order.map((row) => leans[row]?.degraded ?? NaN),
        invested: order.map((row) => leans[row]?.invested ?? NaN),
        ...shown,
        q_is: textColumn(
          order.map((row) => (Number.isNaN(q[row]) ? null : isBound(row) ? '≤' : '=')),
        ),
        q: order.map((row) => q[row] ?? NaN),
        benchmark_sharpe: column('benchmark_sharpe'),
        why: textColumn(order.map((row) => leans[row]?.why ?? null)),
      }),
    };
  },
});

/**
 * q-values over all rows and over distinct results, the larger of the two: twins can make a correction stricter or milder,
 * and neither may help a row.
 */
function cautious(p: Numbers, results: Numbers): Float64Array {
  const all = benjaminiHochberg(p);
  const firsts = [...new Set(results)].map((result) => results.indexOf(result));
  const own = benjaminiHochberg(Float64Array.from(firsts, (row) => p[row] ?? NaN));
  const known = new Map(firsts.map((row, i) => [results[row] ?? NaN, own[i] ?? NaN]));
  return all.map((q, row) => Math.max(q, known.get(results[row] ?? NaN) ?? NaN));
}

/** Numbers in order of first appearance, from 1. */
function renumbered(results: readonly number[]): readonly number[] {
  const known = [...new Set(results)];
  return results.map((result) => known.indexOf(result) + 1);
}

/** Descending; a ratio that is not known stands last. */
function best(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return b - a;
}
