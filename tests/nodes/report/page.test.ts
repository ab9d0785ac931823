import { describe, expect, it } from '@jest/globals';
import { monthTicks, niceTicks, scaleOf } from '../../../nodes/report/page/axis.js';
import type { Document } from '../../../nodes/report/page/document.js';
import { htmlOf } from '../../../nodes/report/page/html.js';
import { markdownOf } from '../../../nodes/report/page/markdown.js';
import { fixed, percent, points, probability, whole } from '../../../nodes/report/page/numbers.js';
import { barPlot, linePlot } from '../../../nodes/report/page/plots.js';

describe('numbers', () => {
  const rows: readonly (readonly [string, string])[] = [
    [fixed(-1.005, 1), '−1.0'],
    [fixed(-0.001, 1), '0.0'],
    [fixed(null, 1), '–'],
    [fixed(NaN, 1), '–'],
    [percent(0.1234), '12.3%'],
    [percent(undefined), '–'],
    [points(0.00065), '6.5'],
    [whole(1234567), '1\u202f234\u202f567'],
    [whole(-12), '−12'],
    [probability(0.04999), '0.0500'],
    [probability(3e-7), '3.0e-7'],
    [probability(0), '0.0000'],
  ];
  for (const [i, [got, want]] of rows.entries()) {
    it(`${i}: ${want}`, () => {
      expect(got).toBe(want);
    });
  }
});

describe('axis', () => {
  it('cuts a range into round steps', () => {
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]);
    expect(niceTicks(-30, 30, 5)).toEqual([-20, 0, 20]);
    expect(niceTicks(2, 2, 5)).toEqual([2]);
    expect(niceTicks(NaN, NaN, 5)).toEqual([]);
  });
  it('has width even for one value', () => {
    expect(scaleOf([5], [0, 100]).at(5)).toBe(50);
    expect(scaleOf([NaN], [0, 100]).at(0)).toBe(50);
  });
  it('marks firsts of months', () => {
    const ticks = monthTicks(Date.UTC(2024, 0, 15), Date.UTC(2024, 3, 2));
    expect(ticks.map((t) => t.label)).toEqual(['2024-02', '2024-03', '2024-04']);
  });
});

const origin = { port: 'table', digest: 'abcdef0123456789ffff' };
const document: Document = {
  title: 'A <b> & "c"',
  lead: ['x < y'],
  sections: [
    {
      title: 'S',
      blocks: [
        { kind: 'paragraph', text: 'p_1 *not* bold' },
        { kind: 'list', items: ['one', '<script>'] },
        {
          kind: 'table',
          title: 'T',
          columns: [{ name: 'n', right: true }, { name: 'a|b' }],
          rows: [['1', 'x|y']],
          origin,
          note: 'note',
        },
        {
          kind: 'plot',
          title: 'P',
          svg: linePlot([{ name: 'e', times: [0, 86_400_000], values: [1, 2] }], {
            tick: (v) => fixed(v, 1),
            base: 1,
          }),
          says: 'goes up',
          origin,
        },
      ],
    },
  ],
};

describe('one document, two forms', () => {
  it('HTML needs nothing from elsewhere and shows no text as marks', () => {
    const html = htmlOf(document);
    expect(html).toContain('<title>A &lt;b&gt; &amp; &quot;c&quot;</title>');
    expect(html).toContain('<li>&lt;script&gt;</li>');
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)|<link|@import|url\(/);
    expect(html).toContain('<code>dag why abcdef0123456789</code>');
  });
  it('Markdown says the same', () => {
    expect(markdownOf(document)).toBe(
      [
        '# A &lt;b&gt; & "c"',
        'x &lt; y',
        '## S',
        'p\\_1 \\*not\\* bold',
        '- one\n- &lt;script&gt;',
        '**T**\n\n| n | a\\|b |\n| --: | :-- |\n| 1 | x\\|y |\n\nnote\n\n_from table:_ `dag why abcdef0123456789`',
        '**P** (drawn on the page): goes up\n\n_from table:_ `dag why abcdef0123456789`',
        '',
      ]
        .join('\n\n')
        .replace(/\n+$/, '\n'),
    );
  });
});

describe('plots', () => {
  it('draw nothing that is not finite', () => {
    const look = { tick: String, base: 0, filled: true };
    const svg = linePlot(
      [
        { name: 'a<b', times: [0, 1, 2], values: [NaN, 1, 2] },
        { name: 'none', times: [], values: [] },
      ],
      look,
    );
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).toContain('a&lt;b');
    const bars = barPlot(
      ['x', 'y'],
      [
        { label: '1', values: [0.1, NaN] },
        { label: '2', values: [-0.1, 0.2] },
      ],
      look,
    );
    expect(bars).not.toMatch(/NaN|Infinity|undefined/);
    expect(bars.match(/<rect/g)?.length).toBe(5);
    expect(barPlot([], [], look)).toMatch(/^<svg[\s\S]*<\/svg>$/);
  });
});
