/**
 * How far back a value's memory goes, weakest first. *finite*: a fixed number of rows. *decaying*: all of them, ever less.
 * *resetting*: those since the last reset, which data decide. *expanding*: all since the first row. *whole-sample*: later rows too.
 */
export const KINDS = ['finite', 'decaying', 'resetting', 'expanding', 'whole-sample'] as const;
export type Kind = (typeof KINDS)[number];
export type Taint = 'feature' | 'outcome';
export type Scope = 'symbol' | 'universe';

/** Facts the compiler derives for every node of a formula; rows are those of the node's own clock. */
export interface Facts {
  /** L: rows further back than t that can change the value at t. */
  readonly reach: number;
  /** M: the first row that can be known on gap-free data. */
  readonly warmup: number;
  /** Rows that are masked until a decaying memory has burnt in, as evaluated; `warmup` is without the mask. */
  readonly masked?: number | undefined;
  /** R: rows after t that are read; only `ahead` adds. */
  readonly lookahead: number;
  /** A: milliseconds after the close of the row when its value is known; −∞ for what is known in advance. */
  readonly delay: number;
  readonly kind: Kind;
  readonly taint: Taint;
  /** The clock the rows belong to; undefined for a constant, which fits any. */
  readonly clock: string | undefined;
  readonly scope: Scope;
  /** Whether a row can be missing although its window is full: gaps in the data, or a division. */
  readonly holes: boolean;
  /** Whether the value is as of an instant, the row's close, rather than of the time the row covers. */
  readonly instant: boolean;
  /** Rows after the decision that a target rests on; absent where nothing was read ahead. */
  readonly ahead?: Ahead | undefined;
  /** Inside `by`, where rows are those of a group: what its arguments rest on outside, in rows of the clock itself. */
  readonly outside?: Outside | undefined;
  /** Whether rows settle one by one, as those of groups that data decide do, and not from some row on. */
  readonly patchy?: true | undefined;
}

/** Facts in rows of the clock that groups are made of. */
export interface Outside {
  readonly reach: number;
  readonly warmup: number;
  readonly ahead: Ahead | undefined;
}

/** The rows a target reads, counted from the decision: from where instants start, from where spans start, and the last. */
export interface Ahead {
  readonly instantFrom: number;
  readonly spanFrom: number;
  readonly to: number;
}

/** Facts of a constant: known always, everywhere. */
export const CONSTANT_FACTS: Facts = {
  reach: 0,
  warmup: 0,
  lookahead: 0,
  delay: Number.NEGATIVE_INFINITY,
  kind: 'finite',
  taint: 'feature',
  clock: undefined,
  scope: 'symbol',
  holes: false,
  instant: true,
};

export function maxKind(kinds: readonly Kind[]): Kind {
  const most = kinds.reduce((top, kind) => Math.max(top, KINDS.indexOf(kind)), 0);
  return KINDS[most] ?? 'finite';
}

/** True from `resetting` upwards: which row is settled depends on the data. */
export function unsettled(kind: Kind): boolean {
  return KINDS.indexOf(kind) >= KINDS.indexOf('resetting');
}

/** Facts of several arguments taken together, before an operator adds its own: the largest of each. */
export function joinFacts(args: readonly Facts[]): Facts {
  const most = (pick: (f: Facts) => number, least: number): number =>
    args.reduce((top, f) => Math.max(top, pick(f)), least);
  return {
    reach: most((f) => f.reach, 0),
    warmup: most((f) => f.warmup, 0),
    masked: most((f) => f.masked ?? 0, 0) || undefined,
    lookahead: most((f) => f.lookahead, 0),
    delay: most((f) => f.delay, Number.NEGATIVE_INFINITY),
    kind: maxKind(args.map((f) => f.kind)),
    taint: args.some((f) => f.taint === 'outcome') ? 'outcome' : 'feature',
    clock: args.find((f) => f.clock !== undefined)?.clock,
    scope: args.some((f) => f.scope === 'universe') ? 'universe' : 'symbol',
    holes: args.some((f) => f.holes),
    instant: args.every((f) => f.instant),
    ahead: joinAhead(args.map((f) => f.ahead)),
    ...joinOutside(args.map((f) => f.outside)),
    ...(args.some((f) => f.patchy) ? { patchy: true } : {}),
  };
}

function joinOutside(parts: readonly (Outside | undefined)[]): Pick<Facts, 'outside'> {
  const known = parts.filter((p) => p !== undefined);
  if (known.length === 0) return {};
  const reach = Math.max(...known.map((o) => o.reach));
  const warmup = Math.max(...known.map((o) => o.warmup));
  return { outside: { reach, warmup, ahead: joinAhead(known.map((o) => o.ahead)) } };
}

export function joinAhead(parts: readonly (Ahead | undefined)[]): Ahead | undefined {
  const known = parts.filter((p) => p !== undefined);
  if (known.length === 0) return undefined;
  return {
    instantFrom: Math.min(...known.map((a) => a.instantFrom)),
    spanFrom: Math.min(...known.map((a) => a.spanFrom)),
    to: Math.max(...known.map((a) => a.to)),
  };
}

/** The interval after an operator that also reads `back` rows before the ones its argument read. */
export function widenAhead(ahead: Ahead | undefined, back: number): Ahead | undefined {
  return ahead === undefined
    ? undefined
    : { ...ahead, instantFrom: ahead.instantFrom - back, spanFrom: ahead.spanFrom - back };
}

/** The interval `rows` later (earlier if negative). */
export function shiftAhead(ahead: Ahead | undefined, rows: number): Ahead | undefined {
  return ahead === undefined
    ? undefined
    : {
        instantFrom: ahead.instantFrom + rows,
        spanFrom: ahead.spanFrom + rows,
        to: ahead.to + rows,
      };
}
