import { type Scale, scaleOf } from './axis.js';
import { colour, LEFT, label, px, RIGHT, svg, type Tick, WIDE } from './drawing.js';
import { escaped } from './escape.js';

/** One estimate and the interval it may lie in; an interval that nobody tells is NaN. */
export interface Estimate {
  readonly name: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Drawn in full; the others are drawn faint. */
  readonly strong: boolean;
  readonly says: string;
}

/** Estimates that belong together, under one line of text. */
export interface Stand {
  readonly title: string;
  readonly estimates: readonly Estimate[];
}

interface Look {
  readonly title: string;
  readonly tick: Tick;
  readonly label: string;
}

const ROW = 20;
/** Pixels of the line of text above estimates. */
const HEAD = 26;

/** Estimates below each other on one scale, with their intervals and a line where there is nothing. */
export function forestPlot(stands: readonly Stand[], { title, tick, label: what }: Look): string {
  const all = stands.flatMap(({ estimates }) => estimates);
  const high = stands.reduce((sum, { estimates }) => sum + HEAD + ROW * estimates.length, 8);
  const x = scaleOf(
    [0, ...all.flatMap((e) => [e.mean, e.low, e.high])],
    [LEFT + 16, WIDE - RIGHT - 8],
    8,
  );
  const ticks = x.ticks.map((value) => {
    return label(x.at(value), high + 16, tick(value, x.step), 'middle');
  });
  let top = 0;
  const rows = stands.flatMap(({ title: head, estimates }) => {
    const start = top + HEAD;
    top = start + ROW * estimates.length;
    return [
      label(4, start - 6, head, 'start'),
      ...uprights(x, start, top),
      ...estimates.flatMap((estimate, i) => row(estimate, start + ROW * (i + 0.5), x)),
    ];
  });
  return svg(high + 38, title, [...ticks, ...rows, label(WIDE - RIGHT, high + 33, what, 'end')]);
}

function row({ name, mean, low, high, strong, says }: Estimate, y: number, x: Scale): string[] {
  const told = label(LEFT, y + 4, name, 'end');
  if (!Number.isFinite(mean)) return [told, label(x.at(0) + 6, y + 4, says, 'start')];
  const stroke = colour({ name, reference: !strong }, 0);
  const whisker = Number.isFinite(low + high)
    ? `<line stroke="${stroke}" stroke-width="2" x1="${px(x.at(low))}" x2="${px(x.at(high))}" y1="${px(y)}" y2="${px(y)}"/>`
    : '';
  return [
    told,
    whisker,
    `<circle cx="${px(x.at(mean))}" cy="${px(y)}" r="4" fill="${stroke}"><title>${escaped(says)}</title></circle>`,
  ];
}

/** Lines behind estimates, none through the text above them. */
function uprights(x: Scale, top: number, bottom: number): readonly string[] {
  const line = (kind: string, value: number) =>
    `<line class="${kind}" x1="${px(x.at(value))}" x2="${px(x.at(value))}" y1="${top}" y2="${bottom}"/>`;
  return [...x.ticks.map((value) => line('axis', value)), line('zero', 0)];
}
