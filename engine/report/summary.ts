import type { Summary, Timings } from '../run/events.js';
import { count, duration, plural, short } from './format.js';
import { paint } from './notable.js';
import type { Screen } from './reporter.js';

const COLORS = { done: 32, failed: 31, interrupted: 33 } as const;

/** The run in a few lines: how it ended, what was done, where the time went, where the results are. */
export function summaryText(
  name: string,
  run: string,
  summary: Summary,
  screen: Pick<Screen, 'color'>,
): string {
  const { outcome, degraded, warnings, remembered } = summary;
  const state = paint(screen, COLORS[outcome], outcome);
  const executed = summary.counts.done + summary.counts.failed;
  return [
    `${name} ${state} in ${duration(summary.elapsed)}  (run ${run})`,
    `  ${itemsText(summary.counts)}`,
    ...(executed > 0 ? [`  time of items: ${timingsText(summary.timings, executed)}`] : []),
    ...(warnings > 0 ? [`  ${plural(warnings, 'warning')}`] : []),
    ...(remembered > 0
      ? [`  ${plural(remembered, 'warning')} of cached items (\`dag show --warnings\` lists them)`]
      : []),
    ...(degraded.length > 0 ? [`  ${paint(screen, 33, 'degraded')}: ${listed(degraded)}`] : []),
    ...outsText(summary.outs),
  ].join('\n');
}

/** `412 items: 212 done, 200 cached`. */
export function itemsText(counts: Summary['counts']): string {
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const parts = Object.entries(counts)
    .filter(([, n]) => n > 0)
    .map(([outcome, n]) => `${count(n)} ${outcome}`);
  return parts.length === 0 ? 'no items' : `${plural(all, 'item')}: ${parts.join(', ')}`;
}

/** Where the time of executed items went, with shares; apart from it how long one waited for a thread on average. */
export function timingsText({ queue, ...work }: Timings, items: number): string {
  const all = Object.values(work).reduce((sum, ms) => sum + ms, 0);
  const share = (ms: number) => (all > 0 ? ` (${Math.round((100 * ms) / all)} %)` : '');
  const parts = Object.entries(work).map(([name, ms]) => `${name} ${duration(ms)}${share(ms)}`);
  return `${parts.join(', ')}; queue ${duration(queue / items)} an item`;
}

function outsText(outs: Summary['outs']): readonly string[] {
  const names = Object.keys(outs);
  const width = Math.max(0, ...names.map((n) => n.length));
  return Object.entries(outs).map(
    ([name, { digest, path }]) =>
      `  ${name.padEnd(width)}  ${short(digest)}${path === undefined ? '' : `  ${path}`}`,
  );
}

function listed(names: readonly string[]): string {
  const most = 8;
  const more = names.length > most ? ` … (${names.length} in all)` : '';
  return names.slice(0, most).join(', ') + more;
}
