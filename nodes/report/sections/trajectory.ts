import type { Frame } from '../../../engine/sdk/index.js';
import type { Origin } from '../page/document.js';
import { whole } from '../page/numbers.js';
import type { Point } from '../page/small.js';
import type { Hypothesis } from './found.js';
import { eventPaths, tradePaths } from './paths.js';

/** The path a card draws, up where its trade earns, whose it is in words, and where it comes from. */
export interface Told {
  readonly points: readonly Point[];
  readonly says: readonly string[];
  readonly origins: readonly Origin[];
}

interface Given {
  readonly paths: Frame | undefined;
  readonly traded: Frame | undefined;
}

/** The path of what a candidate traded; where that is not known, of its event. */
export function pathTeller(
  { paths, traded }: Given,
  origin: (port: string) => Origin,
): (h: Hypothesis) => Told {
  const [own, events] = [tradePaths(traded), eventPaths(paths)];
  return (h) => {
    const trades = own.get(h.id);
    if (trades && drawn(trades)) {
      const count = whole(most(trades));
      return {
        points: trades,
        says: [`Path: of its own ${count} trades.`],
        origins: [origin('traded')],
      };
    }
    const pooled = events.get(h.event) ?? [];
    if (!drawn(pooled)) return { points: [], says: [], origins: [] };
    return {
      points: turned(pooled, h.direction),
      says: [
        'Path: of all occurrences of the event, symbols pooled; those of its own trades are not known.',
      ],
      origins: [origin('paths')],
    };
  };
}

function drawn(points: readonly Point[]): boolean {
  return points.filter(({ mean }) => Number.isFinite(mean)).length > 1;
}

/** Near the ends of the rows some trades have no close so far off. */
function most(points: readonly Point[]): number {
  return points.reduce((m, { count }) => Math.max(m, count), 0);
}

/** Up is where the event points; against it, what falls earns. */
function turned(path: readonly Point[], direction: number): readonly Point[] {
  if (direction > 0) return path;
  return path.map((p) => ({ ...p, mean: -p.mean, low: -p.high, high: -p.low }));
}
