import { duration } from './format.js';
import { notable, paint } from './notable.js';
import { standing } from './plain.js';
import { Progress } from './progress.js';
import type { Reporter, Screen } from './reporter.js';
import { cut } from './table.js';

/** Milliseconds between two pictures. */
const FRAME = 100;
/** Running items that are shown. */
const SHOWN = 5;
const BAR = 20;

/** One block at the end of a terminal that is drawn again and again; what is notable scrolls away above it. */
export function liveBlock(screen: Screen): Reporter {
  const progress = new Progress();
  let drawn = 0;
  let last = -FRAME;
  const erase = () => (drawn > 0 ? `\x1b[${drawn}A\x1b[0J` : '');
  const draw = (above = '') => {
    const lines = block(progress, screen);
    screen.write(`${erase()}${above}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines.length;
    last = screen.now();
  };
  const timer = setInterval(() => progress.run !== '' && draw(), FRAME).unref();
  return {
    take(event) {
      progress.take(event, screen.now());
      const text = notable(event, screen);
      if (text !== undefined) draw(text);
      // A long stretch of synchronous work starves the timer.
      else if (screen.now() - last >= FRAME) draw();
    },
    close() {
      clearInterval(timer);
      screen.write(erase());
      drawn = 0;
    },
  };
}

/** The lines of the block, none wider than the screen. */
export function block(progress: Progress, screen: Screen): readonly string[] {
  const now = screen.now();
  const share = progress.total > 0 ? progress.ended / progress.total : 0;
  const full = Math.round(Math.min(1, share) * BAR);
  const bar = progress.total > 0 ? `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ` : '';
  const head = `${progress.pipeline} ${bar}${standing(progress, now)}`;
  const { running } = progress;
  const items = running.slice(0, SHOWN).map(({ item, node, since, share: part, says }) => {
    const told = part === undefined ? '' : `  ${Math.round(part * 100)} %`;
    const last = says === undefined ? '' : `  ${says}`;
    const line = `  ${duration(now - since).padStart(9)}  ${item}  ${node}${told}${last}`;
    return cut(line, screen.width - 1);
  });
  const more = running.length > SHOWN ? [`  … ${running.length - SHOWN} more`] : [];
  return [
    cut(head, screen.width - 1),
    ...[...items, ...more].map((line) => paint(screen, 2, line)),
  ];
}
