import type { Arrow } from './drawing.js';

/** How the line of an arrow is broken, as attributes of SVG. */
export const DASHES: Readonly<Record<Arrow['kind'], string>> = {
  data: '',
  points: ' stroke-dasharray="2 4"',
  after: ' stroke-dasharray="6 4"',
  else: ' stroke-dasharray="10 3 2 3"',
};

/** Mean width of a letter of size 1 in the fonts that `system-ui` stands for, generously. */
const LETTER = 0.58;

/** Pixels that a text takes, about. */
export function textWidth(text: string, size: number): number {
  return [...text].length * LETTER * size;
}

/** A length in tenths of a pixel. */
export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A text with the signs of XML written out. */
export function marked(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
