import { type Scale, scaleOf } from './axis.js';
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
import { escaped } from './escape.js';

/** One dot. */
export interface Dot {
  readonly x: number;
  readonly y: number;
  /** Said where the pointer rests; only few dots can be. */
  readonly says?: string | undefined;
}

/** Dots of one colour. */
export interface Cloud extends Mark {
  readonly dots: readonly Dot[];
}

/** A line between points, in the order they are given. */
export interface Trace extends Mark {
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

interface Axis {
  /** What is measured. */
  readonly label: string;
  readonly tick: Tick;
  /** Values that are always in view. */
  readonly spans: readonly number[];
}

/** A value that is marked by a line across the plot. */
export interface Rule {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly label: string;
  /** End of the line at which the label stands. */
  readonly end: 'start' | 'end';
}

interface Look {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly rules: readonly Rule[];
  /** Drawn over the dots. */
  readonly lines?: readonly Trace[] | undefined;
}

const BODY = 320;
/** Between the dots and the edge. */
const PAD = 8;
/** Most dots of a cloud that are drawn one by one, each with what it says. */
const SAID = 200;
/** How strong a dot is that stands for so many, the least number first. */
const DENSITY = [
  [1, 0.55],
  [2, 0.75],
  [4, 1],
] as const;

/**
 * Clouds of dots as one SVG element, the first over the others. Dots that fall on the same pixel are drawn once, stronger the more they are, so that its size
 * is bounded by its area.
 * @returns  the element, and how many dots are drawn
 */
export function dotPlot(clouds: readonly Cloud[], look: Look): { svg: string; drawn: number } {
  const lines = look.lines ?? [];
  const names = legend([...clouds, ...lines]);
  const [top, bottom] = [names.high + 14, names.high + 14 + BODY];
  const dots = [...clouds.flatMap((cloud) => cloud.dots), ...lines.flatMap(({ points }) => points)];
  const x = scaleOf(
    [...dots.map((d) => d.x), ...look.x.spans],
    [LEFT + PAD, WIDE - RIGHT - PAD],
    8,
  );
  const y = scaleOf([...dots.map((d) => d.y), ...look.y.spans], [bottom - PAD, top + PAD]);
  const parts = clouds.map((cloud, i) => drawn(cloud, colour(cloud, i), x, y));
  const ticks = x.ticks.flatMap((value) => {
    const [told, place] = [look.x.tick(value, x.step), px(x.at(value))];
    if (told === '') return [];
    const line = `<line class="axis" x1="${place}" x2="${place}" y1="${top}" y2="${bottom}"/>`;
    return [line, label(x.at(value), bottom + 16, told, 'middle')];
  });
  return {
    svg: svg(bottom + 40, look.title, [
      ...grid(y, look.y.tick, undefined),
      ...ticks,
      ...[...parts].reverse().flatMap((part) => part.marks),
      ...lines.map((line, i) => traced(line, colour(line, clouds.length + i), x, y)),
      ...look.rules.flatMap((rule) => ruled(rule, x, y, [top, bottom])),
      label(LEFT, top - 4, look.y.label, 'start'),
      label(WIDE - RIGHT, bottom + 34, look.x.label, 'end'),
      ...names.parts,
    ]),
    drawn: parts.reduce((sum, part) => sum + part.count, 0),
  };
}

/** A cloud: one circle a dot where they are few and say something, else one mark a pixel. */
function drawn(cloud: Cloud, stroke: string, x: Scale, y: Scale) {
  const said = cloud.dots.filter(({ says }) => says !== undefined).slice(0, SAID);
  const told = new Set(said);
  const circles = said.map(
    (dot) =>
      `<circle cx="${px(x.at(dot.x))}" cy="${px(y.at(dot.y))}" r="3.5" fill="${stroke}"><title>${escaped(dot.says ?? '')}</title></circle>`,
  );
  const places = new Map<string, number>();
  for (const dot of cloud.dots) {
    if (told.has(dot)) continue;
    const place = `M${Math.round(x.at(dot.x))} ${Math.round(y.at(dot.y))}h0`;
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  const paths = DENSITY.flatMap(([least, strength], i) => {
    const most = DENSITY[i + 1]?.[0] ?? Infinity;
    const own = [...places].flatMap(([at, n]) => (n >= least && n < most ? [at] : []));
    return own.length === 0
      ? []
      : [
          `<path fill="none" stroke="${stroke}" stroke-opacity="${strength}" stroke-width="4" stroke-linecap="round" d="${own.join('')}"/>`,
        ];
  });
  return { marks: [...paths, ...circles], count: circles.length + places.size };
}

function traced({ points }: Trace, stroke: string, x: Scale, y: Scale): string {
  const places = points.map((point) => `${px(x.at(point.x))},${px(y.at(point.y))}`);
  return places.length === 0
    ? ''
    : `<polyline fill="none" stroke="${stroke}" stroke-width="1.5" points="${places.join(' ')}"/>`;
}

function ruled(
  { axis, at, label: text, end }: Rule,
  x: Scale,
  y: Scale,
  [top, bottom]: readonly [number, number],
): readonly string[] {
  const [dash, place] = ['stroke-dasharray="5 4"', px((axis === 'x' ? x : y).at(at))];
  return axis === 'x'
    ? [
        `<line class="zero" ${dash} x1="${place}" x2="${place}" y1="${top}" y2="${bottom}"/>`,
        label(x.at(at) + 4, end === 'end' ? top + 12 : bottom - 4, text, 'start'),
      ]
    : [
        `<line class="zero" ${dash} x1="${LEFT}" x2="${WIDE - RIGHT}" y1="${place}" y2="${place}"/>`,
        label(end === 'end' ? WIDE - RIGHT - 2 : LEFT + 4, y.at(at) - 5, text, end),
      ];
}
