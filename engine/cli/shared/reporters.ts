import type { RunLog } from '../../report/log.js';
import type { Reporter, Screen } from '../../report/reporter.js';
import type { RunEvent } from '../../run/events.js';
import type { Site } from '../../run/site.js';
import { explain } from './explain.js';
import type { Io } from './io.js';

/** How a run is shown: as events for programs, or to people, with or without a block that is drawn again. */
export interface Shown {
  readonly json: boolean;
  readonly plain: boolean;
}

/** What shows a run and writes its log. */
export async function reporters(
  { root, lake }: Pick<Site, 'root' | 'lake'>,
  { json, plain }: Shown,
  io: Io,
): Promise<Reporter & Pick<RunLog, 'flush'>> {
  const { runLog } = await import('../../report/log.js');
  const screen: Screen = {
    write: json ? io.out : io.err,
    color: io.color.err && !json,
    width: io.width || 100,
    now: io.now,
    explain: (problems) => explain(problems, root, io.color.err && !json),
  };
  const reporter = await shown(json, io.live && !plain, screen);
  const log = runLog(lake);
  return {
    take(event: RunEvent) {
      reporter.take(event);
      log.take(event);
    },
    close: () => reporter.close(),
    flush: () => log.flush(),
  };
}

async function shown(json: boolean, live: boolean, screen: Screen): Promise<Reporter> {
  if (json) return (await import('../../report/json-lines.js')).jsonLines(screen);
  if (live) return (await import('../../report/live.js')).liveBlock(screen);
  return (await import('../../report/plain.js')).plainLines(screen);
}
