import { hardCase, KERNELS, worstOf } from '../engine/expr/kernels/accuracy.js';
import { syntheticBars, YEAR } from './expr/bars.js';
import { FEATURES } from './expr/features.js';
import { calls } from './expr/operators.js';
import { programOf, timed } from './expr/programs.js';
import { duckdb, pandas } from './expr/rivals.js';
import type { Row } from './measure.js';

const RUNS = 5;
/** Of the core set: as for one symbol of many, when the code has long been compiled. */
const WARM_RUNS = 25;
/** Rows of the accuracy table. */
const MANY = 10_000_000;

/** Formulas: the core feature set against pandas, windows against DuckDB, what each operator costs a row, and how exact moments are. */
export default async function bench(): Promise<readonly Row[]> {
  return [...core(), ...(await windows()), ...operators(), ...accuracy()];
}

const bars = syntheticBars(YEAR, 1);

function core(): readonly Row[] {
  const columns = Object.keys(FEATURES).length;
  const took = timed(programOf(FEATURES, { self: bars }), { self: bars }, WARM_RUNS) / 1000;
  const what = `core feature set, ${columns} columns of a symbol-year`;
  const own: Row = { what, value: took, unit: 's', budget: '0.5 s', met: took <= 0.5 };
  const rival = pandas(bars);
  if (rival === undefined)
    return [
      own,
      { what: 'the same in pandas: not measured, pandas is absent', value: Number.NaN, unit: 's' },
    ];
  const all = rival.kernels + rival.slow;
  return [
    own,
    {
      what: `the same in pandas ${rival.version}, ${rival.columns + rival.more} columns`,
      value: all,
      unit: 's',
      ratio: all / took,
      baseline: 'the core feature set',
      budget: '≥ 10 ×',
      met: all >= 10 * took,
    },
    {
      what: `of that the ${rival.columns} columns pandas has kernels for`,
      value: rival.kernels,
      unit: 's',
      ratio: rival.kernels / took,
      baseline: 'the core feature set, all of it',
    },
  ];
}

/** Typical windows: our formula, DuckDB's function. */
const WINDOWS: readonly (readonly [formula: string, sql: string, rows: number])[] = [
  ['mean(close, 96)', 'avg(close)', 96],
  ['std(close, 96)', 'stddev_samp(close)', 96],
  ['highest(close, 96)', 'max(close)', 96],
  ['quantile(close, 0.9, 576)', 'quantile_cont(close, 0.9)', 576],
  ['quantile(close, 0.9, 8640)', 'quantile_cont(close, 0.9)', 8640],
];

async function windows(): Promise<readonly Row[]> {
  const queries = WINDOWS.map(
    ([, sql, rows]) =>
      `${sql} over (order by i rows between ${rows - 1} preceding and current row)`,
  );
  const theirs = await duckdb(bars, queries, 2);
  return WINDOWS.map(([formula], index) => {
    const own = timed(programOf({ out: formula }, { self: bars }), { self: bars }, RUNS);
    return {
      what: formula,
      value: own,
      unit: 'ms',
      ratio: own / 1000 / (theirs[index] ?? Number.NaN),
      baseline: 'a window function of DuckDB, one thread',
    };
  });
}

/** Nanoseconds a row of each operator, alone in a program. */
function operators(): readonly Row[] {
  return calls().map((call) => {
    const took = timed(programOf({ out: call }, { self: bars }), { self: bars }, 3);
    return { what: call, value: (took * 1e6) / YEAR, unit: 'ns a row' };
  });
}

/** The worst error of each moment against exact arithmetic, in parts of 1e-12. */
function accuracy(): readonly Row[] {
  const data = hardCase(MANY);
  return [96, 2016].flatMap((window) =>
    Object.keys(KERNELS).map((name) => {
      const { error } = worstOf(name, data, window, window > 1000 ? 20 : 300);
      return {
        what: `${name} over ${window} rows: worst error in ten million rows of hard prices`,
        value: error,
        unit: '',
        budget: '1e-12',
        met: error <= 1e-12,
      };
    }),
  );
}
