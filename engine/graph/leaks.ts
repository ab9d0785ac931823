import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import type { Control } from './control.js';
import type { Source, Stage } from './graph.js';
import { describe, startsAfter } from './interval.js';
import type { Arrival, Known, Step } from './known.js';

const report = reporter({
  'known/not-rowwise':
    'Input "{port}" of {stage} takes only what is known row by row, but {source} is known only after {window}.',
  'known/outcome':
    'Input "{port}" of {stage} decides, but {source} holds outcomes: it looks ahead of its own rows.',
  'known/not-after':
    '{stage} puts rows of {rows} beside {source}, which is known only after {window}: the rows do not start after it has ended.',
  'known/chosen':
    '{what} of {gated} looks at {source}, which is known only after {window}, and so chooses which results there are at "{port}" of {stage}, about rows of {about}: nobody could have chosen them in time.',
  'known/control':
    '{what} of {stage} looks at {source}, which is known only after {window}, and so decides about rows of {rows}, which do not start after it has ended.',
});

/** What is wrong with an input of a decision: it holds outcomes, or it is known only after a window. */
export function leaksInto(stage: Stage, { input, known }: Arrival): readonly Diagnostic[] {
  if (!input.spec.rowwise || known.told) return [];
  const facts = { port: input.port, stage: stage.path, source: name(input.source) };
  const late = known.after.length > 0;
  if (known.outcome) return [refusal('known/outcome', stage, input.place, facts, known)];
  const window = known.after.map(describe).join(' and ');
  return late
    ? [refusal('known/not-rowwise', stage, input.place, { ...facts, window }, known)]
    : [];
}

/** The estimate that may not stand beside the rows of an input, because these do not start after what it rests on. */
export function leaksBeside(
  stage: Stage,
  { input, known }: Arrival,
  arriving: readonly Arrival[],
): readonly Diagnostic[] {
  // An estimate at a port that decides is told there.
  const estimates = arriving
    .filter((a) => !a.input.spec.rowwise)
    .map((a) => ({ known: a.known, source: name(a.input.source) }));
  const late = latest(known, estimates);
  if (!late) return [];
  const { source } = late.from;
  const facts = {
    stage: stage.path,
    rows: rowsOf(input.source, known),
    source,
    window: late.window,
  };
  return [refusal('known/not-after', stage, input.place, facts, late.from.known)];
}

/** What decided about the rows of an input without being known before they start. */
export function leaksByControl(
  stage: Stage,
  { input, known }: Arrival,
  control: readonly Control[],
): readonly Diagnostic[] {
  const late = latest(known, control);
  if (!late) return [];
  const { what, place, known: seen } = late.from;
  const last = seen.path[seen.path.length - 1];
  const facts = {
    what: `${what[0]?.toUpperCase()}${what.slice(1)}`,
    stage: stage.path,
    source: last ? name(last) : stage.path,
    window: late.window,
    rows: rowsOf(input.source, known),
  };
  return [refusal('known/control', stage, place, facts, seen)];
}

/** What decided, by what came of them, which results there are. */
export function leaksByChoice(stage: Stage, { input, known }: Arrival): readonly Diagnostic[] {
  if (known.told) return [];
  for (const { what, place, stage: gated, known: seen } of known.chosen) {
    const window = seen.after.find((w) => known.about.some((rows) => !startsAfter(rows, w)));
    if (!window || seen.told) continue;
    const last = seen.path[seen.path.length - 1];
    const facts = {
      what: `${what[0]?.toUpperCase()}${what.slice(1)}`,
      gated: gated.path,
      source: last ? name(last) : gated.path,
      window: describe(window),
      port: input.port,
      stage: stage.path,
      about: known.about.map(describe).join(' and '),
    };
    return [refusal('known/chosen', stage, place, facts, known)];
  }
  return [];
}

/** Of all that rows do not start after, what has the longest story: the others lie on its way, or are mended the same way. */
function latest<T extends { readonly known: Known }>(
  { rows, after }: Known,
  estimates: readonly T[],
) {
  if (!rows || after.length > 0) return undefined;
  let found: { readonly from: T; readonly window: string } | undefined;
  for (const from of estimates) {
    const window = from.known.told
      ? undefined
      : from.known.after.find((w) => !startsAfter(rows, w));
    if (!window || (found && found.from.known.path.length >= from.known.path.length)) continue;
    found = { from, window: describe(window) };
  }
  return found;
}

function rowsOf(source: Source, { rows }: Known): string {
  return rows ? `${name(source)} (${describe(rows)})` : name(source);
}

function refusal(
  code: Parameters<typeof report>[0],
  stage: Stage,
  place: Place,
  facts: Record<string, unknown>,
  known: Known,
): Diagnostic {
  const path = [...known.path.map(name), stage.path].join(' → ');
  return report(code, place, { ...facts, path }, { hint: `the path: ${path}` });
}

function name(step: Step | Source): string {
  return `${step.stage.path}.${step.port}`;
}
