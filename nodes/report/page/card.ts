import { scaleOf } from './axis.js';
import { colour, label, px, svg } from './drawing.js';
import { escaped } from './escape.js';
import { BOTTOM, HIGH, type Point, path, STRIP, TOP } from './small.js';

/** A bar that may go below zero. */
export interface Rung {
  readonly name: string;
  readonly value: number;
}

interface Look {
  readonly title: string;
  readonly value: (value: number) => string;
  /** What stands where there is no ladder, and where there is no path. */
  readonly unladdered: string;
  readonly pathless: string;
  /** Bars from entry to exit, tinted behind the path. */
  readonly held: readonly [from: number, to: number];
}

const BLUE = colour({ name: '' }, 0);
const ORANGE = colour({ name: '' }, 1);

/** A ladder of values and a path with its band side by side. */
export function cardPlot(rungs: readonly Rung[], points: readonly Point[], look: Look): string {
  const { title, value, pathless, held } = look;
  const right = path(points, { value, none: pathless, held });
  return svg(HIGH, title, [...ladder(rungs, look), ...right]);
}

function ladder(rungs: readonly Rung[], { value, unladdered }: Look): readonly string[] {
  const known = rungs.filter((rung) => Number.isFinite(rung.value));
  if (known.length === 0) return [label(STRIP[0], 64, unladdered, 'start')];
  // Room above and below for what a bar says.
  const y = scaleOf([0, ...known.map((rung) => rung.value)], [BOTTOM - 14, TOP + 10]);
  const slot = (STRIP[1] - STRIP[0]) / known.length;
  const bars = known.flatMap(({ name, value: high }, i) => {
    const [left, a, b] = [STRIP[0] + slot * i, y.at(0), y.at(high)];
    const middle = left + slot / 2;
    return [
      `<rect x="${px(left + slot * 0.2)}" y="${px(Math.min(a, b))}" width="${px(slot * 0.6)}" height="${px(Math.max(1, Math.abs(a - b)))}" fill="${high > 0 ? BLUE : ORANGE}" fill-opacity="0.75"><title>${escaped(`${name}: ${value(high)}`)}</title></rect>`,
      label(middle, high > 0 ? b - 4 : b + 12, value(high), 'middle'),
      label(middle, BOTTOM + 16, name, 'middle'),
    ];
  });
  const base = px(y.at(0));
  return [
    `<line class="zero" x1="${STRIP[0]}" x2="${STRIP[1]}" y1="${base}" y2="${base}"/>`,
    ...bars,
  ];
}
