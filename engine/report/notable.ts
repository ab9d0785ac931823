import type { RunEvent } from '../run/events.js';
import { bytes, count } from './format.js';
import type { Screen } from './reporter.js';

/** What an event tells that stays on the screen: failures, warnings, published and removed files; undefined for all others. */
export function notable(event: RunEvent, screen: Screen): string | undefined {
  switch (event.event) {
    case 'item-ended': {
      if (event.outcome !== 'failed') return undefined;
      const told = event.problems ? screen.explain(event.problems) : '';
      return `${paint(screen, 31, 'failed')} ${event.item} (${event.node})\n${told}`;
    }
    case 'warning': {
      const of = event.item === undefined ? '' : ` ${event.item}`;
      return `${paint(screen, 33, 'warning')}${of}\n${screen.explain([event.problem])}`;
    }
    case 'published': {
      const rows = event.rows === undefined ? '' : `${count(event.rows)} rows, `;
      return `published ${event.path} (${rows}${bytes(event.bytes)})\n`;
    }
    case 'unpublished':
      return `removed ${event.path} (no longer part of what is published)\n`;
    default:
      return undefined;
  }
}

export function paint(screen: Pick<Screen, 'color'>, style: number, text: string): string {
  return screen.color ? `\x1b[${style}m${text}\x1b[0m` : text;
}
