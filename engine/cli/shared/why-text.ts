import type { Reason } from '../../plan/reason.js';
import { duration } from '../../report/format.js';
import { ingredients } from '../../report/ingredients.js';
import { reasonText } from '../../report/reason.js';
import type { Explanation } from '../../run/plan.js';
import type { Recorded } from './recorded.js';
import { told } from './show-warnings.js';

/** What the record of a run says of an item, in lines. */
export function recordedLines(recorded: Recorded, all: boolean): readonly string[] {
  const { item, as, run, pipeline, profile, sets, outcome, node, key, at } = recorded;
  const { timings, warnings, inputs, preimage } = recorded;
  const settings = [...(profile === null ? [] : [`--profile ${profile}`]), ...sets.map(asSet)];
  const of = [pipeline, ...settings].join(' ');
  const times = Object.entries(timings).map(([name, ms]) => `${name} ${duration(ms)}`);
  const other = as === item ? '' : ` as ${as}`;
  return [
    `${item}  (${node})`,
    `in run ${run} of ${of}: ${outcome}  key ${key.slice(0, 10)}`,
    `made ${at}${other}: ${times.join(', ')}`,
    ...since(recorded, all),
    ...(warnings.length === 0 ? [] : ['warnings:']),
    ...warnings.map((warning) => {
      const { code, message } = told(warning, as);
      return `  ${code}  ${message}`;
    }),
    ...ingredients(preimage, all, new Map(inputs.map(({ port, from }) => [port, from]))),
  ];
}

function asSet(set: string): string {
  return `--set ${set}`;
}

function since({ earlier, reasons }: Recorded, all: boolean): readonly string[] {
  if (!earlier) return ['no run before had it made from anything else'];
  const head = `since ${earlier.at} (key ${earlier.key.slice(0, 10)}):`;
  return [head, ...reasonLines(reasons, all)];
}

/** Differences that are told in full where not all are asked for. */
const TOLD = 20;

function reasonLines(reasons: readonly Reason[], all: boolean): readonly string[] {
  const told = all ? reasons : reasons.slice(0, TOLD);
  const more = reasons.length - told.length;
  const lines = told.map((reason) => `  ${reasonText(reason)}`);
  return more > 0 ? [...lines, `  and ${more} more (--all)`] : lines;
}

/**
 * What a run would make of an item now, in lines.
 * @param past  What was told of the item before: of an equal key nothing is told twice.
 */
export function nowLines(
  explained: Explanation,
  all: boolean,
  past?: { readonly key: string | undefined },
): readonly string[] {
  const { item, node, state, reasons, key, preimage, earlier } = explained;
  const compared = earlier
    ? `since ${earlier.at} (key ${earlier.key.slice(0, 10)})`
    : 'for the first time';
  const same = past?.key !== undefined && key === past.key;
  const tail = key === undefined || same ? '' : `  key ${key.slice(0, 10)}`;
  return [
    ...(past ? [] : [`${item}  (${node})`]),
    `${past ? 'now: ' : ''}${STATES[state]}${tail}`,
    ...(reasons.length > 0 ? [`${compared}:`, ...reasonLines(reasons, all)] : []),
    ...(preimage === undefined || same ? [] : ingredients(JSON.parse(preimage), all)),
  ];
}

const STATES = {
  cached: 'is known: a run takes it from the store',
  stale: 'would run',
  pending: 'waits for what runs first',
  skipped: 'is skipped',
} as const;
