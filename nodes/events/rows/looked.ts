import type { Frame, SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';

/** Frames of one symbol by the port formulas read them at. */
type Frames = Readonly<Record<string, Frame>>;

/** A symbol whose rows can tell whether the event occurred. */
interface Looked {
  readonly symbol: string;
  readonly frames: Frames;
}

/** Ports whose rows the rule stands on: those it reads, and funding where a feature it names was made from it. */
export function wantedOf(
  spec: Pick<SpecOf<typeof event>, 'needs'>,
  reads: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const read = Object.keys(reads).filter((port) => port !== 'self');
  return [...new Set([...read, ...(spec.needs.includes('funding') ? ['funding'] : [])])].sort();
}

/**
 * The symbols the event can be looked for in, and the others by what they lack. A port may be bound and yet have no row of
 * a symbol, a column may be there without a single value, as turnover is where a source has none, or be too young; then
 * silence is no evidence: nobody could have seen the event there.
 * @param columns  What the rule reads of features.
 */
export function divided(
  symbols: readonly string[],
  tables: readonly Frames[],
  wanted: readonly string[],
  columns: readonly string[],
): {
  readonly looked: readonly Looked[];
  readonly without: Readonly<Record<string, readonly string[]>>;
} {
  const all = symbols.map((symbol, i) => {
    const frames = tables[i] ?? {};
    const lacks = wanted.filter((port) => frames[port]?.length === 0);
    return { symbol, frames, lacks: [...lacks, ...unknown(frames.self, columns)].sort() };
  });
  const lacking = all.filter(({ lacks }) => lacks.length > 0);
  return {
    looked: all.filter(({ lacks }) => lacks.length === 0),
    without: Object.fromEntries(lacking.map(({ symbol, lacks }) => [symbol, lacks])),
  };
}

/** Columns of numbers of which no row is known. */
function unknown(self: Frame | undefined, columns: readonly string[]): readonly string[] {
  if (!self || self.length === 0) return [];
  return columns.filter((name) => {
    const { dtype } = self.get(name);
    return dtype === 'f64' && self.column(name).every(Number.isNaN);
  });
}
