import type { ParamSchema, Span } from '../sdk/params.js';
import type { Dimension, Stage } from './graph.js';

/** An interval of rows, as far as the compiler can tell it. */
export type Interval =
  | { readonly kind: 'all' }
  | { readonly kind: 'span'; readonly span: Span }
  /** Output `port` of a cutting stage; `order` counts its windows from the earliest. */
  | { readonly kind: 'cut'; readonly stage: Stage; readonly port: string; readonly order: number }
  /** Windows of several items together: nothing is known to start after them. */
  | { readonly kind: 'several'; readonly of: Interval }
  /** What stands in a folder that a pipeline publishes to: files do not tell what they were made from. */
  | { readonly kind: 'published'; readonly folder: string };

const ALL: Interval = { kind: 'all' };

/** Do the rows start after the interval has ended, whatever the run will bring? */
export function startsAfter(rows: Interval, window: Interval): boolean {
  if (rows.kind === 'cut' && window.kind === 'cut')
    return rows.order > window.order && sameCut(rows.stage, window.stage);
  if (rows.kind === 'span' && window.kind === 'span') return rows.span.from >= window.span.to;
  return false;
}

/**
 * Do two stages cut at the same times? They do if the same node got the same values for all that it takes, columns apart. Where
 * rounds choose the values, two stages may have stopped at different ones.
 */
function sameCut(a: Stage, b: Stage): boolean {
  if (a === b) return true;
  if (a.node !== b.node || [...a.params, ...b.params].some((p) => p.rounds.length > 0))
    return false;
  return cutIdentity(a) === cutIdentity(b);
}

function cutIdentity(stage: Stage): string {
  const parts = stage.params.filter(({ name }) => !namesColumns(stage.node.params[name]));
  return parts
    .map(({ name, identity }) => `${name}: ${identity}`)
    .sort()
    .join('\n');
}

function namesColumns(schema: ParamSchema | undefined): boolean {
  const type = schema?.['x-dag'];
  if (type?.as === 'optional') return namesColumns(type.of);
  return type?.as === 'column' || type?.as === 'columns';
}

/** What gathering over dimensions makes of an interval: windows that change along one of them are joined. */
export function several(interval: Interval, dims: readonly Dimension[]): Interval {
  if (
    interval.kind !== 'cut' ||
    !interval.stage.dims.some((d) => dims.includes(d) && splits(interval.stage, d))
  )
    return interval;
  return { kind: 'several', of: interval };
}

/** Does the window of a cutting stage change along this dimension? It does if a parameter of the stage looks at it. */
function splits(stage: Stage, dimension: Dimension): boolean {
  return stage.params.some((p) => p.dims.includes(dimension));
}

/**
 * The interval that holds the rows of all of them: a node may give rows of any of its inputs. Where the hull cannot be named,
 * it is the whole sample, for a narrower claim would let rows pass that an estimate has seen.
 */
export function hull(intervals: readonly Interval[]): Interval | undefined {
  return intervals.reduce<Interval | undefined>((a, b) => (a ? both(a, b) : b), undefined);
}

function both(a: Interval, b: Interval): Interval {
  if (same(a, b)) return a;
  if (a.kind !== 'span' || b.kind !== 'span') return ALL;
  const from = Math.min(a.span.from, b.span.from);
  const to = Math.max(a.span.to, b.span.to);
  return { kind: 'span', span: { from, to } };
}

/** The intervals without repetition. */
export function unique(intervals: readonly Interval[]): readonly Interval[] {
  return intervals.filter((a, i) => intervals.findIndex((b) => same(a, b)) === i);
}

function same(a: Interval, b: Interval): boolean {
  if (a.kind === 'cut') return b.kind === 'cut' && a.order === b.order && sameCut(a.stage, b.stage);
  if (a.kind === 'several') return b.kind === 'several' && same(a.of, b.of);
  if (a.kind === 'published') return b.kind === 'published' && a.folder === b.folder;
  if (a.kind === 'all') return b.kind === 'all';
  return b.kind === 'span' && a.span.from === b.span.from && a.span.to === b.span.to;
}

/** An interval as messages name it. */
export function describe(interval: Interval): string {
  if (interval.kind === 'all') return 'the whole sample';
  if (interval.kind === 'span') return `${day(interval.span.from)} … ${day(interval.span.to - 1)}`;
  if (interval.kind === 'several') return `every window ${describe(interval.of)}`;
  if (interval.kind === 'published')
    return `all that ${interval.folder} was made from: published files do not carry times with them`;
  return `${interval.stage.path}.${interval.port}`;
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
