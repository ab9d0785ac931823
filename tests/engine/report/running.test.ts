import { describe, expect, it } from '@jest/globals';
import { liveBlock } from '../../../engine/report/live.js';
import { plainLines } from '../../../engine/report/plain.js';
import type { Reporter, Screen } from '../../../engine/report/reporter.js';
import type { RunEvent } from '../../../engine/run/events.js';

/** Plays events with 3 s between two of them. */
function play(make: (screen: Screen) => Reporter, events: readonly RunEvent[]): string {
  let [text, now] = ['', 0];
  const reporter = make({
    write: (more) => {
      text += more;
    },
    color: false,
    width: 200,
    now: () => now,
    explain: () => '',
  });
  for (const event of events) {
    now += 3000;
    reporter.take(event);
  }
  reporter.close();
  return text;
}

describe('an item that runs for long', () => {
  it('plain lines go on while one item runs, at a slower pace after a minute', () => {
    let [text, now] = ['', 0];
    const screen = { color: false, width: 80, now: () => now, explain: () => '' };
    const reporter = plainLines({
      ...screen,
      write: (more) => {
        text += more;
      },
    });
    reporter.take({ event: 'run-started', run: 'R1', pipeline: 'ingest', items: 1 });
    reporter.take({ event: 'item-started', item: 'download', node: 'ingest.download' });
    for (let second = 1; second <= 120; second++) {
      now = 1000 * second;
      reporter.take({ event: 'item-progress', item: 'download', done: second, total: 200 });
    }
    reporter.close();
    const lines = text.trimEnd().split('\n').slice(1);
    expect(lines).toHaveLength(11 + 2);
    expect(lines[0]).toBe('0 done, 0 cached, 1 running, 1 to go; 5.00 s; download 3 %, 5.00 s');
    expect(lines[12]).toContain('download 57 %');
  });

  it.each([
    ['plain lines', plainLines],
    ['the live block', liveBlock],
  ] as const)('%s tell what a running item said last, until it gets on', (_name, make) => {
    const item = 'download';
    const said = {
      event: 'item-log',
      item,
      message: 'Asks again.',
      facts: { why: 'HTTP 503', seconds: 12 },
    } as const;
    const begun = [
      { event: 'run-started', run: 'R1', pipeline: 'ingest', items: 2 },
      { event: 'item-started', item, node: 'ingest.download' },
    ] as const;
    const ended = { event: 'item-ended', item: 'o', node: 'n.o', outcome: 'done' } as const;
    const moved = { event: 'item-progress', item, done: 1, total: 2 } as const;
    expect(play(make, [...begun, said, ended])).toContain('Asks again. why HTTP 503 seconds 12');
    expect(
      play(make, [...begun, said, moved, ended])
        .split('\n')
        .at(-2),
    ).not.toContain('Asks');
  });
});
