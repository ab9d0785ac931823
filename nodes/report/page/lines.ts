import { type Scale, scaleOf, timeTicks } from './axis.js';
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

/** One line of a plot over time. */
export interface Curve extends Mark {
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** A stretch of time that is marked behind the lines. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

interface Look {
  readonly title: string;
  readonly tick: Tick;
  /** A value that is always in view, drawn as a line. */
  readonly base?: number | undefined;
  /** Fill between the curve and the base. */
  readonly filled?: boolean | undefined;
  /** Marked by turns, in order of time. */
  readonly bands?: readonly Band[] | undefined;
}

/** Height of the space between legend and dates. */
const BODY = 230;
/** Between the curves and the edge. */
const PAD = 6;

/** Curves over time as one SVG element: dates below, a legend above, stretches of time marked behind. */
export function linePlot(
  curves: readonly Curve[],
  { title, tick, base, filled, bands = [] }: Look,
): string {
  const names = legend(curves);
  const [top, bottom] = [names.high + 16, names.high + 16 + BODY];
  const times = [...curves.flatMap((c) => ends(c.times)), ...bands.flatMap((b) => [b.from, b.to])];
  const values = curves.flatMap((curve) => Array.from(curve.values));
  const x = scaleOf(times, [LEFT, WIDE - RIGHT]);
  const y = scaleOf(base === undefined ? values : [...values, base], [bottom - PAD, top + PAD]);
  const dates = timeTicks(x.from, x.to).map(({ at, label: text }) => {
    const [place, half] = [x.at(at), text.length * 3.2];
    const anchor = place + half > WIDE ? 'end' : place - half < 0 ? 'start' : 'middle';
    return label(place, bottom + 16, text, anchor);
  });
  const lines = curves.map((curve, i) =>
    path(curve, x, y, colour(curve, i), filled ? y.at(base ?? y.from) : undefined),
  );
  return svg(bottom + 24, title, [
    ...bands.flatMap((band, i) => marked(band, i, x, [names.high, bottom])),
    ...grid(y, tick, base),
    ...dates,
    ...names.parts,
    ...lines,
  ]);
}

/** Every other band is tinted; its label stands above where there is room. */
function marked(
  { from, to, label: text }: Band,
  i: number,
  x: Scale,
  [top, bottom]: readonly [number, number],
): readonly string[] {
  const [left, width] = [x.at(from), x.at(to) - x.at(from)];
  const place = `x="${px(left)}" y="${px(top)}" width="${px(width)}" height="${px(bottom - top)}"`;
  const middle = left + width / 2;
  return [
    i % 2 === 0 ? `<rect class="band" ${place}/>` : '',
    width > 7 * text.length ? label(middle, top + 11, text, 'middle') : '',
  ];
}

function path(curve: Curve, x: Scale, y: Scale, stroke: string, floor: number | undefined): string {
  const dots: string[] = [];
  for (let i = 0; i < curve.times.length; i++) {
    const value = curve.values[i] ?? NaN;
    if (Number.isFinite(value)) dots.push(`${px(x.at(curve.times[i] ?? NaN))},${px(y.at(value))}`);
  }
  const [first] = dots;
  if (first === undefined) return '';
  const line = `<polyline fill="none" stroke="${stroke}" stroke-width="1.5" points="${dots.join(' ')}"/>`;
  if (floor === undefined) return line;
  const [start, end] = [first.split(',')[0], dots[dots.length - 1]?.split(',')[0]];
  const area = `${start},${px(floor)} ${dots.join(' ')} ${end},${px(floor)}`;
  return `<polygon fill="${stroke}" fill-opacity="0.15" points="${area}"/>${line}`;
}

function ends(times: ArrayLike<number>): readonly number[] {
  return times.length === 0 ? [] : [times[0] ?? NaN, times[times.length - 1] ?? NaN];
}
