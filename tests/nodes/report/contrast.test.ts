import { describe, expect, it } from '@jest/globals';
import { htmlOf } from '../../../nodes/report/page/html.js';

/* Whether the page can be read on light and on dark paper: WCAG 2.2, 1.4.3 for letters and 1.4.11 for marks. */

const page = htmlOf({ title: 'x', warnings: [], lead: [], sections: [] });
const [light = '', dark = ''] = [...page.matchAll(/:root\{([^}]*)\}/g)].map(([, vars]) => vars);

function coloursOf(vars: string): ReadonlyMap<string, string> {
  return new Map(
    [...vars.matchAll(/--(\w+):(#\w+)/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
}

function luminance(hex: string): number {
  const digits = hex.slice(1).length === 3 ? hex.replace(/\w/g, '$&$&') : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(digits.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a) + 0.05, luminance(b) + 0.05];
  return Math.max(x, y) / Math.min(x, y);
}

const LETTERS = ['ink', 'soft'];
const MARKS = ['alert', 'blue', 'orange', 'green', 'plum', 'violet', 'grey'];

describe.each([
  ['light', coloursOf(light)],
  ['dark', coloursOf(dark)],
])('on %s paper', (_, colours) => {
  for (const ground of ['paper', 'tint'])
    for (const name of [...LETTERS, ...MARKS])
      it(`${name} stands out on ${ground}`, () => {
        const found = contrast(colours.get(name) ?? '', colours.get(ground) ?? '');
        expect(found).toBeGreaterThanOrEqual(LETTERS.includes(name) ? 4.5 : 3);
      });
});

it('knows black on white', () => expect(contrast('#000', '#fff')).toBeCloseTo(21, 6));
