/**
 * Names that other tools give to operators (pandas, TA-Lib, Pine, alpha formulas), and what stands for them here. Whoever
 * types one knows well what is meant, and no list sorted by letters would lead there.
 */
const SAME: Readonly<Record<string, string>> = {
  ago: 'lag',
  avg: 'mean',
  barssince: 'bars_since',
  crossover: 'crosses_above',
  crossunder: 'crosses_below',
  cs_rank: 'xs_rank',
  decay_linear: 'wma',
  delay: 'lag',
  delta: 'diff',
  ewm: 'ema',
  ewma: 'ema',
  fillna: 'coalesce',
  hhv: 'highest',
  iff: 'if',
  llv: 'lowest',
  ln: 'log',
  ma: 'mean',
  momentum: 'diff',
  notna: 'known',
  nz: 'coalesce',
  percentile: 'quantile',
  percentrank: 'rank',
  prev: 'lag',
  previous: 'lag',
  ref: 'lag',
  returns: 'pct_change',
  rma: 'wilder',
  roc: 'pct_change',
  rolling_max: 'highest',
  rolling_mean: 'mean',
  rolling_median: 'median',
  rolling_min: 'lowest',
  rolling_quantile: 'quantile',
  rolling_rank: 'rank',
  rolling_std: 'std',
  rolling_sum: 'sum',
  rolling_var: 'var',
  shift: 'lag',
  sma: 'mean',
  stddev: 'std',
  stdev: 'std',
  ts_max: 'highest',
  ts_mean: 'mean',
  ts_min: 'lowest',
  ts_rank: 'rank',
  ts_std: 'std',
  ts_sum: 'sum',
  where: 'if',
};

/** Names under which other tools look into the future; `shift` does so with a negative count. */
const AHEAD: ReadonlySet<string> = new Set(['forward', 'future', 'lead', 'next', 'shift']);

const LOOKING = 'looking ahead exists only in targets, as ahead(x, n); lag(x, n) looks back';

/** What to write in place of another tool's operator; undefined for a name that no tool known here has. */
export function synonym(name: string): string | undefined {
  const same = Object.hasOwn(SAME, name.toLowerCase()) ? SAME[name.toLowerCase()] : undefined;
  const parts = [
    ...(same === undefined ? [] : [`here it is called ${same}`]),
    ...(AHEAD.has(name.toLowerCase()) ? [LOOKING] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : undefined;
}

/** What to write in place of a method, as in `close.rolling(12).mean()` or `close.shift(1)`. */
export function methodAdvice(of: string, method: string): string {
  if (['ewm', 'expanding', 'rolling'].includes(method))
    return `operators are called as functions, and a window is one of their arguments: mean(${of}, 12)`;
  const same = Object.hasOwn(SAME, method) ? SAME[method] : method;
  const ahead = AHEAD.has(method) ? `; ${LOOKING}` : '';
  return `operators are called as functions: ${same}(${of}, …)${ahead}`;
}

/** Every name of another tool and the operator that stands for it. */
export const SYNONYMS: ReadonlyMap<string, string> = new Map(Object.entries(SAME));
