import type { Context, Frame } from '../../../engine/sdk/index.js';

/** A candidate that passed. */
export interface Find {
  readonly id: string;
  readonly event: string;
  /** As its decisions name it: `only_if_trend(continuation)` for a filter over a base. */
  readonly template: string;
  /** What is traded: the base of a filter, else the template itself. */
  readonly base: string;
  /** Null where symbols are pooled. */
  readonly symbol: string | null;
  /** Null where it is not conditioned on one. */
  readonly state: string | null;
  readonly direction: number;
  /** Rows from the entry to the exit. */
  readonly horizon: number;
  /** Rows from the decision to the entry. */
  readonly entry_lag: number;
  /** Column of its outcome. */
  readonly outcome: string;
}

/** Candidates that passed, in order; the column of the outcome is told by the hypothesis. */
export function findsOf(candidates: Frame, hypotheses: Frame, ctx: Context): readonly Find[] {
  const outcomes = hypotheses.texts('outcome');
  const asked = new Map(hypotheses.texts('id').map((id, i) => [id, outcomes[i] ?? '']));
  const passed = candidates.flags('passed');
  const text = (name: string, i: number) => candidates.texts(name)[i] ?? null;
  const number = (name: string, i: number) => candidates.column(name)[i] ?? NaN;
  const conditioned = candidates.has('state');
  return candidates.texts('id').flatMap((id, i) => {
    if (passed[i] !== 1) return [];
    const outcome = asked.get(id) ?? ctx.refuse('discovery/no-hypothesis', { candidate: id });
    const template = text('template', i) ?? '';
    return [
      {
        id: id ?? '',
        event: text('event', i) ?? '',
        template,
        base: baseOf(template),
        symbol: text('symbol', i),
        state: conditioned ? text('state', i) : null,
        direction: number('direction', i),
        horizon: number('horizon', i),
        entry_lag: number('entry_lag', i),
        outcome,
      },
    ];
  });
}

/** The template a filter stands over; the template itself where it is none. */
function baseOf(template: string): string {
  return template.endsWith(')') ? template.slice(template.indexOf('(') + 1, -1) : template;
}
