import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import type { Mark, Owner } from './env.js';
import type { Ahead, Facts } from './facts.js';
import { shown } from './shown.js';
import { type CompileOptions, type Definition, SELF, type World } from './world.js';

const report = reporter({
  'expr/looks-ahead': '{path}: known {rows} after the decision.',
  'expr/outcome': '{path} is an outcome: nobody can know it at the decision.',
  'expr/whole-sample': '{path} was made from the whole sample, later rows included.',
  'expr/delayed': '{path} is known {late} after the close of its row.',
  'expr/early-target':
    '{path}: this target uses times before the entry, {entry} after the decision.',
  'expr/universe-here': '{path} looks at other symbols, which is not possible here.',
});
type Code = Parameters<typeof report>[0];

/** One thing held against a definition, and which of its reads answer for it. */
interface Charge {
  readonly code: Code;
  /** The surest sign first. */
  readonly guilty: readonly ((mark: Mark) => boolean)[];
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly hint?: string;
}

/**
 * May a definition be what it is meant to be? Features, events and states must be known at the decision; targets must lie
 * after the entry. A refusal names the operator that leaks, with the way to it.
 * @param refused  Definitions that were refused before: what leaks through them is told there.
 * @returns        Whether it may, and what is to be said about it.
 */
export function admit(
  definition: Definition,
  facts: Facts,
  owner: Owner,
  refused: ReadonlySet<string>,
  world: World,
): { readonly admitted: boolean; readonly problems: readonly Diagnostic[] } {
  const charges = chargesOf(facts, world);
  const problems = charges.flatMap((charge) => told(charge, definition, owner, refused));
  return { admitted: charges.length === 0, problems };
}

function chargesOf(facts: Facts, world: World): readonly Charge[] {
  const { options } = world;
  const charges: Charge[] = [];
  if (options.scope === 'symbol' && facts.scope === 'universe')
    charges.push({ code: 'expr/universe-here', guilty: [(m) => m.facts.scope === 'universe'] });
  if (facts.kind === 'whole-sample')
    charges.push({ code: 'expr/whole-sample', guilty: [(m) => m.facts.kind === 'whole-sample'] });
  charges.push(...(options.admit === 'feature' ? unknown(facts) : unearned(facts, options)));
  if (facts.clock === world.main.name && facts.delay > 0) {
    // Late columns of other clocks come over with asof, on time.
    const late = (m: Mark): boolean => m.facts.delay > 0 && m.facts.clock === facts.clock;
    charges.push({
      code: 'expr/delayed',
      guilty: [(m) => late(m) && m.facts.delay === facts.delay, late],
      facts: { late: time(facts.delay) },
      hint: 'read the row before with lag(…, 1), or the newest known one with asof(…)',
    });
  }
  return charges;
}

/** What nobody knows at the decision. */
function unknown(facts: Facts): readonly Charge[] {
  if (facts.lookahead > 0)
    return [
      {
        code: 'expr/looks-ahead',
        // Of several the one that reaches farthest.
        guilty: [(m) => m.ahead === facts.lookahead, (m) => m.ahead > 0],
        facts: { rows: bars(facts.lookahead) },
        hint: '`ahead` exists in targets only; a feature reads the past with lag(…)',
      },
    ];
  if (facts.taint !== 'outcome') return [];
  return [{ code: 'expr/outcome', guilty: [(m) => m.facts.taint === 'outcome'] }];
}

/** Rows up to the entry were not lived through: an instant at the entry is the least, a span must start after it. */
function unearned(facts: Facts, options: CompileOptions): readonly Charge[] {
  const entry = options.entry ?? 1;
  const early = (ahead: Ahead | undefined): boolean =>
    ahead !== undefined && (ahead.instantFrom < entry || ahead.spanFrom <= entry);
  if (!early(facts.ahead)) return [];
  const hint =
    'a close may be read from the entry on; highs, lows, opens and sums from the bar after it';
  // A window over what lies after the entry can reach back before it: then what it looks at is shown.
  const guilty = [(m: Mark) => m.ahead > 0 && early(m.facts.ahead), (m: Mark) => m.ahead > 0];
  return [{ code: 'expr/early-target', guilty, facts: { entry: bars(entry) }, hint }];
}

/** The charge at the first read that answers to it; nothing where a definition on the way was refused for it already. */
function told(
  charge: Charge,
  definition: Definition,
  owner: Owner,
  refused: ReadonlySet<string>,
): readonly Diagnostic[] {
  const { code, facts, hint } = charge;
  const way = wayTo(owner, charge.guilty);
  if (way === undefined)
    return [report(code, definition.place, { path: shown(definition.id), ...facts }, { hint })];
  const { owners, mark } = way;
  if (owners.slice(1).some((o) => o.root === SELF && refused.has(o.id))) return [];
  // Steps of one clause bear its name.
  const names = owners.map(nameOf).filter((name, i, all) => name !== all[i - 1]);
  const path = `${[...names, mark.text].join(' → ')} (line ${mark.place.line})`;
  return [report(code, mark.place, { path, ...facts }, { hint })];
}

function nameOf(owner: Owner): string {
  return owner.root === SELF ? shown(owner.id) : `${owner.root.replace(/^@/, '')}.${owner.id}`;
}

interface Way {
  readonly owners: readonly Owner[];
  readonly mark: Mark;
}

/** The shortest way through definitions to a read that bears the surest sign there is. */
function wayTo(from: Owner, signs: Charge['guilty']): Way | undefined {
  for (const guilty of signs) {
    const way = shortestWay(from, guilty);
    if (way !== undefined) return way;
  }
  return undefined;
}

function shortestWay(from: Owner, guilty: (mark: Mark) => boolean): Way | undefined {
  const ways = new Map<Owner, readonly Owner[]>([[from, [from]]]);
  // A map hands out what is added while it is walked: nearest first, each definition once.
  for (const [owner, owners] of ways) {
    const mark = owner.marks.find(guilty);
    if (mark !== undefined) return { owners, mark };
    for (const used of owner.uses) if (!ways.has(used)) ways.set(used, [...owners, used]);
  }
  return undefined;
}

function time(ms: number): string {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  if (ms % 60_000 === 0) return `${ms / 60_000} min`;
  return `${ms} ms`;
}

function bars(n: number): string {
  return n === 1 ? '1 bar' : `${n} bars`;
}
