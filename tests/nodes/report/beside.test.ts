import { describe, expect, it } from '@jest/globals';
import { hypothesesIn } from '../../../nodes/report/sections/found.js';
import { placeboSections, powerSummary } from '../../../nodes/report/sections/null.js';
import { powerSection } from '../../../nodes/report/sections/power.js';
import { rankPlot } from '../../../nodes/report/sections/ranks.js';
import { testedOf } from '../../../nodes/report/sections/untested.js';
import { costly, FIVE } from '../../kit/research.js';
import { curveOf, rowOf } from './power-kit.js';
import { candidatesOf, placeboOf } from './research-kit.js';

/* What stands beside the finds: the placebo at the same ranks, power, and what could not be tested. */

const hypotheses = hypothesesIn(candidatesOf({ count: 60, passed: 2 }));
const [base] = hypotheses;
if (!base) throw new Error('no hypothesis');
const origin = (port: string) => ({ port, digest: 'd' });
const plotOf = (calibration: ReturnType<typeof placeboOf> | undefined) => {
  const [plot] = rankPlot(hypotheses, { fdr: 0.05, spacing: FIVE, calibration }, origin);
  if (plot?.kind !== 'plot') throw new Error('no plot');
  return plot;
};

describe('q against rank', () => {
  it('has the line of the placebo, and tells it', () => {
    const { svg, says, also } = plotOf(placeboOf(3, 200, true));
    expect(svg).toContain('placebo, median of 200');
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(says).toContain(
      'Placebo by rank, median over 200 of them: 1: q 0.8000 (least 0.0700), p',
    );
    expect(says).toContain('p 0.0030, here 1.0e-7; 10: q 0.9000');
    expect(also).toEqual([origin('calibration')]);
  });

  it.each([
    ['none was run', undefined, 'No placebo was run to draw beside it.'],
    ['it tested nothing', { ...placeboOf(0, 2, true), ranks: [] }, 'The placebo tested nothing'],
  ])('says where there is no line: %s', (_name, calibration, words) => {
    const { svg, says } = plotOf(calibration);
    expect(svg).not.toContain('<polyline');
    expect(says).toContain(words);
  });
});

describe('power', () => {
  const cost = costly as Parameters<typeof placeboSections>[0]['cost'];
  const sections = (power: Parameters<typeof placeboSections>[0]['power'], here = {}) =>
    placeboSections(
      { calibration: undefined, power, fdr: 0.05, tests: 1234, cost, ...here },
      origin,
    );
  const told = (...asked: Parameters<typeof sections>) =>
    sections(...asked)
      .flatMap(({ blocks }) => blocks)
      .map((b) => (b.kind === 'paragraph' ? b.text : ''))
      .join();
  const curve = curveOf({}, rowOf(0, 0, 0), rowOf(30, 5, 0.5));

  it.each([
    ['no port', undefined],
    ['an empty ledger', []],
  ])('says how to get it where it was not measured: %s', (_name, power) => {
    expect(told(power)).toContain('make power runs dags/power.yaml');
    expect(sections(power)).toHaveLength(1);
  });

  it('is told where it was, with its curve right after', () => {
    const words = told([curve]);
    expect(words).toContain('30 bp: found in 5 of 10 markets');
    expect(words).toContain('On this page 1\u202f234 hypotheses were tested');
    expect(words).not.toContain('make power');
    expect(words).not.toContain('at another level');
    expect(words).not.toContain('at other costs');
    const [, drawn, ...more] = sections([curve]);
    expect(more).toEqual([]);
    expect(drawn).toEqual(powerSection(curve, origin('power')));
  });

  it.each([
    [
      0.01,
      'where q ≤ 0.01 is a find: other things equal, an effect of the same size is found in fewer markets here',
    ],
    [
      0.1,
      'where q ≤ 0.10 is a find: other things equal, an effect of the same size is found in more markets here',
    ],
  ])('says that it is of another level than %j', (fdr, words) =>
    expect(told([curve], { fdr })).toContain(words),
  );

  it('stands at the top of the page, measured or not', () => {
    const curve = curveOf({}, rowOf(20, 1, 0.05), rowOf(60, 9, 0.9));
    expect(powerSummary([curve])).toEqual([
      'Power, as last measured in this lake, at q ≤ 0.05 in simulated markets with climax planted: an effect of 20 bp in 10%, 60 bp in 90% of them was found.',
    ]);
    for (const none of [undefined, []])
      expect(powerSummary(none)).toEqual([expect.stringContaining('not measured in this lake')]);
  });

  it.each([
    ['of another name', { ...cost, id: 'dear' }, 'charges dear, 6.5 bp a side'],
    ['edited since', { ...cost, taker_bps: 7 }, 'charges costly, 8.5 bp a side'],
  ])('says that it is at other costs: %s', (_name, other, words) =>
    expect(told([curve], { cost: other })).toContain(
      `That is at other costs than on this page, which ${words}`,
    ),
  );
});

describe('what was not tested', () => {
  const missing = { ...base, p: null, passed: false, failed: ['not_tested'] };
  const all = [
    base,
    { ...missing, failed: ['unavailable'], n: 0 },
    { ...missing, failed: ['same_trades'], effective: null },
    { ...missing, n: 0 },
    { ...missing, n: 0 },
    { ...missing, n: 12, effective: null },
    { ...missing, n: 500, effective: 80 },
  ];

  it('is told by reason, and the reasons add up', () =>
    expect(testedOf(all)).toBe(
      '1 of 7 in the grid were tested. 6 were not: 1 had no data of their event; 1 traded the very bars of another, which is tested; 2 had no occurrence that could be traded; 1 occurred too seldom, or on too few days; 1 left too little inside or outside a filter to compare.',
    ));

  it('is nothing where all were', () =>
    expect(testedOf([base])).toBe('1 of 1 in the grid were tested.'));
});
