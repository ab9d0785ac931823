import { scaleOf } from './axis.js';
import {
  colour,
  grid,
  LEFT,
  label,
  legend,
  type Mark,
  px,
  RIGHT,
  svg,
  type Tick,
  WIDE,
} from './drawing.js';

/** Values with intervals over a scale of numbers. */
export interface Points extends Mark {
  readonly at: readonly number[];
  readonly values: readonly number[];
  /** From and to of each value; none is drawn where they are not given. */
  readonly intervals?: readonly (readonly [number, number])[] | undefined;
}

interface Look {
  readonly title: string;
  readonly tick: Tick;
  /** How places on the scale below are written. */
  readonly below: Tick;
  /** Values that are always in view. */
  readonly within: readonly [number, number];
}

const BODY = 230;
const PAD = 10;

/** Lines through points over numbers as one SVG element; intervals stand as a band behind their line. */
export function pointPlot(lines: readonly Points[], { title, tick, below, within }: Look): string {
  const told = legend(lines);
  const [top, bottom] = [told.high + 8, told.high + 8 + BODY];
  const x = scaleOf(
    lines.flatMap(({ at }) => at),
    [LEFT + PAD, WIDE - RIGHT - PAD],
    8,
  );
  const spans = lines.flatMap(({ intervals = [] }) => intervals.flat());
  const values = [...lines.flatMap((line) => line.values), ...spans, ...within];
  const y = scaleOf(values, [bottom - PAD, top + PAD]);
  const place = (at: number, value: number) => `${px(x.at(at))},${px(y.at(value))}`;
  const drawn = lines.flatMap(({ at, values: own, intervals = [], ...mark }, i) => {
    const stroke = colour(mark, i);
    const dots = own.map((value, k) => place(at[k] ?? NaN, value));
    const upper = intervals.map(([, high], k) => place(at[k] ?? NaN, high));
    const lower = intervals.map(([low], k) => place(at[k] ?? NaN, low)).reverse();
    return [
      upper.length === 0
        ? ''
        : `<polygon fill="${stroke}" fill-opacity="0.15" points="${[...upper, ...lower].join(' ')}"/>`,
      `<polyline fill="none" stroke="${stroke}" stroke-width="1.5" points="${dots.join(' ')}"/>`,
      ...own.map(
        (value, k) =>
          `<circle cx="${px(x.at(at[k] ?? NaN))}" cy="${px(y.at(value))}" r="3" fill="${stroke}"/>`,
      ),
    ];
  });
  const places = x.ticks.map((at) => label(x.at(at), bottom + 16, below(at, x.step), 'middle'));
  return svg(bottom + 24, title, [...grid(y, tick, within[0]), ...places, ...told.parts, ...drawn]);
}
