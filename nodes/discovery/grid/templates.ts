import type { Formula, SpecOf } from '../../../engine/sdk/index.js';
import type { feature } from '../../kinds/feature.js';
import { type Rule, resolved } from '../rules/resolved.js';

type Feature = SpecOf<typeof feature>;

/** A rule template as far as the grid looks at it. */
export interface Template {
  readonly id: string;
  readonly direction?: number | readonly number[] | undefined;
  readonly when?: Formula | undefined;
  readonly wait?: { readonly bars: number; readonly for: Formula } | undefined;
  readonly keep?: Formula | undefined;
  readonly side?: Formula | undefined;
  readonly base?: readonly string[] | undefined;
  readonly judged?: string | undefined;
  readonly outcome?: string | undefined;
  readonly let?: Readonly<Record<string, Formula>> | undefined;
}

/** One way of trading events: a template, or a filter over one. */
export interface Way {
  /** As decisions have it: `continuation`, `only_if_trend(continuation)`. */
  readonly name: string;
  /** Templates an event must name for it to be tried. */
  readonly named: readonly string[];
  readonly base: string | null;
  readonly direction: number;
  readonly judged: string;
  readonly outcome: string;
  /** All that decides when it trades and which way. */
  readonly rule: string;
}

/** Every way that templates can be tried in; a filter has one for each base and direction of it. */
export function waysOf(
  templates: readonly Template[],
  features: ReadonlyMap<string, Feature>,
): readonly Way[] {
  const rules = new Map(templates.map((one) => [one.id, ruleText(one, features)]));
  const plain = templates.flatMap((one) =>
    one.base === undefined
      ? directionsOf(one).map(
          (direction): Way => ({
            name: one.id,
            named: [one.id],
            base: null,
            direction,
            judged: one.judged ?? 'mean',
            outcome: one.outcome ?? FORWARD,
            rule: rules.get(one.id) ?? '',
          }),
        )
      : [],
  );
  const filters = templates.flatMap((one) =>
    plain.flatMap((way): readonly Way[] =>
      one.base?.includes(way.name)
        ? [
            {
              ...way,
              name: `${one.id}(${way.name})`,
              named: [one.id, way.name],
              base: way.name,
              // By itself a filter claims nothing but that what it leaves out is worse.
              judged: one.judged === undefined || one.judged === 'mean' ? 'lift' : one.judged,
              rule: `${rules.get(one.id)}\n${way.rule}`,
            },
          ]
        : [],
    ),
  );
  return [...plain, ...filters];
}

/** The outcome of templates that do not name another. */
export const FORWARD = 'forward_return';

function directionsOf({ direction }: Template): readonly number[] {
  if (direction === undefined) return [];
  return typeof direction === 'number' ? [direction] : direction;
}

/** The formulas of a template. */
export function ruleOfTemplate(one: Template): Rule {
  const formulas = [one.when, one.wait?.for, one.keep, one.side].flatMap((f) => (f ? [f] : []));
  return { formulas, let: one.let ?? {} };
}

function ruleText(one: Template, features: ReadonlyMap<string, Feature>): string {
  const parts = {
    when: one.when?.text,
    wait: one.wait && `${one.wait.bars}: ${one.wait.for.text}`,
    keep: one.keep?.text,
    side: one.side?.text,
    judged: one.judged,
    outcome: one.outcome,
  };
  const told = Object.entries(parts).map(([name, text]) => `${name}: ${text ?? ''}`);
  return [...told, resolved(ruleOfTemplate(one), features)].join('\n');
}
