import type { Span } from '../../../engine/sdk/index.js';
import { day, lasting } from '../page/numbers.js';

/** The history that was asked for before the span, and from when on anything can be known. */
export function warmedUp(span: Span, warmup: number): string {
  const asked =
    warmup > 0
      ? `A warm-up of ${lasting(warmup)} before the span was asked for`
      : 'No warm-up before the span was asked for';
  return `${asked}: ${known(span, warmup)}`;
}

/** From which bar on features are known at the earliest. */
export function known(span: Span, warmup: number): string {
  return `the first bar is of ${day(span.from - warmup)}, no feature is known before its close, and each only after the bars it looks back on.`;
}

/** Whether counts of bars have the warm-up in them. */
export function warmupCounts(warmup: number): string {
  return warmup > 0 ? `The warm-up of ${lasting(warmup)} counts too.` : 'There is no warm-up.';
}
