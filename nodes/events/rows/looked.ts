import { type Frame, MISSING_FLAG, type SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { lowerBound } from '../../math/locate.js';

/** Frames of one symbol by the port formulas read them at. */
type Frames = Readonly<Record<string, Frame>>;

/** A symbol whose rows can tell whether the event occurred. */
interface Looked {
  readonly symbol: string;
  readonly frames: Frames;
  /** The first row by which all that the rule stands on had been known once. Earlier ones cannot tell: who looked then saw a symbol that lacks data. */
  readonly since: number;
}

/** Symbols the event can be looked for in, and the others by what they lack. */
export interface Divided {
  readonly looked: readonly Looked[];
  readonly without: Readonly<Record<string, readonly string[]>>;
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
): Divided {
  const all = symbols.map((symbol, i) => {
    const frames = tables[i] ?? {};
    const firsts = [
      ...wanted.map((port) => [port, firstBeside(frames.self, frames[port])] as const),
      ...columns.map((name) => [name, firstKnown(frames.self, name)] as const),
    ];
    const lacks = firsts.flatMap(([name, row]) => (row === NEVER ? [name] : [])).sort();
    const since = firsts.reduce((last, [, row]) => Math.max(last, row), 0);
    return { symbol, frames, since, lacks };
  });
  const lacking = all.filter(({ lacks }) => lacks.length > 0);
  return {
    looked: all.filter(({ lacks }) => lacks.length === 0),
    without: Object.fromEntries(lacking.map(({ symbol, lacks }) => [symbol, lacks])),
  };
}

const NEVER = -1;

/** The first row that is no earlier than all of a table beside it. */
function firstBeside(self: Frame | undefined, beside: Frame | undefined): number {
  if (!beside) return 0;
  if (beside.length === 0) return NEVER;
  return self ? lowerBound(self.time('ts'), beside.time('ts')[0] ?? Number.NaN) : 0;
}

/** The first row in which a number is known. */
function firstKnown(self: Frame | undefined, name: string): number {
  if (!self || self.length === 0 || self.get(name).dtype !== 'f64') return 0;
  return self.column(name).findIndex((value) => !Number.isNaN(value));
}

/** Flags that are missing before a row. */
export function veiled(frame: Frame, columns: readonly string[], since: number): Frame {
  if (since === 0) return frame;
  return columns.reduce((all, name) => {
    const values = Uint8Array.from(all.flags(name)).fill(MISSING_FLAG, 0, since);
    return all.with(name, { dtype: 'bool', values });
  }, frame);
}
