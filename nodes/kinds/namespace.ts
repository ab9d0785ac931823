import { type Frame, joinExact, type Shape } from '../../engine/sdk/index.js';
import type { Known } from './tables.js';

/** Features of a symbol and its columns across symbols, as they stand at the ports of a node. */
export interface Beside {
  readonly features?: Known;
  readonly context?: Known;
}

const joined = new WeakMap<Shape, WeakMap<Shape, Shape>>();

/** Features and context in one name space, before data exist or where the frame has both already: of the same two the same. */
export function oneSpace({ features, context }: Beside): Known {
  if (!features || !context || !('columns' in features) || !('columns' in context)) return features;
  const beside = joined.get(features) ?? new WeakMap<Shape, Shape>();
  joined.set(features, beside);
  const known = beside.get(context);
  if (known) return known;
  const names = new Set(features.columns.map((c) => c.name));
  const added = context.columns.filter((c) => c.name !== 'symbol' && !names.has(c.name));
  const space = { columns: [...features.columns, ...added] };
  beside.set(context, space);
  return space;
}

/** A symbol's features beside its rows of the context, which stand together; joined on equal times. */
export function withContext(own: Frame, symbol: string, cross: Frame): Frame {
  const added = cross.names.filter((name) => name !== 'symbol' && !own.has(name));
  const labels = cross.get('symbol');
  if (added.length === 0 || labels.dtype !== 'text') return own;
  const code = labels.words.indexOf(symbol);
  const from = code < 0 ? -1 : labels.codes.indexOf(code);
  const rows = from < 0 ? cross.slice(0, 0) : cross.slice(from, labels.codes.lastIndexOf(code) + 1);
  return joinExact(own, rows, 'ts', added);
}

/** Features this market cannot give, by the shapes that arrive; undefined where only rows are there, or shapes do not tell. */
export function toldAbsent({ features, context }: Beside): readonly string[] | undefined {
  const told = [features, context].map((known) => {
    return known && 'columns' in known ? known.absent?.map(({ name }) => name) : undefined;
  });
  return told[0] && [...told[0], ...(told[1] ?? [])];
}

/** Of some names those that are columns of a shape. */
export function columnsIn(shape: Shape | undefined, names: readonly string[]): readonly string[] {
  const there = new Set(shape?.columns.map((c) => c.name));
  return names.filter((name) => there.has(name));
}
