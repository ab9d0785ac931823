import { type Frame, isFrame } from '../../frame/frame.js';
import type { Value } from '../../store/value.js';
import { gapsIn } from './gaps.js';
import type { PublishedFile } from './published.js';

/**
 * Would something be lost if a table took the place of a published one? It must reach as far, and hold no fewer rows and no more gaps
 * from the first to the last time of the published one; what it adds before and after may have gaps. A table without times is no period.
 * @param value    Rows in time order, as everything is that is split.
 * @param spacing  Milliseconds between rows of a table on a regular clock.
 */
export function wouldLose(value: Value, old: PublishedFile, spacing: number | undefined): boolean {
  if (old.from === null || old.to === null) return false;
  const same = isFrame(value) ? within(value, Date.parse(old.from), Date.parse(old.to)) : undefined;
  if (same === undefined || same.length < (old.rows ?? 0)) return true;
  // Older ledgers do not say how many gaps there were.
  return spacing !== undefined && typeof old.gaps === 'number' && gapsIn(same, spacing) > old.gaps;
}

/** The rows of a span, both ends included; undefined where a table begins later or ends earlier. */
function within(frame: Frame, from: number, to: number): Frame | undefined {
  const clock = frame.fields.find((f) => f.dtype === 'time')?.name;
  if (clock === undefined || frame.length === 0) return undefined;
  const times = frame.time(clock);
  const end = times.findLastIndex((time) => time <= to);
  const start = times.findIndex((time) => time >= from);
  if ((times[0] ?? 0) > from || (times.at(-1) ?? 0) < to) return undefined;
  return start === -1 ? undefined : frame.slice(start, end + 1);
}
