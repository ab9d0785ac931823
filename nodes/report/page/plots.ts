import { monthTicks, type Scale, scaleOf } from './axis.js';
import { escaped } from './html.js';

/** Colours that stay apart for most eyes, on light and dark paper. */
const COLOURS = ['#2f6fde', '#d9822b', '#2d9d78', '#b5487f', '#7a68d8', '#8a8f98'] as const;
const WIDE = 880;
const LEFT = 58;
const RIGHT = 12;

/** One line of a plot over time. */
export interface Curve {
  readonly name: string;
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

interface Look {
  /** How a tick of the values is written. */
  readonly tick: (value: number) => string;
  /** A value that is always in view, drawn as a line. */
  readonly base?: number | undefined;
  /** Fill between the curve and the base. */
  readonly filled?: boolean | undefined;
}

/** Curves over time as one SVG element, with months below and a legend above. */
export function linePlot(curves: readonly Curve[], { tick, base, filled }: Look): string {
  const high = 280;
  const times = curves.flatMap((curve) => ends(curve.times));
  const values = curves.flatMap((curve) => Array.from(curve.values));
  const x = scaleOf(times, [LEFT, WIDE - RIGHT]);
  const y = scaleOf(base === undefined ? values : [...values, base], [high - 24, 30]);
  const months = monthTicks(x.from, x.to).map(({ at, label }) => {
    return `<text x="${px(x.at(at))}" y="${high - 8}" text-anchor="middle">${label}</text>`;
  });
  const lines = curves.map((curve, i) =>
    path(curve, x, y, colour(i), filled ? y.at(base ?? y.from) : undefined),
  );
  return svg(high, [
    ...grid(y, tick, base),
    ...months,
    ...legend(curves.map((c) => c.name)),
    ...lines,
  ]);
}

/** One group of bars. */
export interface BarGroup {
  readonly label: string;
  readonly values: readonly number[];
}

/** Groups of bars side by side as one SVG element; `names` are the bars of a group. */
export function barPlot(names: readonly string[], groups: readonly BarGroup[], look: Look): string {
  const high = 260;
  const values = groups.flatMap((group) => group.values);
  const y = scaleOf([...values, 0], [high - 24, 30]);
  const slot = (WIDE - LEFT - RIGHT) / Math.max(1, groups.length);
  const width = Math.max(1, (slot * 0.8) / Math.max(1, names.length));
  const bars = groups.flatMap(({ values: own }, g) =>
    own.map((value, i) => {
      if (!Number.isFinite(value)) return '';
      const left = LEFT + slot * g + slot * 0.1 + width * i;
      const [a, b] = [y.at(0), y.at(value)];
      const title = `<title>${escaped(`${names[i] ?? ''}: ${look.tick(value)}`)}</title>`;
      return `<rect x="${px(left)}" y="${px(Math.min(a, b))}" width="${px(width)}" height="${px(Math.abs(a - b))}" fill="${colour(i)}">${title}</rect>`;
    }),
  );
  const every = Math.ceil(groups.length / 24);
  const labels = groups.map(({ label }, g) => {
    const middle = LEFT + slot * (g + 0.5);
    const text = `<text x="${px(middle)}" y="${high - 8}" text-anchor="middle">${escaped(label)}</text>`;
    return g % every === 0 ? text : '';
  });
  return svg(high, [...grid(y, look.tick, 0), ...bars, ...labels, ...legend(names)]);
}

function svg(high: number, parts: readonly string[]): string {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE} ${high}" width="${WIDE}" height="${high}" role="img">`;
  return [open, ...parts.filter((part) => part !== ''), '</svg>'].join('\n');
}

function grid(
  y: Scale,
  tick: (value: number) => string,
  base: number | undefined,
): readonly string[] {
  const line = (value: number, kind: string) =>
    `<line class="${kind}" x1="${LEFT}" x2="${WIDE - RIGHT}" y1="${px(y.at(value))}" y2="${px(y.at(value))}"/>`;
  const ticks = y.ticks.flatMap((value) => [
    line(value, 'axis'),
    `<text x="${LEFT - 6}" y="${px(y.at(value) + 4)}" text-anchor="end">${escaped(tick(value))}</text>`,
  ]);
  return base === undefined ? ticks : [...ticks, line(base, 'zero')];
}

function legend(names: readonly string[]): readonly string[] {
  let left = LEFT;
  return names.map((name, i) => {
    const mark = `<rect x="${px(left)}" y="8" width="10" height="10" fill="${colour(i)}"/>`;
    const text = `<text x="${px(left + 14)}" y="17">${escaped(name)}</text>`;
    left += 30 + name.length * 6.4;
    return mark + text;
  });
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

function colour(i: number): string {
  return COLOURS[i % COLOURS.length] ?? COLOURS[0];
}

/** A hundredth of a pixel is enough, and the same text on every machine. */
function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
