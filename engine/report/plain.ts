import { count, duration } from './format.js';
import { notable } from './notable.js';
import { Progress } from './progress.js';
import type { Reporter, Screen } from './reporter.js';

/** Milliseconds between two lines on how far the run is: in its first minute, and later. */
const STEP = 5000;
const LATER = 30_000;
const MINUTE = 60_000;

/** Lines for a log file: what is notable at once, and every few seconds how far the run is, also while one long item runs. */
export function plainLines(screen: Screen): Reporter {
  const progress = new Progress();
  let told = 0;
  const tell = (now: number) => {
    if (now - told < (progress.elapsed(now) < MINUTE ? STEP : LATER)) return;
    told = now;
    screen.write(`${standing(progress, now)}${longest(progress, now)}\n`);
  };
  // Nothing may happen for long: a host that is waited for says nothing.
  const timer = setInterval(() => progress.running.length > 0 && tell(screen.now()), STEP).unref();
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
      if (event.event === 'item-ended' || event.event === 'item-progress') tell(now);
    },
    close: () => clearInterval(timer),
  };
}

/** `; fold@1 34 %, 0:42 min`: what has run longest, where it has run for longer than between two lines, and what it said last. */
function longest(progress: Progress, now: number): string {
  const [running] = progress.running;
  if (!running || now - running.since < STEP) return '';
  const share = running.share === undefined ? '' : ` ${Math.round(running.share * 100)} %`;
  const says = running.says === undefined ? '' : `: ${running.says}`;
  return `; ${running.item}${share}, ${duration(now - running.since)}${says}`;
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
