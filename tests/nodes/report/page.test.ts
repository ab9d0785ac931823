import { describe, expect, it } from '@jest/globals';
import { niceTicks, scaleOf, timeTicks } from '../../../nodes/report/page/axis.js';
import { barPlot } from '../../../nodes/report/page/bars.js';
import type { Document } from '../../../nodes/report/page/document.js';
import { htmlOf } from '../../../nodes/report/page/html.js';
import { linePlot } from '../../../nodes/report/page/lines.js';
import { markdownOf } from '../../../nodes/report/page/markdown.js';
import {
  atMost,
  confidence,
  decimalsOf,
  fixed,
  lasting,
  percent,
  points,
  probability,
  resolved,
  whole,
} from '../../../nodes/report/page/numbers.js';

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
    [probability(0), '< 1e-300'],
    [probability(1), '1.0000'],
    [confidence(1), '> 0.9999'],
    [confidence(0.97), '0.9700'],
    [confidence(null), '–'],
    [resolved(1 / 2001, 1 / 2001), '≤ 0.0005'],
    [resolved(2 / 2001, 1 / 2001), '0.0010'],
    [resolved(null, 1 / 2001), '–'],
    [atMost(0.004), '≤ 0.0040'],
    [atMost(NaN), '–'],
    [lasting(300_000), '5 min'],
    [lasting(7_200_000), '2 h'],
    [lasting(4 * 86_400_000), '4 d'],
    [lasting(90_000), '1.5 min'],
    [fixed(0.12345, decimalsOf(0.005)), '0.123'],
    [fixed(1200, decimalsOf(500)), '1200'],
    [fixed(0.3, decimalsOf(0.1)), '0.3'],
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
  const labels = (from: number, to: number) => timeTicks(from, to).map((t) => t.label);
  it('marks firsts of months on long ranges', () => {
    const months = labels(Date.UTC(2024, 0, 15), Date.UTC(2024, 5, 2));
    expect(months).toEqual(['2024-02', '2024-03', '2024-04', '2024-05', '2024-06']);
    expect(labels(Date.UTC(2020, 0, 1), Date.UTC(2024, 0, 1)).length).toBeLessThanOrEqual(8);
  });
  it('marks days on short ranges, at least one and at most eight', () => {
    expect(labels(Date.UTC(2024, 0, 30), Date.UTC(2024, 1, 2))).toEqual([
      '2024-01-30',
      '2024-01-31',
      '2024-02-01',
      '2024-02-02',
    ]);
    for (const days of [1, 7, 8, 20, 60, 92]) {
      const found = labels(Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 1 + days)).length;
      expect(found).toBeGreaterThanOrEqual(2);
      expect(found).toBeLessThanOrEqual(8);
    }
    expect(timeTicks(NaN, NaN)).toEqual([]);
  });
});

const origin = { port: 'table', digest: 'abcdef0123456789ffff' };
const document: Document = {
  title: 'A <b> & "c"',
  warnings: ['w < 1'],
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
            title: 'P',
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
  it('rules are drawn where the frozen column cannot cover them, in rows of whole pixels', () => {
    const html = htmlOf(document);
    const rule = (selector: string) => html.match(new RegExp(`[}\\n]${selector}\\{([^}]*)`))?.[1];
    expect(rule('table')).toMatch(/border-collapse:separate;border-spacing:0;.*line-height:\d+px/);
    expect(rule('th,td')).toMatch(/^padding:\d+px \d+px;/);
    expect(rule('th,td')).not.toContain('border');
    expect(rule('th')).toMatch(/line-height:\d+px/);
    expect(rule('td')).toMatch(/^border-top:1px /);
    expect(rule('tbody tr:last-child td')).toMatch(/^border-bottom:1px /);
  });
  it('Markdown says the same', () => {
    expect(markdownOf(document)).toBe(
      [
        '# A &lt;b&gt; & "c"',
        '> w &lt; 1',
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

const look = { title: 'a "title"', tick: String, base: 0, filled: true };
const DAY = 86_400_000;

describe('plots', () => {
  it('draw nothing that is not finite', () => {
    const svg = linePlot(
      [
        { name: 'a<b', times: [0, 1, 2], values: [NaN, 1, 2] },
        { name: 'none', times: [], values: [] },
      ],
      look,
    );
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).toContain('a&lt;b');
    expect(svg).toContain('aria-label="a &quot;title&quot;"');
    const bars = barPlot(
      [{ name: 'x' }, { name: 'y', reference: true }],
      [
        { labels: ['1', 'a'], values: [0.1, NaN] },
        { labels: ['2', 'b'], values: [-0.1, 0.2] },
      ],
      look,
    );
    expect(bars).not.toMatch(/NaN|Infinity|undefined/);
    expect(bars.match(/<rect/g)?.length).toBe(5);
    expect(barPlot([], [], look)).toMatch(/^<svg[\s\S]*<\/svg>$/);
    expect(linePlot([], look)).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('mark every other stretch of time, and label those with room', () => {
    const bands = [
      { from: 0, to: 10 * DAY, label: '1' },
      { from: 10 * DAY, to: 20 * DAY, label: '2' },
      { from: 20 * DAY, to: 20.001 * DAY, label: '3' },
    ];
    const curves = [{ name: 'c', times: [0, 20 * DAY], values: [0, 1] }];
    const svg = linePlot(curves, { ...look, bands });
    expect(svg.match(/class="band"/g)?.length).toBe(2);
    expect(svg).toMatch(/>1<\/text>[\s\S]*>2<\/text>/);
    expect(svg).not.toContain('>3</text>');
  });

  it('a legend takes the lines it needs and stays inside', () => {
    const names = Array.from({ length: 6 }, (_, i) => `rhythm/a_rather_long_name_${i}`);
    const curves = names.map((name) => ({ name, times: [0, DAY], values: [0, 1] }));
    const svg = linePlot(curves, look);
    for (const name of names) {
      const [, x] = new RegExp(`<text x="([0-9.]+)" y="[0-9.]+">${name}<`).exec(svg) ?? [];
      expect(Number(x) + name.length * 6.6).toBeLessThan(880);
    }
  });

  it('the reference looks alike in every plot, wherever it stands', () => {
    const grey = /fill="var\(--grey\)"/g;
    const curve = { name: 'b', reference: true, times: [0, DAY], values: [0, 1] };
    expect(linePlot([curve], look).match(grey)?.length).toBe(2);
    const groups = [{ labels: ['1', 'a'], values: [1, 2] }] as const;
    expect(barPlot([{ name: 'a' }, curve], groups, look).match(grey)?.length).toBe(2);
  });

  it('ticks of a small range are told apart', () => {
    const tick = (value: number, step: number) => percent(value, decimalsOf(step * 100));
    const svg = linePlot([{ name: 'c', times: [0, DAY], values: [0, 0.004] }], { ...look, tick });
    const ticks = [...svg.matchAll(/text-anchor="end">([^<]*%)</g)].map(([, text]) => text);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(new Set(ticks).size).toBe(ticks.length);
  });
});
