import type { Frame } from '../../../engine/sdk/index.js';
import type { Block, Origin, Section } from '../page/document.js';
import type { Mark, Tick } from '../page/drawing.js';
import { type Band, type Curve, linePlot } from '../page/lines.js';
import { decimalsOf, fixed, percent } from '../page/numbers.js';
import { foldBlocks } from './folds.js';
import { rhythmOf, shortName } from './read.js';

/** Most rows drawn beside the benchmark: more cannot be told apart. */
const DRAWN = 4;
const DAY = 86_400_000;

/**
 * Equity and drawdown of the best rows of each rhythm beside the benchmark, and what each fold brought.
 * @param after  what is taken off, in a few words
 */
export function curveSection(
  best: readonly string[],
  equity: Frame,
  results: Frame,
  after: string,
  origin: (port: string) => Origin,
): Section {
  const rhythms = [...new Set(best.map(rhythmOf))].sort();
  const blocks = rhythms.flatMap((rhythm): readonly Block[] => {
    const rows = best.filter((row) => rhythmOf(row) === rhythm).slice(0, DRAWN);
    const benchmark = `${rhythm}/benchmark`;
    const names = [...rows, benchmark];
    const paths = names.map((name) => pathOf(equity, name, name === benchmark));
    const bands = bandsOf(paths[paths.length - 1]);
    const grown = distinct(paths.map((path) => curveOf(path, 'equity', 1)));
    const under = distinct(paths.map((path) => curveOf(path, 'drawdown', 0)));
    const titles = [`Equity, rhythm ${rhythm}`, `Drawdown, rhythm ${rhythm}`] as const;
    return [
      {
        kind: 'plot',
        title: `${titles[0]}: growth of 1, ${after}`,
        svg: linePlot(grown, { title: titles[0], tick: decimal, base: 1, bands }),
        says: `${grown.map((c) => `${c.name} ends at ${fixed(last(c), 3)}`).join('; ')}. Folds are shaded by turns, with their numbers.`,
        origin: origin('equity'),
      },
      {
        kind: 'plot',
        title: `${titles[1]}: below the highest equity before`,
        svg: linePlot(under, { title: titles[1], tick: share, base: 0, filled: true, bands }),
        says: `${under.map((c) => `${c.name} fell to ${percent(least(c))} at worst`).join('; ')}.`,
        origin: origin('equity'),
      },
      ...foldBlocks(rhythm, names, results, after, origin),
    ];
  });
  return { title: 'Equity, drawdown and folds', blocks };
}

const decimal: Tick = (value, step) => fixed(value, decimalsOf(step));
const share: Tick = (value, step) => percent(value, decimalsOf(step * 100));

/** The days of one row. */
interface Path extends Mark {
  readonly days: Frame;
}

function pathOf(frame: Frame, name: string, reference: boolean): Path {
  const rows = frame.texts('row').flatMap((row, i) => (row === name ? [i] : []));
  return { name: shortName(name), reference, days: frame.take(rows) };
}

/** A row stands for the end of its day; before the first there is the start. */
function curveOf({ name, reference, days }: Path, column: string, start: number): Curve {
  const times = days.time('ts');
  const [first] = times;
  if (first === undefined) return { name, reference, times: [], values: [] };
  return {
    name,
    reference,
    times: [first, ...Array.from(times, (ts) => ts + DAY)],
    values: [start, ...days.column(column)],
  };
}

/** Curves of equal values are one line; it says how many it stands for. */
function distinct(curves: readonly Curve[]): readonly Curve[] {
  const found = new Map<string, Curve[]>();
  for (const curve of curves) {
    const key = `${curve.reference} ${Array.from(curve.values).join()}`;
    found.set(key, [...(found.get(key) ?? []), curve]);
  }
  return [...found.values()].flatMap(([first, ...same]) => {
    if (!first) return [];
    const others = same.length === 1 ? `= ${same[0]?.name}` : `and ${same.length} others alike`;
    return [same.length === 0 ? first : { ...first, name: `${first.name} ${others}` }];
  });
}

/** The test windows that a row goes through. */
function bandsOf(path: Path | undefined): readonly Band[] {
  const bands: { from: number; to: number; label: string }[] = [];
  const folds = path?.days.texts('fold') ?? [];
  for (const [i, ts] of path?.days.time('ts').entries() ?? []) {
    const label = folds[i] ?? '';
    const open = bands[bands.length - 1];
    if (open?.label === label) open.to = ts + DAY;
    else bands.push({ from: ts, to: ts + DAY, label });
  }
  return bands;
}

function last(curve: Curve): number {
  return curve.values[curve.values.length - 1] ?? NaN;
}

function least(curve: Curve): number {
  return Array.from(curve.values).reduce((m, v) => Math.min(m, v), 0);
}
