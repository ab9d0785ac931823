import { type Diagnostic, type Program, reporter, type SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { TOLD } from '../../kinds/occurrence.js';
import { firingRows } from '../../math/firing.js';
import type { Told } from './occurrences.js';

const report = reporter({
  'events/constant-side': 'The {field} of {event} is always {found}; it must be +1, 0 or −1.',
});

const FIELDS = ['side', 'sign'] as const;

/** Is a value a direction? What is missing points nowhere. */
function isSide(value: number): boolean {
  return value === 1 || value === -1 || value === 0 || Number.isNaN(value);
}

/** Sides that no data can make right. */
export function sideProblems(spec: SpecOf<typeof event>, program: Program): readonly Diagnostic[] {
  return FIELDS.flatMap((field) => {
    const formula = spec[field];
    const node = program.columns.find((c) => c.id === TOLD[field])?.node;
    if (!formula || node?.kind !== 'constant' || typeof node.value !== 'number') return [];
    if (isSide(node.value)) return [];
    const facts = { field, event: spec.id, found: node.value };
    const hint = 'sign(…) tells which way a number points';
    return [report('events/constant-side', formula.tree.place, facts, { hint })];
  });
}

/** A field that is no direction: in which symbol, at how many occurrences, its value at the first of them. */
interface WrongSide {
  readonly field: string;
  readonly symbol: string;
  readonly found: number;
  readonly rows: number;
  readonly first: string;
}

/** The first symbol in which occurrences point by something other than +1, 0 and −1. */
export function wrongSides(told: readonly Told[]): WrongSide | undefined {
  for (const { symbol, frame } of told) {
    const occurs = firingRows(frame.flags(TOLD.kept));
    for (const field of FIELDS) {
      const values = frame.column(TOLD[field]);
      const rows = occurs.filter((row) => !isSide(values[row] ?? NaN));
      const [row] = rows;
      if (row === undefined) continue;
      const first = new Date(frame.time('ts')[row] ?? NaN).toISOString();
      return { field, symbol, found: values[row] ?? NaN, rows: rows.length, first };
    }
  }
  return undefined;
}
