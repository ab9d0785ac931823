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
import { escaped } from './escape.js';

/** One group of bars. */
export interface BarGroup {
  /** Below the group, in two lines. */
  readonly labels: readonly [string, string];
  readonly values: readonly number[];
}

interface Look {
  readonly title: string;
  readonly tick: Tick;
}

const BODY = 210;
/** Between the bars and the edge. */
const PAD = 6;
const NAMELESS: Mark = { name: '' };
/** Pixels that the longer line of a label takes. */
const ROOM = 68;

/** Groups of bars side by side as one SVG element; `marks` are the bars of a group. */
export function barPlot(
  marks: readonly Mark[],
  groups: readonly BarGroup[],
  { title, tick }: Look,
): string {
  const told = legend(marks);
  const [top, bottom] = [told.high + 8, told.high + 8 + BODY];
  const y = scaleOf([...groups.flatMap((group) => group.values), 0], [bottom - PAD, top + PAD]);
  const slot = (WIDE - LEFT - RIGHT) / Math.max(1, groups.length);
  const width = Math.min(60, Math.max(1, (slot * 0.8) / Math.max(1, marks.length)));
  const bars = groups.flatMap(({ values: own, labels }, g) =>
    own.map((value, i) => {
      if (!Number.isFinite(value)) return '';
      const left = LEFT + slot * (g + 0.5) + width * (i - marks.length / 2);
      const [a, b] = [y.at(0), y.at(value)];
      const says = `${marks[i]?.name ?? ''}, ${labels.join(', ')}: ${tick(value, y.step / 10)}`;
      return `<rect x="${px(left)}" y="${px(Math.min(a, b))}" width="${px(width)}" height="${px(Math.abs(a - b))}" fill="${colour(marks[i] ?? NAMELESS, i)}"><title>${escaped(says)}</title></rect>`;
    }),
  );
  const every = Math.max(1, Math.ceil(ROOM / slot));
  const labels = groups.flatMap(({ labels: lines }, g) =>
    g % every === 0
      ? lines.map((text, i) => label(LEFT + slot * (g + 0.5), bottom + 16 + 14 * i, text, 'middle'))
      : [],
  );
  return svg(bottom + 38, title, [...grid(y, tick, 0), ...bars, ...labels, ...told.parts]);
}
