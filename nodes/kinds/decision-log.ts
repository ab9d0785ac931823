import type { Frame } from '../../engine/sdk/index.js';
import type { DecisionLog } from '../math/occurrences.js';

/** What is read of decisions by whoever trades them, or tests how that would have gone. */
export const DECISION_COLUMNS = ['event', 'template', 'symbol', 'ts', 'side', 'kept'] as const;

/** A frame of contract `decisions` as typed arrays; texts stay codes, for there are millions of rows. */
export function logOf(decisions: Frame): DecisionLog {
  const coded = (name: string) => {
    const column = decisions.get(name);
    if (column.dtype !== 'text') throw new Error(`"${name}" of decisions is no text.`);
    return column;
  };
  return {
    events: coded('event'),
    templates: coded('template'),
    symbols: coded('symbol'),
    times: decisions.time('ts'),
    sides: decisions.column('side'),
    kept: decisions.flags('kept'),
  };
}

/** A row of a log in words. */
export function factsOf({ events, templates, symbols, times }: DecisionLog, row: number) {
  return {
    event: events.words[events.codes[row] ?? -1],
    template: templates.words[templates.codes[row] ?? -1],
    symbol: symbols.words[symbols.codes[row] ?? -1],
    ts: new Date(times[row] ?? NaN).toISOString(),
  };
}
