import type { Outcome, RunEvent } from '../run/events.js';

/** An item that runs now. */
export interface Running {
  readonly item: string;
  readonly node: string;
  /** When it started, in the clock of the caller. */
  readonly since: number;
  /** Between 0 and 1, where the node tells. */
  readonly share: number | undefined;
  /** The last line of its log, until it gets on. */
  readonly says: string | undefined;
}

/** Where a run stands, kept up to date by its events. */
export class Progress {
  readonly counts: Record<Outcome, number> = {
    cached: 0,
    done: 0,
    joined: 0,
    failed: 0,
    skipped: 0,
    blocked: 0,
    cancelled: 0,
  };
  pipeline = '';
  run = '';
  /** Items that are known so far. */
  total = 0;
  readonly #running = new Map<string, Running>();
  #executed = 0;
  #spent = 0;
  #began = 0;

  /** Take in an event that happened at `now` (milliseconds of any clock that only goes forward). */
  take(event: RunEvent, now: number): void {
    switch (event.event) {
      case 'run-started':
        this.pipeline = event.pipeline;
        this.run = event.run;
        this.total = event.items;
        this.#began = now;
        return;
      case 'expanded':
        this.total += event.items;
        return;
      case 'item-started':
        this.#running.set(event.item, {
          item: event.item,
          node: event.node,
          since: now,
          share: undefined,
          says: undefined,
        });
        return;
      case 'item-progress': {
        const running = this.#running.get(event.item);
        const share = event.total > 0 ? Math.min(1, event.done / event.total) : undefined;
        if (running) this.#running.set(event.item, { ...running, share, says: undefined });
        return;
      }
      case 'item-log': {
        const running = this.#running.get(event.item);
        const facts = Object.entries(event.facts).map(([name, value]) => `${name} ${value}`);
        const says = [event.message, ...facts].join(' ');
        if (running) this.#running.set(event.item, { ...running, says });
        return;
      }
      case 'item-ended': {
        const running = this.#running.get(event.item);
        this.#running.delete(event.item);
        this.counts[event.outcome] += 1;
        if (!running) return;
        this.#executed += 1;
        this.#spent += now - running.since;
        return;
      }
      default:
    }
  }

  get ended(): number {
    return Object.values(this.counts).reduce((sum, n) => sum + n, 0);
  }

  /** What runs now, longest first. */
  get running(): readonly Running[] {
    return [...this.#running.values()].sort(
      (a, b) => a.since - b.since || (a.item < b.item ? -1 : 1),
    );
  }

  elapsed(now: number): number {
    return now - this.#began;
  }

  /** Milliseconds until the known items have ended, judged by those that did; undefined while nothing is known. */
  left(now: number): number | undefined {
    const open = this.total - this.ended;
    if (open <= 0 || this.#executed === 0) return undefined;
    const mean = this.#spent / this.#executed;
    const begun = this.running.reduce((sum, { since }) => sum + Math.min(mean, now - since), 0);
    return Math.max(0, open * mean - begun) / Math.max(1, this.#running.size);
  }
}
