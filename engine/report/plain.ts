import { count, duration } from './format.js';
import { notable } from './notable.js';
import { Progress } from './progress.js';
import type { Reporter, Screen } from './reporter.js';

/** Milliseconds between two lines on how far the run is. */
const STEP = 5000;

/** Lines for a log file: what is notable at once, and every few seconds how far the run is. */
export function plainLines(screen: Screen): Reporter {
  const progress = new Progress();
  let told = 0;
  return {
    take(event) {
      const now = screen.now();
      progress.take(event, now);
      if (event.event === 'run-started') {
        told = now;
        screen.write(`${event.pipeline}: run ${event.run}\n`);
      }
      const text = notable(event, screen);
      if (text !== undefined) screen.write(text);
      if (event.event === 'item-ended' && now - told >= STEP) {
        told = now;
        screen.write(`${standing(progress, now)}\n`);
      }
    },
    close: () => {},
  };
}

/** `212 done, 200 cached, 2 running, 790 to go; 0:42 min, about 1:10 min left`. */
export function standing(progress: Progress, now: number): string {
  const { counts } = progress;
  const left = progress.left(now);
  const words = [
    `${count(counts.done)} done`,
    `${count(counts.cached + counts.joined)} cached`,
    `${progress.running.length} running`,
    ...(counts.failed > 0 ? [`${count(counts.failed)} failed`] : []),
    ...(progress.total > progress.ended ? [`${count(progress.total - progress.ended)} to go`] : []),
  ];
  const time = duration(progress.elapsed(now));
  return `${words.join(', ')}; ${time}${left === undefined ? '' : `, about ${duration(left)} left`}`;
}
