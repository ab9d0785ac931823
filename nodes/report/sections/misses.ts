import type { Frame } from '../../../engine/sdk/index.js';
import {
  type Block,
  columns,
  HYPOTHESIS,
  type Origin,
  paragraph,
  type Table,
} from '../page/document.js';
import { points, probability, significant, whole } from '../page/numbers.js';
import { byNearness, type Hypothesis, nameOf } from './found.js';

/** Most hypotheses that are told. */
const SHOWN = 15;

/** How what came near is ordered, as captions say it. */
export const ORDER = 'the fewest failed gates first, then the least q, then the least p';

/** The hypotheses that failed the fewest gates, with what each gate saw and asked. */
export function misses(
  hypotheses: readonly Hypothesis[],
  gates: Frame | undefined,
  spacing: number,
  origin: (port: string) => Origin,
): Block {
  const missed = hypotheses.filter(({ passed, p }) => !passed && p !== null);
  if (missed.length === 0) return paragraph('No tested hypothesis missed a gate.');
  const nearest = missed.sort(byNearness).slice(0, SHOWN);
  const title = `The ${whole(nearest.length)} nearest misses of ${whole(missed.length)}, ${ORDER}`;
  return gates
    ? measured(title, nearest, gates, spacing, origin)
    : named(title, nearest, spacing, origin('candidates'));
}

/** A line for each gate that one failed. */
function measured(
  title: string,
  nearest: readonly Hypothesis[],
  gates: Frame,
  spacing: number,
  origin: (port: string) => Origin,
): Table {
  const failed = failuresOf(gates, new Set(nearest.map(({ id }) => id)));
  return {
    kind: 'table',
    title,
    columns: [HYPOTHESIS, ...columns(['Gate'], ['Value', 'Threshold', 'Net, bp', 'q'])],
    rows: nearest.flatMap((h) =>
      (failed.get(h.id) ?? []).map(({ gate, value, threshold }) => [
        nameOf(h, spacing),
        gate,
        significant(value),
        significant(threshold),
        points(h.mean),
        probability(h.q),
      ]),
    ),
    origin: origin('gates'),
    also: [origin('candidates')],
    note: 'A line a failed gate. Values and thresholds as the gate has them: returns are fractions of notional, so that 0.0001 is one basis point. A dash is a value that is missing, which passes no gate. Where no state conditions a hypothesis, the gate of states asks nothing and is held.',
  };
}

interface Failure {
  readonly gate: string;
  readonly value: number;
  readonly threshold: number;
}

/** Gates that did not hold, by hypothesis, for some of them: the table has a row for each gate of all. */
function failuresOf(gates: Frame, ids: ReadonlySet<string>): ReadonlyMap<string, Failure[]> {
  const [names, held] = [gates.texts('gate'), gates.flags('held')];
  const [values, thresholds] = [gates.column('value'), gates.column('threshold')];
  const found = new Map<string, Failure[]>();
  for (const [i, id] of gates.texts('id').entries()) {
    if (id === null || !ids.has(id) || held[i] === 1) continue;
    const own = found.get(id) ?? [];
    found.set(id, own);
    const [value, threshold] = [values[i] ?? NaN, thresholds[i] ?? NaN];
    own.push({ gate: names[i] ?? '', value, threshold });
  }
  return found;
}

/** What they failed by name, where no table tells the values. */
function named(
  title: string,
  nearest: readonly Hypothesis[],
  spacing: number,
  origin: Origin,
): Table {
  return {
    kind: 'table',
    title,
    columns: [
      HYPOTHESIS,
      ...columns(['Failed'], ['Occurrences', 'Net, bp', 'Stressed, bp', 'p', 'q']),
    ],
    rows: nearest.map((h) => [
      nameOf(h, spacing),
      h.failed.join(', '),
      whole(h.n),
      points(h.mean),
      points(h.stressed),
      probability(h.p),
      probability(h.q),
    ]),
    origin,
  };
}
