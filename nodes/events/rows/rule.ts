import {
  type Definition,
  type Frame,
  type Gathered,
  joinExact,
  namesIn,
  type Shape,
  type SpecOf,
} from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { definitionsOf } from '../../kinds/occurrence.js';
import { boundFrames, compileOver } from '../../kinds/programs.js';
import type { Known } from '../../kinds/tables.js';

type Ports = { readonly features?: Known; readonly context?: Known; readonly funding?: Known };

/** Data that every pipeline has: what an event on these alone names must be there. */
const ALWAYS: ReadonlySet<string> = new Set(['perp_ohlcv_5m', 'calendar', 'funding']);

/** The event over features and context in one name space, as the compiler and the run both see it. */
export function compiled(
  spec: SpecOf<typeof event>,
  ports: Ports,
  spacing: number,
  definitions = definitionsOf(spec),
) {
  const self =
    ports.context && ports.features ? joined(ports.features, ports.context) : ports.features;
  const unavailable = toldAbsent(ports) ?? silentlyAbsent(spec, definitions, self);
  return compileOver(definitions, { self, funding: ports.funding }, spacing, { unavailable });
}

/** Features this market cannot give, by the shapes that arrive; undefined where only rows are there, or shapes do not tell. */
function toldAbsent({ features, context }: Ports): readonly string[] | undefined {
  const told = [features, context].map((known) => {
    return known && 'columns' in known ? known.absent?.map(({ name }) => name) : undefined;
  });
  return told[0] && [...told[0], ...(told[1] ?? [])];
}

/** Where nothing tells them apart, an event on data some markets lack has its unknown names for unavailable features. */
function silentlyAbsent(
  spec: SpecOf<typeof event>,
  definitions: readonly Definition[],
  self: Known,
): readonly string[] {
  if (spec.needs.every((need) => ALWAYS.has(need))) return [];
  const columns = self && ('columns' in self ? self.columns : self.fields);
  const known = new Set([...(columns ?? []).map((c) => c.name), ...definitions.map((d) => d.id)]);
  return definitions.flatMap((d) => [...namesIn(d.tree)].filter((name) => !known.has(name)));
}

/** Columns the event reads of each port: all that its formulas name, read or not, for an unavailable event tells which is not there. */
export function readBy(
  spec: SpecOf<typeof event>,
  ins: Readonly<Partial<Record<keyof Ports, Shape>>>,
  spacing: number,
): Readonly<Record<keyof Ports, readonly string[]>> {
  const { reads } = compiled(spec, ins, spacing).program;
  const named = definitionsOf(spec).flatMap(({ tree }) => [...namesIn(tree)]);
  const self = [...new Set([...(reads.self ?? []), ...named])];
  const of = (shape: Shape | undefined) => {
    const names = new Set(shape?.columns.map((c) => c.name));
    return self.filter((name) => names.has(name));
  };
  return {
    features: [...new Set(['ts', ...of(ins.features)])],
    context: [...new Set(['symbol', 'ts', ...of(ins.context)])],
    funding: reads.funding ?? ['ts'],
  };
}

/** What the event reads of each symbol, as frames by the port formulas read them at. */
export function framesOf(
  features: readonly Gathered<Frame>[],
  context: Frame | undefined,
  funding: readonly Gathered<Frame>[] | undefined,
): readonly Readonly<Record<string, Frame>>[] {
  return features.map((item, i) => {
    const self = context ? withContext(item.value, symbolOf(item), context) : item.value;
    return boundFrames({ self, funding: funding?.[i]?.value });
  });
}

function joined(own: NonNullable<Known>, cross: NonNullable<Known>): NonNullable<Known> {
  if (!('columns' in own) || !('columns' in cross)) return own;
  const names = new Set(own.columns.map((c) => c.name));
  const added = cross.columns.filter((c) => c.name !== 'symbol' && !names.has(c.name));
  return { columns: [...own.columns, ...added] };
}

/** A symbol's features beside its rows of the context, which stand together; joined on equal times. */
function withContext(own: Frame, symbol: string, cross: Frame): Frame {
  const added = cross.names.filter((name) => name !== 'symbol' && !own.has(name));
  const labels = cross.get('symbol');
  if (added.length === 0 || labels.dtype !== 'text') return own;
  const code = labels.words.indexOf(symbol);
  const from = code < 0 ? -1 : labels.codes.indexOf(code);
  const rows = from < 0 ? cross.slice(0, 0) : cross.slice(from, labels.codes.lastIndexOf(code) + 1);
  return joinExact(own, rows, 'ts', added);
}

/** The symbol of a gathered table. */
export function symbolOf({ at }: Gathered<Frame>): string {
  return at.symbol ?? Object.values(at)[0] ?? '';
}
