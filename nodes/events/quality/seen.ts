/** One occurrence, as far as quality asks. */
export interface Occurrence {
  readonly ts: number;
  readonly direction: number;
  /** Has its bar, or the one before that is young enough, a close? */
  readonly joined: boolean;
  /** Is a gap no further off than the longest horizon, before or after? */
  readonly nearGap: boolean;
}

/** What has been counted of some occurrences; NaN nowhere. */
export interface Counted {
  readonly count: number;
  /** From one occurrence to the next in its symbol. */
  readonly distances: number;
  /** Distances that are short. */
  readonly short: number;
  readonly joined: number;
  readonly up: number;
  readonly down: number;
  readonly nearGaps: number;
}

/** Occurrences of one event, counted by symbol and year: what is asked of any part of them is a sum. */
export class Seen {
  readonly severities: number[] = [];
  readonly #symbols = new Map<string, OfSymbol>();

  /** @param short  Milliseconds: neighbours of one symbol no further apart are clustered. */
  constructor(readonly short: number) {}

  /** In order of time; of several symbols they may be mixed. */
  add(symbol: string, year: string, one: Occurrence): void {
    let own = this.#symbols.get(symbol);
    if (!own) {
      own = { all: new Counter(), years: new Map() };
      this.#symbols.set(symbol, own);
    }
    let part = own.years.get(year);
    if (!part) {
      part = new Counter();
      own.years.set(year, part);
    }
    // Distances from one year to the next are in no year: both are counted.
    part.add(one, this.short);
    own.all.add(one, this.short);
  }

  /** @param symbol  undefined: all. @param year  undefined: all. */
  in(symbol: string | undefined, year: string | undefined): Counted {
    const sum = new Counter();
    for (const [name, { all, years }] of this.#symbols) {
      const part = year === undefined ? all : years.get(year);
      if ((symbol ?? name) === name && part) sum.put(part);
    }
    return sum;
  }
}

interface OfSymbol {
  readonly all: Counter;
  readonly years: Map<string, Counter>;
}

class Counter implements Counted {
  count = 0;
  distances = 0;
  short = 0;
  joined = 0;
  up = 0;
  down = 0;
  nearGaps = 0;
  #last: number | undefined;

  add({ ts, direction, joined, nearGap }: Occurrence, short: number): void {
    this.count++;
    if (this.#last !== undefined) {
      this.distances++;
      if (ts - this.#last <= short) this.short++;
    }
    this.#last = ts;
    if (joined) this.joined++;
    if (direction > 0) this.up++;
    if (direction < 0) this.down++;
    if (nearGap) this.nearGaps++;
  }

  put(other: Counted): void {
    this.count += other.count;
    this.distances += other.distances;
    this.short += other.short;
    this.joined += other.joined;
    this.up += other.up;
    this.down += other.down;
    this.nearGaps += other.nearGaps;
  }
}
