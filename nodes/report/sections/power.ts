import type { Power, PowerRow } from '../../kinds/power.js';
import { columns, type Origin, type Section } from '../page/document.js';
import { fixed, lasting, percent, points, whole } from '../page/numbers.js';
import { pointPlot } from '../page/points.js';

const BPS = 1e-4;

/** A sentence a size: what was found beside what was to be expected. */
export function powerLead(curve: Power): string[] {
  const { market, cost, side, effect, event, template, over, level, tests, rows } = curve;
  const what = `In the simulated market ${market}, at costs ${cost} (declared as ${points(side, 1)} bp a side), ${effect} moves the price for ${lasting(over)} after each ${event}; ${template} trades it, and q ≤ ${fixed(level, 2)} is a find among the ${whole(tests)} hypotheses that were tested in a market, on average.`;
  return [what, ...rows.map(said)];
}

function said({ drift, markets, found, expected }: PowerRow): string {
  const rate = `found in ${whole(found.markets)} of ${whole(markets)} markets (95 % interval ${percent(found.low)} to ${percent(found.high)})`;
  const size = drift === 0 ? 'No effect' : `${points(drift, 0)} bp`;
  const held = expected >= found.low && expected <= found.high;
  const verdict = held
    ? 'as expected'
    : expected > found.high
      ? 'LESS OFTEN THAN EXPECTED'
      : 'MORE OFTEN THAN EXPECTED';
  return `${size}: ${rate}, expected ${percent(expected)}: ${verdict}.`;
}

/** Found and expected shares by size of an effect, drawn and in numbers. */
export function powerSection(curve: Power, origin: Origin): Section {
  const { effect, rows } = curve;
  const title = `Share of markets in which ${effect} was found`;
  const at = rows.map(({ drift }) => drift / BPS);
  const lines = [
    {
      name: 'found, with its 95 % interval',
      at,
      values: rows.map(({ found }) => found.share),
      intervals: rows.map(({ found }) => [found.low, found.high] as const),
    },
    { name: 'expected', reference: true, at, values: rows.map(({ expected }) => expected) },
  ];
  const share = (value: number) => percent(value, 0);
  const size = (value: number) => `${fixed(value, 0)} bp`;
  return {
    title: `Power: ${effect}`,
    blocks: [
      {
        kind: 'plot',
        title,
        svg: pointPlot(lines, { title, tick: share, below: size, within: [0, 1] }),
        says: `${rows.map((r) => `${points(r.drift, 0)} bp: ${percent(r.found.share)}, expected ${percent(r.expected)}`).join('; ')}.`,
        origin,
      },
      {
        kind: 'table',
        title: 'Found and expected, by size',
        columns: columns(
          ['Drift, bp'],
          [
            'Markets',
            'Tested',
            'Found',
            'Share',
            'From',
            'To',
            'Expected',
            'Passed every gate',
            'Occurrences',
            'Reached a trade, bp',
            'Standard error, bp',
          ],
        ),
        rows: rows.map((r) => [
          points(r.drift, 0),
          whole(r.markets),
          whole(r.tested),
          whole(r.found.markets),
          percent(r.found.share),
          percent(r.found.low),
          percent(r.found.high),
          percent(r.expected),
          whole(r.passed.markets),
          whole(r.n),
          points(r.reached),
          points(r.error),
        ]),
        origin,
        note: 'What reached a trade is measured beside the same market without the drift, before costs: the entry comes a bar late, and not every occurrence can be traded. Expected is the chance that an estimate with that error is small enough in p for Benjamini and Hochberg beside the other p-values of its market. Markets of one seed are the same but for the drift, so that rows err together.',
      },
    ],
  };
}
