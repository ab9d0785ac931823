import type { EventVerdict } from '../../kinds/verdict.js';
import { present } from '../../math/missing.js';
import { quantileOfSorted } from '../../math/quantile.js';
import type { Cells } from './cells.js';
import { dispersion } from './dispersion.js';

/**
 * What gate E1 says of one event. Symbols are pooled, as discovery pools them: a symbol that breaks a bound by itself is told,
 * and does not decide. One that never occurred is not judged: discovery says what it lacks.
 */
export function verdictOf(cells: Cells): EventVerdict {
  const { spec, seen, years, symbols } = cells;
  const all = cells.at();
  const { index, p } = dispersion(years.map((year) => cells.at(undefined, year)));
  const sorted = present(seen.severities).sort();
  const cut = (q: number) => known(quantileOfSorted(sorted, q));
  const alone = symbols.map((symbol) => [symbol, cells.at(symbol).reasons] as const);
  return {
    event: spec.id,
    e1_pass: all.count === 0 ? null : all.reasons.length === 0,
    reasons: all.reasons,
    count: all.count,
    bars: all.bars,
    per_10k: known(all.per_10k),
    clustered: known(all.clustered),
    joined: known(all.joined),
    up: known(all.up),
    down: known(all.down),
    near_gaps: known(all.near_gaps),
    main: spec.open?.name ?? null,
    elasticity: known(all.elasticity),
    dispersion: known(index),
    dispersion_p: known(p),
    severity: { q80: cut(0.8), q90: cut(0.9), q95: cut(0.95) },
    symbols: Object.fromEntries(alone.filter(([, reasons]) => reasons.length > 0)),
  };
}

/** Plain data has no NaN. */
function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
