import { scaleOf } from './axis.js';
import { colour, label, px, RIGHT, svg, WIDE } from './drawing.js';
import { escaped } from './escape.js';

/** What is left after a step. */
export interface Step {
  readonly name: string;
  readonly left: number;
  /** The count as it is written. */
  readonly told: string;
}

/** Pixels of a step, and those that its name and its count take. */
const ROW = 24;
const NAME = 250;
const COUNT = 74;

/** Bars below each other, each what is left after one more step. */
export function stepPlot(steps: readonly Step[], title: string): string {
  const most = steps.reduce((m, { left }) => Math.max(m, left), 0);
  const x = scaleOf([0, Math.max(1, most)], [NAME, WIDE - RIGHT - COUNT]);
  const blue = colour({ name: '' }, 0);
  const rows = steps.flatMap(({ name, left, told }, i) => {
    const top = 4 + i * ROW;
    // What is there at all is seen, however little it is.
    const width = left > 0 ? Math.max(1.5, x.at(left) - NAME) : 0;
    return [
      label(NAME - 8, top + 13, name, 'end'),
      `<rect x="${NAME}" y="${top}" width="${px(width)}" height="${ROW - 7}" fill="${blue}" fill-opacity="0.75"><title>${escaped(`${name}: ${told}`)}</title></rect>`,
      label(NAME + width + 6, top + 13, told, 'start'),
    ];
  });
  return svg(8 + steps.length * ROW, title, rows);
}
