import { describe, expect, it } from '@jest/globals';
import { clopperPearson } from '../../../nodes/math/proportion.js';
import { hypothesesIn } from '../../../nodes/report/sections/found.js';
import { placeboSection } from '../../../nodes/report/sections/null.js';
import { rankPlot } from '../../../nodes/report/sections/ranks.js';
import { testedOf } from '../../../nodes/report/sections/untested.js';
import { FIVE } from '../../kit/research.js';
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
  const told = (power: Parameters<typeof placeboSection>[1]) =>
    placeboSection(undefined, power, origin).blocks.map((b) =>
      b.kind === 'paragraph' ? b.text : '',
    );

  it('says how to get it where it was not measured', () =>
    expect(told(undefined).join()).toContain('dag run dags/power.yaml'));

  it('is told where it was', () => {
    const rate = { markets: 5, ...clopperPearson(5, 10) };
    const shown = { n: 300, reached: 0.003, error: 5e-4, expected: 0.5 };
    const row = { drift: 0.003, markets: 10, tested: 10, found: rate, passed: rate, ...shown };
    const effect = { effect: 'climax', event: 'E', template: 'mean_reversion' };
    const words = told([{ ...effect, over: 3_600_000, level: 0.05, rows: [row] }]).join();
    expect(words).toContain('30 bp: found in 5 of 10 markets');
    expect(words).not.toContain('dags/power.yaml');
  });
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
