import { describe, expect, it } from '@jest/globals';
import { powerLead, powerSection } from '../../../nodes/report/sections/power.js';
import { curveOf, rowOf as row } from './power-kit.js';

describe('what the power report says', () => {
  it('names the market, what a trade paid there, the template, the level and how many were tested beside it', () =>
    expect(powerLead(curveOf({}, row(0, 0, 0)))[0]).toBe(
      'In the simulated market power, at costs costly (declared as 6.5 bp a side), climax moves the price for 60 min after each CLIMAX_VOLUME_BAR; mean_reversion trades it, and q ≤ 0.05 is a find among the 164 hypotheses that were tested in a market, on average.',
    ));

  it.each([
    [row(0, 0, 0.001), 'No effect: found in 0 of 10', ': as expected.'],
    [row(30, 5, 0.5), '30 bp: found in 5 of 10', ': as expected.'],
    [row(30, 1, 0.9), '30 bp: found in 1 of 10', ': LESS OFTEN THAN EXPECTED.'],
    [row(30, 9, 0.1), '30 bp: found in 9 of 10', ': MORE OFTEN THAN EXPECTED.'],
  ])('of %j', (rows, start, end) => {
    const [, said = ''] = powerLead(curveOf({}, rows));
    expect(said.startsWith(start)).toBe(true);
    expect(said.endsWith(end)).toBe(true);
  });

  it('draws found shares with their band, and the expected line', () => {
    const origin = { port: 'power', digest: 'd' };
    const { blocks } = powerSection(
      curveOf({}, row(0, 0, 0), row(30, 5, 0.5), row(60, 10, 1)),
      origin,
    );
    const [drawn] = blocks.flatMap((block) => (block.kind === 'plot' ? [block] : []));
    expect(drawn?.says).toBe(
      '0 bp: 0.0%, expected 0.0%; 30 bp: 50.0%, expected 50.0%; 60 bp: 100.0%, expected 100.0%.',
    );
    // A band, and two lines of three points.
    expect(drawn?.svg.match(/<polygon/g)).toHaveLength(1);
    expect(drawn?.svg.match(/<polyline/g)).toHaveLength(2);
    expect(drawn?.svg.match(/<circle/g)).toHaveLength(6);
  });
});
