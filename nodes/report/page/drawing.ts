import type { Scale } from './axis.js';
import { escaped } from './escape.js';

/** Colours that stay apart for most eyes; the page says what they are on light and on dark paper. */
const COLOURS = [
  'var(--blue)',
  'var(--orange)',
  'var(--green)',
  'var(--plum)',
  'var(--violet)',
] as const;
/** What the others are measured against is the same in every plot. */
const REFERENCE = 'var(--grey)';

/** Pixels of every plot; a narrow screen scrolls it rather than shrinking its letters away. */
export const WIDE = 880;
export const LEFT = 62;
export const RIGHT = 12;

/** Mean width of a letter at the size of the labels. */
const LETTER = 6.6;
const LINE = 17;

/** How a tick of the values is written; `step` tells how many decimals tell two ticks apart. */
export type Tick = (value: number, step: number) => string;

/** One SVG element of the full width. @param title  read out where the picture cannot be seen */
export function svg(high: number, title: string, parts: readonly string[]): string {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE} ${px(high)}" width="${WIDE}" height="${px(high)}" role="img" aria-label="${escaped(title)}">`;
  return [open, ...parts.filter((part) => part !== ''), '</svg>'].join('\n');
}

/** Horizontal lines with their values, and the base line. */
export function grid(y: Scale, tick: Tick, base: number | undefined): readonly string[] {
  const line = (value: number, kind: string) =>
    `<line class="${kind}" x1="${LEFT}" x2="${WIDE - RIGHT}" y1="${px(y.at(value))}" y2="${px(y.at(value))}"/>`;
  const ticks = y.ticks.flatMap((value) => [
    line(value, 'axis'),
    label(LEFT - 6, y.at(value) + 4, tick(value, y.step), 'end'),
  ]);
  return base === undefined ? ticks : [...ticks, line(base, 'zero')];
}

/** One of the things a plot shows. */
export interface Mark {
  readonly name: string;
  /** What the others are measured against. */
  readonly reference?: boolean | undefined;
}

/** Names with their colours from the top of the plot, in as many lines as they need. */
export function legend(marks: readonly Mark[]): {
  readonly parts: readonly string[];
  readonly high: number;
} {
  let [left, row] = [LEFT, 0];
  const parts = marks.map((mark, i) => {
    const { name } = mark;
    const width = 30 + [...name].length * LETTER;
    if (left > LEFT && left + width > WIDE - RIGHT) [left, row] = [LEFT, row + 1];
    const top = 6 + row * LINE;
    const box = `<rect x="${px(left)}" y="${top}" width="10" height="10" fill="${colour(mark, i)}"/>`;
    const text = label(left + 14, top + 9, name, 'start');
    left += width;
    return box + text;
  });
  return { parts, high: 6 + (row + 1) * LINE };
}

/** A line of text. */
export function label(
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end',
): string {
  const side = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${px(x)}" y="${px(y)}"${side}>${escaped(text)}</text>`;
}

/** The colour of the i-th mark. */
export function colour({ reference }: Mark, i: number): string {
  return reference ? REFERENCE : (COLOURS[i % COLOURS.length] ?? COLOURS[0]);
}

/** A hundredth of a pixel is enough, and the same text on every machine. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
