import type { Frame, Gathered, SpecOf } from '../../../engine/sdk/index.js';
import type { cost } from '../../kinds/cost.js';
import type { market } from '../../kinds/market.js';
import { columns, type Origin, paragraph, type Section } from '../page/document.js';
import { fixed, lasting, percent, probability, whole } from '../page/numbers.js';
import { enumerated, numberIn, oncePerFold, type Row, textIn } from './read.js';

type Market = SpecOf<typeof market>;
type Cost = SpecOf<typeof cost>;
type Candidates = readonly Gathered<Frame>[];
type Effect = NonNullable<Market['simulator']>['planted'][number];

/** What discovery made of one planted effect. */
interface Hunt {
  readonly effect: Effect;
  /** Training windows in which it was tested. */
  readonly tested: number;
  /** Those in which a hypothesis on its event, in its direction, became a find. */
  readonly found: number;
  /** Those in which the find also had its own holding time. */
  readonly exact: number;
  readonly least: number | null;
  /** Whether a hypothesis holds it for as long as it drifts: without one it cannot be found as planted. */
  readonly tried: boolean;
}

/** Of a simulated market: that it is one, what was planted in it and what of that was found. Nothing of a real one. */
export function plantedWarning(
  { id, source, simulator, spacing }: Market,
  candidates: Candidates,
): readonly string[] {
  if (source !== 'simulator') return [];
  const planted = simulator?.planted ?? [];
  const windows = oncePerFold(candidates);
  const made = `Simulated: market ${id} is made by the built-in simulator; nothing here says anything of a real one.`;
  const finds = windows.flatMap(({ value }) => [...value.rows()].filter((r) => r.passed === true));
  if (planted.length === 0) {
    return [
      `${made} No effect is planted in it: whatever was found is false (finds: ${whole(finds.length)}, training windows: ${whole(windows.length)}).`,
    ];
  }
  const hunts = planted.map((effect) => huntFor(effect, windows, spacing));
  const found = hunts.filter((hunt) => hunt.found > 0);
  const missed = hunts.filter((hunt) => hunt.found === 0);
  const told = found.map((h) => `${h.effect.id} in ${h.found} of ${windows.length}`);
  const kept =
    found.length === 0 ? 'none' : `${found.length} (${enumerated(told)} training windows)`;
  const lost =
    missed.length === 0 ? '' : ` and missed ${enumerated(missed.map(({ effect }) => effect.id))}`;
  const beside = finds.filter((row) => !planted.some((effect) => isOf(row, effect))).length;
  const others =
    beside === 0
      ? 'There was no other find'
      : `${whole(beside)} of ${whole(finds.length)} finds are of none of them: false, or kin to one`;
  return [
    `${made} Its effects are PLANTED: the simulator adds ${whole(planted.length)} of them to its prices for discovery to find, and a profit or Sharpe ratio below measures them, not skill in a market. Discovery found ${kept}${lost}. ${others}.`,
  ];
}

/** The planted effects beside what discovery made of them; nothing of a market that has none. */
export function plantedSection(
  { simulator, source, spacing }: Market,
  { taker_bps, half_spread_bps, slippage_bps }: Cost,
  candidates: Candidates,
  origin: (port: string) => Origin,
): readonly Section[] {
  const planted = source === 'simulator' ? (simulator?.planted ?? []) : [];
  if (planted.length === 0) return [];
  const windows = oncePerFold(candidates);
  const trip = 2 * (taker_bps + half_spread_bps + slippage_bps);
  return [
    {
      title: 'What the simulator planted',
      blocks: [
        {
          kind: 'table',
          title: `Planted effects and what discovery made of them in ${windows.length} training windows`,
          columns: columns(
            ['Effect', 'Event', 'Trade'],
            [
              'Drift, bp',
              'Chance',
              'Over',
              'After costs, bp',
              'Tested in',
              'Found in',
              'As planted',
              'Least q',
            ],
          ),
          rows: planted.map((effect) => {
            const { tested, found, exact, least, tried } = huntFor(effect, windows, spacing);
            return [
              effect.id,
              effect.event,
              `${effect.drift < 0 ? 'against the event' : 'with the event'}${effect.only ? ', in one state only' : ''}`,
              fixed(Math.abs(effect.drift), 1),
              percent(effect.chance),
              lasting(effect.over),
              fixed(effect.chance * Math.abs(effect.drift) - trip, 1),
              whole(tested),
              found === 0 ? 'missed' : whole(found),
              tried ? whole(exact) : 'not in the grid',
              probability(least),
            ];
          }),
          origin: origin('candidates'),
          note: 'From the market file, not from the data. An effect counts as found where a hypothesis on its event, in its direction, passed every gate; as planted: with the holding time over which it drifts, too, which not every event is tried with: then it is not in the grid. A trade enters a bar after the signal, so that a part of the drift is gone. After costs: the drift times its chance, less a round trip at the costs declared; an effect that brings less than a trade costs should be missed.',
        },
        paragraph(
          'Nothing but these effects can be earned in this market; a find on any other event is false, or sees the bars of a planted one.',
        ),
      ],
    },
  ];
}

function huntFor(effect: Effect, windows: Candidates, spacing: number): Hunt {
  const seen = windows.map(({ value }) => [...value.rows()].filter((row) => isOf(row, effect)));
  const finds = seen.map((rows) => rows.filter((row) => row.passed === true));
  const q = seen.flat().flatMap((row) => numberIn(row, 'q') ?? []);
  const own = (row: Row) => (numberIn(row, 'horizon') ?? NaN) * spacing === effect.over;
  return {
    effect,
    tested: seen.filter((rows) => rows.some((row) => numberIn(row, 'q') !== null)).length,
    found: finds.filter((rows) => rows.length > 0).length,
    exact: finds.filter((rows) => rows.some(own)).length,
    least: q.length === 0 ? null : Math.min(...q),
    tried: seen.some((rows) => rows.some(own)),
  };
}

/** Whether a hypothesis is on the event of an effect, in its direction. */
function isOf(row: Row, { event, drift }: Effect): boolean {
  return textIn(row, 'event') === event && numberIn(row, 'direction') === Math.sign(drift);
}
