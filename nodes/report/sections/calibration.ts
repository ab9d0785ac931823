import type { Calibration } from '../../kinds/calibration.js';
import { columns, type Origin, type Section } from '../page/document.js';
import { fixed, percent, whole } from '../page/numbers.js';

/** The verdict, a sentence a level. */
export function calibrationLead({ markets, tests, levels, passed }: Calibration): string[] {
  const told = levels.map((found) => {
    const { level, share, low, high } = found;
    const rate = `${percent(share)} of ${whole(markets)} markets had a find (95 % interval ${percent(low)} to ${percent(high)})`;
    return `At q ≤ ${fixed(level, 2)}, ${rate}: ${verdictOf(found)}.`;
  });
  const all = `${whole(tests)} hypotheses were tested in a market, on average; in ${whole(passed.wrong)} of ${whole(markets)} markets one passed every gate.`;
  return [...told, all];
}

/** What the interval says of the level; few markets say little. */
function verdictOf({ level, low, high }: Calibration['levels'][number]): string {
  if (low > level) return 'THE PROMISE IS BROKEN';
  return high <= level ? 'the promise is kept' : 'nothing here speaks against the promise';
}

/** Realised error rates beside promised ones, and whether small p-values are as rare as they must be. */
export function calibrationSection(found: Calibration, origin: Origin): Section {
  const { markets, levels, passed, tails } = found;
  return {
    title: 'Finds where there is nothing',
    blocks: [
      {
        kind: 'table',
        title: `Share of ${whole(markets)} markets with a find`,
        columns: columns(['Promised'], ['Markets with a find', 'Share', 'From', 'To']),
        rows: [
          ...levels.map(({ level, wrong, share, low, high }) => [
            `q ≤ ${fixed(level, 2)}`,
            whole(wrong),
            ...[share, low, high].map((x) => percent(x)),
          ]),
          [
            'every gate',
            whole(passed.wrong),
            ...[passed.share, passed.low, passed.high].map((x) => percent(x)),
          ],
        ],
        origin,
        note: 'Where nothing is real, every find is false: the share of markets with one is the family-wise error and the share of false finds in one number. Intervals are exact.',
      },
      {
        kind: 'table',
        title: 'Small p-values',
        columns: columns(['Limit'], ['Share up to it', 'Standard error']),
        rows: tails.map(({ limit, share, error }) => [
          `p ≤ ${fixed(limit, 3)}`,
          percent(share, 2),
          percent(error, 2),
        ]),
        origin,
        note: 'No limit may hold a larger share of the p-values than its own value. Tests of one market depend on each other, so errors are over markets.',
      },
    ],
  };
}
