import type { Plan, PlannedItem } from '../plan/reason.js';
import { count, duration, plural } from './format.js';
import { reasonsText } from './reason.js';

/** A plan in lines: a line for the whole, then for every stage what would run and why. `named` gives every item a line. */
export function planText(plan: Plan, named: boolean): string {
  const stages = new Map<string, PlannedItem[]>();
  for (const item of plan.items) {
    const list = stages.get(item.stage);
    if (list) list.push(item);
    else stages.set(item.stage, [item]);
  }
  const width = Math.max(0, ...[...stages.keys()].map((s) => s.length));
  const lines = [...stages].flatMap(([stage, items]) =>
    stageLines(stage.padEnd(width), items, named),
  );
  const unknown = plan.unknown.map(
    ({ dimension, after, lastTime, stages: names }) =>
      `  ${dimension}: known after ${after}${lastTime === undefined ? '' : ` (last run: ${lastTime})`}; for ${names.join(', ')}`,
  );
  return [headline(plan), ...lines, ...unknown].join('\n');
}

function headline({ pipeline, items }: Plan): string {
  const of = (state: PlannedItem['state']) => items.filter((i) => i.state === state).length;
  const seconds = items.reduce((sum, { expected }) => sum + (expected ?? 0), 0);
  const open = items.some(
    (i) => i.state !== 'cached' && i.state !== 'skipped' && i.expected === undefined,
  );
  const parts = [
    `${count(of('cached'))} cached`,
    `${count(of('stale'))} to run`,
    ...(of('pending') > 0
      ? [`at most ${count(of('pending'))} after those (equal results stop there)`]
      : []),
    ...(of('skipped') > 0 ? [`${count(of('skipped'))} skipped`] : []),
  ];
  const time =
    seconds > 0 ? `, ${open ? 'more than ' : 'about '}${duration(seconds * 1000)} of work` : '';
  return `${pipeline}: ${plural(items.length, 'item')}: ${parts.join(', ')}${time}`;
}

const WORDS = { cached: 'cached', stale: 'to run', pending: 'later', skipped: 'skipped' } as const;

function stageLines(
  stage: string,
  items: readonly PlannedItem[],
  named: boolean,
): readonly string[] {
  if (named) return items.map((i) => `  ${i.item}  ${WORDS[i.state]}${told(i)}`);
  const groups = new Map<string, PlannedItem[]>();
  for (const item of items) {
    const waits = item.reasons[0]?.kind === 'upstream';
    const id = `${item.state} ${waits ? '' : told(item)}`;
    const list = groups.get(id);
    if (list) list.push(item);
    else groups.set(id, [item]);
  }
  return [...groups.values()].map(together).map((group, i) => {
    const [first] = group;
    const name = i === 0 ? stage : ' '.repeat(stage.length);
    const who =
      first && group.length === 1 && items.length > 1
        ? `  ${first.item.slice(first.item.indexOf('@'))}`
        : '';
    return `  ${name}  ${count(group.length).padStart(6)} ${WORDS[first?.state ?? 'cached']}${who}${first ? told(first) : ''}`;
  });
}

/** Items that wait are one group: it waits for every stage that any of them waits for. */
function together(group: readonly PlannedItem[]): readonly PlannedItem[] {
  const [first] = group;
  if (first?.state !== 'pending' || first.reasons[0]?.kind === 'same') return group;
  const awaited = group.flatMap(({ reasons }) =>
    reasons.flatMap((r) => (r.kind === 'upstream' ? r.items : [])),
  );
  const stages = [...new Set(awaited.map((item) => item.split('@')[0] ?? item))];
  return [{ ...first, reasons: [{ kind: 'upstream', items: stages }] }, ...group.slice(1)];
}

function told({ reasons }: PlannedItem): string {
  return reasons.length === 0 ? '' : `: ${reasonsText(reasons)}`;
}
