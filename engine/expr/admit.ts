import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import type { Facts } from './facts.js';
import type { Defined, Names } from './names.js';
import type { Mark } from './typing.js';
import { type CompileOptions, type Definition, SELF, type World } from './world.js';

const report = reporter({
  'expr/looks-ahead': '{path}: known {rows} bars after the decision.',
  'expr/outcome': '{path} is an outcome: nobody can know it at the decision.',
  'expr/whole-sample': '{path} was made from the whole sample, later rows included.',
  'expr/delayed': '{path} is known {late} after the close of its row.',
  'expr/early-target':
    '{path}: this target uses times before the entry, {entry} bars after the decision.',
  'expr/universe-here': '"{id}" looks at other symbols, which is not possible here.',
});

/**
 * May a definition be what it is meant to be? Features, events and states must be known at the decision; targets must lie
 * after the entry. A refusal names the operator that leaks, with the way to it.
 */
export function admit(
  definition: Definition,
  facts: Facts,
  names: Names,
  world: World,
): readonly Diagnostic[] {
  const { options } = world;
  const found: Diagnostic[] = [];
  if (options.scope === 'symbol' && facts.scope === 'universe')
    found.push(report('expr/universe-here', definition.place, { id: definition.id }));
  if (facts.kind === 'whole-sample')
    found.push(
      ...blame(definition, names, (m) => m.facts.kind === 'whole-sample', 'expr/whole-sample'),
    );
  if (options.admit === 'feature') found.push(...known(definition, facts, names));
  else found.push(...earned(definition, facts, options));
  if (facts.clock === world.main.name && facts.delay > 0) {
    const facts_ = { late: time(facts.delay) };
    const hint = 'read the row before with lag(…, 1), or the newest known one with asof(…)';
    found.push(...blame(definition, names, (m) => m.facts.delay > 0, 'expr/delayed', facts_, hint));
  }
  return found;
}

function known(definition: Definition, facts: Facts, names: Names): readonly Diagnostic[] {
  if (facts.lookahead > 0) {
    const hint = '`ahead` exists in targets only; a feature reads the past with lag(…)';
    const rows = { rows: facts.lookahead };
    return blame(definition, names, (m) => m.ahead > 0, 'expr/looks-ahead', rows, hint);
  }
  if (facts.taint === 'outcome')
    return blame(definition, names, (m) => m.facts.taint === 'outcome', 'expr/outcome');
  return [];
}

/** Rows up to the entry were not lived through: an instant at the entry is the least, a span must start after it. */
function earned(
  definition: Definition,
  facts: Facts,
  options: CompileOptions,
): readonly Diagnostic[] {
  const entry = options.entry ?? 1;
  const { ahead } = facts;
  if (ahead === undefined || (ahead.instantFrom >= entry && ahead.spanFrom > entry)) return [];
  const hint =
    'a close may be read from the entry on; highs, lows, opens and sums from the bar after it';
  const path = definition.id;
  return [report('expr/early-target', definition.place, { path, entry }, { hint })];
}

type Code = 'expr/looks-ahead' | 'expr/outcome' | 'expr/whole-sample' | 'expr/delayed';

/** One problem, at the first read that answers to the charge; none if another admitted definition bears the blame. */
function blame(
  definition: Definition,
  names: Names,
  guilty: (mark: Mark) => boolean,
  code: Code,
  facts: Readonly<Record<string, unknown>> = {},
  hint?: string,
): readonly Diagnostic[] {
  const way = wayTo(definition.id, names, guilty, []);
  if (way === undefined)
    return [report(code, definition.place, { path: definition.id, ...facts }, { hint })];
  const between = way.ids.slice(1).map((id) => names.get(id, SELF));
  if (between.some((d) => d !== undefined && !d.definition.clause)) return [];
  const { mark } = way;
  const path = `${[...way.ids, mark.text].join(' → ')} (line ${mark.place.line})`;
  return [report(code, mark.place, { path, ...facts }, { hint })];
}

interface Way {
  readonly ids: readonly string[];
  readonly mark: Mark;
}

function wayTo(
  id: string,
  names: Names,
  guilty: (mark: Mark) => boolean,
  seen: readonly string[],
): Way | undefined {
  const defined: Defined | undefined = names.get(id, SELF);
  if (defined === undefined || seen.includes(id)) return undefined;
  const mark = defined.owner.marks.find(guilty);
  if (mark !== undefined) return { ids: [id], mark };
  for (const used of defined.owner.uses) {
    const way = wayTo(used, names, guilty, [...seen, id]);
    if (way !== undefined) return { ids: [id, ...way.ids], mark: way.mark };
  }
  return undefined;
}

function time(ms: number): string {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  if (ms % 60_000 === 0) return `${ms / 60_000} min`;
  return `${ms} ms`;
}
