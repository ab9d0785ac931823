import type { Frame, Gathered } from '../../../engine/sdk/index.js';
import { columns, type Origin, type Table } from '../page/document.js';
import { NOTHING, whole } from '../page/numbers.js';
import { numberIn, oncePerFold, textIn } from './read.js';

type Candidates = readonly Gathered<Frame>[];

/** Distinct hypotheses, or the distinct events they are on. */
export interface Counted {
  readonly hypotheses: number;
  readonly events: number;
}

/** How far the hypotheses of the grid came in any training window. */
export interface Reached {
  readonly grid: Counted;
  /** Those of which the data were there, each test once. */
  readonly looked: Counted;
  /** Those of them that occurred often enough for a p-value. */
  readonly tested: Counted;
  readonly found: Counted;
  /** Hypotheses with a p-value in each window. */
  readonly each: readonly number[];
}

/** A hypothesis whose event has no data, or that is another one's test, fails one of these gates and no other. */
const UNLOOKED: ReadonlySet<string | null> = new Set(['unavailable', 'same_trades']);

/** Count each hypothesis once, however many windows it was in. */
export function reachedBy(candidates: Candidates): Reached {
  const windows = oncePerFold(candidates).map(({ value }) =>
    [...value.rows()].map((row) => ({
      id: textIn(row, 'id'),
      event: textIn(row, 'event'),
      looked: !UNLOOKED.has(textIn(row, 'reasons')),
      tested: numberIn(row, 'p') !== null,
      found: row.passed === true,
    })),
  );
  const all = windows.flat();
  const counted = (kept: typeof all): Counted => ({
    hypotheses: new Set(kept.map(({ id }) => id)).size,
    events: new Set(kept.map(({ event }) => event)).size,
  });
  return {
    grid: counted(all),
    looked: counted(all.filter(({ looked }) => looked)),
    tested: counted(all.filter(({ tested }) => tested)),
    found: counted(all.filter(({ found }) => found)),
    each: windows.map((rows) => rows.filter(({ tested }) => tested).length),
  };
}

/** One line from the events that are declared to the trials that deflate a Sharpe ratio. */
export function countsTable(
  { candidates, declared, matrix }: Given,
  origin: (port: string) => Origin,
): Table {
  const { grid, looked, tested, found, each } = reachedBy(candidates);
  const [compared] = [...matrix.rows()];
  const rows = matrix.length;
  const [few, many] = [Math.min(...each), Math.max(...each)];
  const spread = few === many ? whole(few) : `${whole(few)} to ${whole(many)}`;
  const line = (step: string, { events, hypotheses }: Counted, told: string) => [
    step,
    whole(events),
    whole(hypotheses),
    told,
  ];
  return {
    kind: 'table',
    title: 'From the grid to the trials, all training windows together',
    columns: [
      ...columns(['Step'], ['Events', 'Hypotheses']),
      { name: 'How it follows from the line above', prose: true },
    ],
    rows: [
      ['Declared', whole(declared), NOTHING, 'Events of which there is a spec.'],
      line(
        'In the grid',
        grid,
        `Each with every template and holding time that it names and that can be tried; ${whole(declared - grid.events)} events are not in it: gate E1 refused them in every window, their data are not there, or they name nothing that can be tried.`,
      ),
      line(
        'Looked at',
        looked,
        `Without the ${whole(grid.hypotheses - looked.hypotheses)} of which the data are in no window, or that trade the very bars of another.`,
      ),
      line(
        'Tested',
        tested,
        `Without the ${whole(looked.hypotheses - tested.hypotheses)} that occurred often enough in no window. In a single window ${spread} were tested.`,
      ),
      line('Found', found, 'Passed the correction and every gate in at least one window.'),
      [
        'Trials',
        whole(numberIn(compared ?? {}, 'families')),
        whole(numberIn(compared ?? {}, 'trials')),
        `Those looked at and the rows compared: ${whole(looked.events)} + ${whole(rows)} events and rows, ${whole(looked.hypotheses)} + ${whole(rows)} hypotheses and rows.`,
      ],
    ],
    origin: origin('candidates'),
    note: 'A hypothesis that was in several windows counts once. Trials deflate the Sharpe ratio; they are the count of table "How much may be luck".',
  };
}

interface Given {
  readonly candidates: Candidates;
  /** How many events have a spec. */
  readonly declared: number;
  readonly matrix: Frame;
}
