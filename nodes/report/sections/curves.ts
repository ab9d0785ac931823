import type { Frame } from '../../../engine/sdk/index.js';
import type { Block, Origin, Section } from '../page/document.js';
import { day, fixed, percent } from '../page/numbers.js';
import { barPlot, type Curve, linePlot } from '../page/plots.js';

/** Most rows drawn beside the benchmark: more cannot be told apart. */
const DRAWN = 4;

/** Equity and drawdown of the best rows of each rhythm beside the benchmark, and what each fold brought. */
export function curveSection(
  best: readonly string[],
  equity: Frame,
  results: Frame,
  origin: (port: string) => Origin,
): Section {
  const rhythms = [...new Set(best.map(rhythmOf))].sort();
  const blocks = rhythms.flatMap((rhythm): readonly Block[] => {
    const rows = best.filter((row) => rhythmOf(row) === rhythm).slice(0, DRAWN);
    const names = [...rows, `${rhythm}/benchmark`];
    const grown = names.map((name) => curveOf(equity, name, 'equity'));
    const under = names.map((name) => curveOf(equity, name, 'drawdown'));
    const bars = [rows[0] ?? '', `${rhythm}/benchmark`].filter((name) => name !== '');
    return [
      {
        kind: 'plot',
        title: `Equity, rhythm ${rhythm}`,
        svg: linePlot(grown, { tick: (v) => fixed(v, 2), base: 1 }),
        says: grown.map((c) => `${c.name} ends at ${fixed(last(c), 3)}`).join('; '),
        origin: origin('equity'),
      },
      {
        kind: 'plot',
        title: `Drawdown, rhythm ${rhythm}`,
        svg: linePlot(under, { tick: (v) => percent(v, 0), base: 0, filled: true }),
        says: under.map((c) => `${c.name} fell to ${percent(least(c))} at worst`).join('; '),
        origin: origin('equity'),
      },
      foldPlot(rhythm, bars, results, origin),
    ];
  });
  return { title: 'Equity, drawdown and folds', blocks };
}

function foldPlot(
  rhythm: string,
  names: readonly string[],
  results: Frame,
  origin: (port: string) => Origin,
): Block {
  const rows = [...results.rows()];
  const found = new Map<number, { label: string; values: number[] }>();
  for (const [i, name] of names.entries()) {
    for (const row of rows.filter((r) => r.row === name)) {
      const fold = Number(row.fold);
      const group = found.get(fold) ?? { label: day(Number(row.from)).slice(2, 7), values: [] };
      group.values[i] = Number(row.net);
      found.set(fold, group);
    }
  }
  const groups = [...found].sort(([a], [b]) => a - b).map(([, group]) => group);
  const own = groups.map((g) => g.values[0] ?? 0);
  const [up, flat] = [own.filter((v) => v > 0).length, own.filter((v) => v === 0).length];
  return {
    kind: 'plot',
    title: `Return of each fold, rhythm ${rhythm}`,
    svg: barPlot(names, groups, { tick: (v) => percent(v) }),
    says: `${names[0]} won in ${up} of ${own.length} folds, lost in ${own.length - up - flat} and stood in cash in ${flat}.`,
    origin: origin('results'),
  };
}

function curveOf(frame: Frame, name: string, column: string): Curve {
  const rows = frame.texts('row').flatMap((row, i) => (row === name ? [i] : []));
  const own = frame.take(rows);
  return { name, times: own.time('ts'), values: own.column(column) };
}

function rhythmOf(row: string): string {
  return row.split('/')[0] ?? row;
}

function last(curve: Curve): number {
  return curve.values[curve.values.length - 1] ?? NaN;
}

function least(curve: Curve): number {
  return Array.from(curve.values).reduce((m, v) => Math.min(m, v), 0);
}
