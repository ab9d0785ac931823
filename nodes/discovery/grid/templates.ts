import type { SpecOf } from '../../../engine/sdk/index.js';
import type { feature } from '../../kinds/feature.js';
import type { template } from '../../kinds/template.js';
import { fingerprint } from '../../math/fingerprint.js';
import { type Rule, resolved } from '../rules/resolved.js';

type Feature = SpecOf<typeof feature>;

type Template = SpecOf<typeof template>;

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
  /** Digest of all that decides when it trades, which way, and what is asked of it: of formulas, not of names and words. */
  readonly rule: string;
}

/** Every way that templates can be tried in; a filter has one for each base and direction of it. */
export function waysOf(
  templates: readonly Template[],
  features: ReadonlyMap<string, Feature>,
): readonly Way[] {
  const rules = new Map(templates.map((one) => [one.id, ruleText(one, features)]));
  const plain = templates.flatMap(({ id, direction = [], judged, outcome }) =>
    direction.map((way): Way => {
      const rule = fingerprint(rules.get(id) ?? '');
      return { name: id, named: [id], base: null, direction: way, judged, outcome, rule };
    }),
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
              judged: one.judged,
              rule: fingerprint([rules.get(one.id) ?? '', way.rule]),
            },
          ]
        : [],
    ),
  );
  return [...plain, ...filters];
}

/** A way that is tried, and those of other names that would be the same test. */
export interface Merged {
  readonly way: Way;
  readonly also: readonly Way[];
}

/** Ways of one rule and direction are one hypothesis under many names: the first by name stands for all. */
export function merged(ways: readonly Way[]): readonly Merged[] {
  const byName = [...ways].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const found = new Map<string, { readonly way: Way; readonly also: Way[] }>();
  for (const way of byName) {
    const key = `${way.direction} ${way.rule}`;
    const first = found.get(key);
    if (first) first.also.push(way);
    else found.set(key, { way, also: [] });
  }
  return [...found.values()];
}

/** The outcome of templates that do not name another. */
export const FORWARD = 'forward_return';

/** The formulas of a template. */
export function ruleOfTemplate(one: Template): Rule {
  const formulas = [one.when, one.wait?.for, one.keep, one.side].flatMap((f) => (f ? [f] : []));
  return { formulas, let: one.let };
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
