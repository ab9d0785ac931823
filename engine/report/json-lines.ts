import { toJson } from '../diag/json.js';
import type { RunEvent } from '../run/events.js';
import type { Reporter, Screen } from './reporter.js';

/** Every event as one line of JSON. */
export function jsonLines(screen: Screen): Reporter {
  return { take: (event) => screen.write(`${JSON.stringify(plain(event))}\n`), close: () => {} };
}

function plain(event: RunEvent): unknown {
  if (event.event === 'item-ended' && event.problems)
    return { ...event, problems: toJson(event.problems) };
  if (event.event === 'warning') return { ...event, problem: toJson([event.problem])[0] };
  return event;
}
