import { defineNode, Frame, many, type Numbers, t, textColumn } from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import { benjaminiHochberg } from '../math/multiplicity.js';
import { comparison, matrix, summary } from '../ports.js';
import { caveatOf } from './rows/caveat.js';
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
    market: t.spec(market, { doc: 'Told beside every row: simulated, or which one.' }),
    fdr: t.number({ default: 0.05, min: 0, max: 0.5, doc: 'Share of false praise we accept.' }),
    least_dsr: t.number({
      default: 0.95,
      min: 0,
      max: 1,
      doc: 'Deflated Sharpe ratio a validated row must have.',
    }),
  },
  errors: { 'tournament/no-summary': 'Row {row} has no summary of any fold.' },

  run({ matrix, summaries }, { market, fdr, least_dsr }, ctx) {
    const value = (column: string, row: number) => matrix.column(column)[row] ?? NaN;
    const names = matrix.texts('row').map((row) => row ?? '');
    const leaning = leaningOf(summaries);
    const leans = names.map(
      (row) => leaning.get(row) ?? ctx.refuse('tournament/no-summary', { row }),
    );
    const mostly = leans.map(mostlyFallbacks);
    const q = cautious(matrix.column('p'), matrix.column('result'));
    const lacks = (row: number): readonly string[] => {
      const [low, base] = [value('sharpe_low', row), value('benchmark_sharpe', row)];
      const dsr = value('dsr', row);
      return [
        ...(dsr >= least_dsr ? [] : [`DSR ${told(dsr)} below ${least_dsr}`]),
        ...(low > Math.max(0, base || 0)
          ? []
          : [`lower bound ${told(low)} not above ${base > 0 ? 'buying and holding' : '0'}`]),
      ];
    };
    const verdict = (row: number) => {
      if (value('active_days', row) === 0) return 'cash';
      if (!((q[row] ?? NaN) <= fdr)) return 'noise';
      if (lacks(row).length > 0) return 'unproven';
      return mostly[row] ? 'degraded' : 'validated';
    };
    const order = names
      .map((name, row) => ({ name, row, sharpe: value('sharpe', row) }))
      .sort((a, b) => best(a.sharpe, b.sharpe) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
      .map(({ row }) => row);
    const column = (name: string) => order.map((row) => value(name, row));
    const shown = Object.fromEntries(SHOWN.map((name) => [name, column(name)]));
    const shownQ = (row: number) => {
      const known = q[row] ?? NaN;
      if (Number.isNaN(known)) return null;
      return value('p', row) <= value('p_least', row) ? `≤ ${told(known)}` : told(known);
    };
    const why = (row: number) => [
      caveatOf(market, value('funding', row)),
      ...(verdict(row) === 'unproven' ? lacks(row) : []),
      ...(leans[row]?.why ?? []),
    ];
    return {
      table: Frame.of(
        {
          rank: order.map((_, i) => i + 1),
          result: renumbered(column('result')),
          row: textColumn(order.map((row) => names[row] ?? '')),
          verdict: textColumn(order.map(verdict)),
          fallbacks: order.map((row) => leans[row]?.degraded ?? NaN),
          invested: order.map((row) => leans[row]?.invested ?? NaN),
          ...shown,
          q: textColumn(order.map(shownQ)),
          benchmark_sharpe: column('benchmark_sharpe'),
          why: textColumn(order.map((row) => why(row).join('; '))),
          q_value: order.map((row) => q[row] ?? NaN),
        },
        { total: 'fraction', annual: 'fraction', drawdown: 'fraction' },
      ),
    };
  },
});

/** Three digits are enough to compare. */
function told(value: number): string {
  return Number.isNaN(value) ? 'unknown' : String(Number(value.toPrecision(3)));
}

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
