import { type ColumnShape, carried, type Shape, type SpecOf } from '../../../engine/sdk/index.js';
import { detector, type Seen } from '../../kinds/detector.js';
import type { event } from '../../kinds/event.js';
import { TOLD } from '../../kinds/occurrence.js';
import { SIGNALS } from './signals.js';

type Event = SpecOf<typeof event>;

/** Columns that events bring to the bars of a symbol, before data exist. */
export function signalShapes(
  events: readonly Event[],
  ports: Seen,
  spacing: number,
): readonly ColumnShape[] {
  return events.flatMap((spec) => signalShape(spec, ports, spacing));
}

/** What formulas call an event and what it tells. */
export function signalNames(id: string): readonly string[] {
  return [id, ...Object.values(SIGNALS).map((name) => `${id}.${name}`)];
}

/** An occurrence is known at the close of its bar, and stands on all that the rule of its event does. */
function signalShape(spec: Event, ports: Seen, spacing: number): readonly ColumnShape[] {
  const { program } = detector(spec, ports, spacing);
  const facts = (id: string) => {
    const column = program.columns.find((c) => c.id === id);
    return column && { ...carried(column), nullable: true };
  };
  const plain = { taint: 'feature', delay: 0, nullable: true, stands: spec.needs } as const;
  const own = facts(TOLD.kept);
  // Side and severity are told where the event is, so they remember what it does.
  const told = (id: string) => {
    const { facts: memory, ...rest } = facts(id) ?? { facts: undefined };
    const longer = own?.facts &&
      memory && { ...memory, reach: Math.max(memory.reach, own.facts.reach), kind: own.facts.kind };
    return { ...plain, ...rest, ...(longer ? { facts: longer } : {}) };
  };
  return [
    { ...plain, ...own, name: spec.id, dtype: 'bool' },
    { ...told(TOLD.side), name: `${spec.id}.${SIGNALS.side}`, dtype: 'f64' },
    { ...told(TOLD.severity), name: `${spec.id}.${SIGNALS.severity}`, dtype: 'f64' },
  ];
}

/** A table with more columns. */
export function withColumns(shape: Shape, columns: readonly ColumnShape[]): Shape {
  return { ...shape, columns: [...shape.columns, ...columns] };
}
