import { scaleOf } from './axis.js';
import { colour, label, px, svg } from './drawing.js';
import { escaped } from './escape.js';

/** One bar of a strip. */
export interface Rate {
  /** Said where the pointer rests. */
  readonly name: string;
  readonly value: number;
}

/** One point of a path with its band. */
export interface Point {
  readonly at: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** How many it is the mean of. */
  readonly count: number;
}

interface Look {
  readonly title: string;
  readonly rate: (value: number) => string;
  readonly value: (value: number) => string;
}

export const HIGH = 132;
export const [TOP, BOTTOM] = [20, 108] as const;
/** Pixels of the strip, and of the path beside it. */
export const STRIP = [8, 380] as const;
const PATH = [470, 868] as const;
const BLUE = colour({ name: '' }, 0);
const NOWHERE = 'points nowhere: no path';

/** A strip of rates and a path with its band side by side, for many that are compared with each other. */
export function smallPlot(rates: readonly Rate[], points: readonly Point[], look: Look): string {
  return svg(HIGH, look.title, [
    ...strip(rates, look),
    ...path(points, { value: look.value, none: NOWHERE }),
  ]);
}

function strip(rates: readonly Rate[], { rate }: Look): readonly string[] {
  const most = rates.reduce((m, { value }) => Math.max(m, value), 0);
  const wide = (STRIP[1] - STRIP[0]) / Math.max(1, rates.length);
  const y = scaleOf([0, most], [BOTTOM, TOP]);
  const bars = rates.map(({ name, value }, i) => {
    const top = y.at(value);
    const says = escaped(`${name}: ${rate(value)}`);
    return `<rect x="${px(STRIP[0] + i * wide)}" y="${px(top)}" width="${px(Math.max(1, wide - 2))}" height="${px(BOTTOM - top)}" fill="${BLUE}" fill-opacity="0.75"><title>${says}</title></rect>`;
  });
  const [first, last] = [rates[0], rates[rates.length - 1]];
  return [
    line(STRIP, BOTTOM),
    ...bars,
    label(STRIP[0], 12, `most ${rate(most)}`, 'start'),
    label(STRIP[0], BOTTOM + 16, first?.name ?? '', 'start'),
    label(STRIP[1], BOTTOM + 16, rates.length > 1 ? (last?.name ?? '') : '', 'end'),
  ];
}

interface Told {
  readonly value: Look['value'];
  readonly none: string;
  /** A stretch that is tinted, as far as the path goes. */
  readonly held?: readonly [from: number, to: number] | undefined;
}

/** A path with its band in the right half; where nothing is known, a few words. */
export function path(points: readonly Point[], { value, none, held }: Told): readonly string[] {
  const known = points.filter(({ mean }) => Number.isFinite(mean));
  if (known.length < 2) return [label(PATH[0], 64, none, 'start')];
  const x = scaleOf(
    known.map(({ at }) => at),
    PATH,
  );
  const y = scaleOf(
    [0, ...known.flatMap(({ low, high, mean }) => [low, high, mean])],
    [BOTTOM, TOP],
  );
  const dot = (at: number, to: number) => `${px(x.at(at))},${px(y.at(to))}`;
  const banded = known.filter(({ low, high }) => Number.isFinite(low + high));
  const band = [
    ...banded.map(({ at, high }) => dot(at, high)),
    ...[...banded].reverse().map(({ at, low }) => dot(at, low)),
  ];
  const mean = known.map((p) => dot(p.at, p.mean));
  const [left, right] = (held ?? []).map((bar) => px(x.at(Math.min(bar, x.to))));
  return [
    held
      ? `<polygon class="band" points="${left},${TOP} ${right},${TOP} ${right},${BOTTOM} ${left},${BOTTOM}"/>`
      : '',
    line(PATH, y.at(0)),
    `<line class="zero" x1="${px(x.at(0))}" x2="${px(x.at(0))}" y1="${TOP}" y2="${BOTTOM}"/>`,
    `<polygon fill="${BLUE}" fill-opacity="0.18" points="${band.join(' ')}"/>`,
    `<polyline fill="none" stroke="${BLUE}" stroke-width="1.5" points="${mean.join(' ')}"/>`,
    label(PATH[0] - 6, y.at(y.to) + 4, value(y.to), 'end'),
    label(PATH[0] - 6, y.at(y.from) + 4, value(y.from), 'end'),
    label(PATH[0], BOTTOM + 16, String(known[0]?.at ?? 0).replace('-', '−'), 'start'),
    label(x.at(0), BOTTOM + 16, '0', 'middle'),
    label(PATH[1], BOTTOM + 16, `+${known[known.length - 1]?.at ?? 0} bars`, 'end'),
  ];
}

function line([from, to]: readonly [number, number], y: number): string {
  return `<line class="axis" x1="${from}" x2="${to}" y1="${px(y)}" y2="${px(y)}"/>`;
}
