import { RunFolder } from '../../ledger/folder.js';
import type { Store } from '../../store/store.js';
import type { Emit, Summary } from '../events.js';
import { lostObjects } from '../memory.js';
import type { Site } from '../site.js';
import { plainOuts } from '../start.js';
import { stillSo } from './evidence.js';
import type { Standing } from './standing.js';

/** Does an answer still stand? Nothing outside has moved, every record is there, and every output that somebody wants. */
export function stands(site: Site, store: Store, { evidence, lines, needed }: Standing): boolean {
  const { records, objects } = store;
  if (!lines.every(([, , , key]) => key === null || records.has(key))) return false;
  if (!stillSo(site, store, evidence)) return false;
  const entries = needed.map(([key]) => records.find(key));
  if (!entries.every((entry) => entry !== undefined)) return false;
  const heads = records.heads(entries);
  return needed.every(([, port], i) => {
    const stored = heads[i]?.outputs[port];
    return stored !== undefined && lostObjects(objects, heads[i], stored).length === 0;
  });
}

/** A run of its own, with its folder and its events, that finds what an earlier one found. @throws store/disk-full … */
export function retell(
  { root, lake }: Site,
  standing: Standing,
  emit: Emit,
): { readonly run: string; readonly summary: Summary } {
  const began = performance.now();
  const { how, start, lines, evidence } = standing;
  const options = { threads: how.threads, memory: how.memory };
  const folder = new RunFolder(root, lake, { ...start, options }, how);
  emit({ event: 'run-started', run: folder.id, pipeline: start.pipeline, items: lines.length });
  folder.fresh(lines.map(([item, , outcome, key]) => ({ item, key: key ?? undefined, outcome })));
  tell(standing, emit);
  const summary = { ...standing.summary, elapsed: performance.now() - began };
  folder.end({
    ...summary,
    timings: { ...summary.timings },
    outs: plainOuts(summary),
    data: evidence.data,
  });
  emit({ event: 'run-ended', run: folder.id, summary });
  return { run: folder.id, summary };
}

/** Items, each after the warnings that came before it. */
function tell({ lines, warnings }: Standing, emit: Emit): void {
  const waiting = [...warnings];
  const warn = (line: number) => {
    for (let next = waiting[0]; next && next.before <= line; next = waiting[0]) {
      emit({ event: 'warning', item: next.item, problem: next.problem });
      waiting.shift();
    }
  };
  for (const [i, [item, node, outcome, key]] of lines.entries()) {
    warn(i);
    emit({ event: 'item-ended', item, node, outcome, key: key ?? undefined, problems: [] });
  }
  warn(lines.length);
}
