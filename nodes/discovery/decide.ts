import {
  type Context,
  type Diagnostic,
  defineNode,
  evaluate,
  type Frame,
  many,
  optional,
  type Program,
  port,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
import { event } from '../kinds/event.js';
import { withContext } from '../kinds/namespace.js';
import { errorsIn } from '../kinds/programs.js';
import { template } from '../kinds/template.js';
import { locator } from '../math/locate.js';
import { context, decisions, events, features } from '../ports.js';
import { fitProblems } from './decisions/fit.js';
import { definitionsOf } from './decisions/formulas.js';
import { compiledBefore, compiledOver, readBy } from './decisions/program.js';
import { type Rule, rulesOf } from './decisions/rules.js';
import { decisionTable, type Signals } from './decisions/table.js';
import type { Counts, DecisionTally } from './decisions/tally.js';

type Template = SpecOf<typeof template>;

export default defineNode({
  type: 'discovery.decide',
  doc: 'What rule templates make of occurrences: which way, when and whether each would be traded. What is tested is then what is traded.',
  time: 'trailing',

  in: { events, features: many(features), context: optional(context) },
  out: {
    decisions,
    tally: port.json<readonly DecisionTally[]>(
      'What became of the occurrences of each event under each of its templates.',
    ),
  },
  params: {
    templates: t.list(t.spec(template), { min: 1, doc: 'Templates there are.' }),
    specs: t.list(t.spec(event), { min: 1, doc: 'Events, each with the templates it has.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  shape(ins, { templates, specs, spacing }, ctx) {
    ctx.problem(...fitProblems(templates, specs));
    if (!ins.features) return {};
    const ports = { features: ins.features, context: ins.context };
    ctx.problem(...once(compiledBefore(templates, ports, spacing).problems));
    return {};
  },
  reads({ templates, spacing }, ins) {
    const told = { events: ['event', 'symbol', 'ts', 'direction', 'sign'] };
    if (!ins.features) return told;
    return {
      ...told,
      ...readBy(templates, { features: ins.features, context: ins.context }, spacing),
    };
  },
  errors: {
    'discovery/unsound': 'The templates do not compile: {problems}.',
    'discovery/unknown-event': 'Event {event} occurs, but there is no spec of it here.',
    'discovery/no-features':
      'Event {event} occurs in {symbol}, of which there are no features: `features` must come from a stage with `foreach: symbol`.',
    'discovery/off-clock': 'Event {event} of {symbol} at {ts} is not on a row of its features.',
  },

  run({ events, features: gathered, context: cross }, { templates, specs, spacing }, ctx) {
    const tables = gathered.map(({ at, value }) => {
      const symbol = at.symbol ?? '';
      return { symbol, self: cross ? withContext(value, symbol, cross) : value };
    });
    const compiled = compiledOver(templates, tables[0]?.self, spacing);
    const problems = errorsIn(compiled);
    if (problems.length > 0) ctx.refuse('discovery/unsound', { problems });
    const sound = soundIn(templates, compiled.program);
    const signals = signalsOf(events, tables, ctx);
    const known = new Map(specs.map((spec) => [spec.id, spec]));
    const all = signals.event.words.map((id) => {
      return rulesOf(
        known.get(id) ?? ctx.refuse('discovery/unknown-event', { event: id }),
        templates,
      );
    });
    const rules = all.map((own) => own.filter((rule) => tellable(rule, sound)));
    const ids = compiled.program.columns.filter((c) => !c.clause).map((c) => c.id);
    const told = signals.symbol.words.flatMap((symbol) => {
      const table = tables.find((one) => one.symbol === symbol);
      return table ? [evaluate(compiled.program, { self: table.self }, ids, { symbol })] : [];
    });
    const { decisions, names, counts } = decisionTable(signals, rules, told, spacing);
    const missing = missingOf(templates, compiled.program);
    return { decisions, tally: tallies(signals.event.words, all, names, counts, missing) };
  },
});

/** Occurrences with the rows they stand on; a side of 0 has the sign of what drives the event stand in for it. */
function signalsOf(
  events: Frame,
  tables: readonly { readonly symbol: string; readonly self: Frame }[],
  ctx: Context,
): Signals {
  const [event, symbol] = [events.get('event'), events.get('symbol')];
  if (event.dtype !== 'text' || symbol.dtype !== 'text') throw new Error('Events have no texts.');
  const ts = events.time('ts');
  const clocks = symbol.words.map((word) => {
    const clock = tables.find((table) => table.symbol === word)?.self.time('ts');
    return clock && locator(clock);
  });
  const [rows, sides] = [new Uint32Array(ts.length), new Float64Array(ts.length)];
  const [directions, signs] = [events.column('direction'), events.column('sign')];
  const factsOf = (i: number) => ({
    event: event.words[event.codes[i] ?? 0],
    symbol: symbol.words[symbol.codes[i] ?? 0],
  });
  for (let i = 0; i < rows.length; i += 1) {
    const rowOf = clocks[symbol.codes[i] ?? 0] ?? ctx.refuse('discovery/no-features', factsOf(i));
    const time = ts[i] ?? NaN;
    const row = rowOf(time);
    if (row < 0)
      ctx.refuse('discovery/off-clock', { ...factsOf(i), ts: new Date(time).toISOString() });
    rows[i] = row;
    sides[i] = directions[i] || (signs[i] ?? 0);
  }
  return { event, symbol, ts, rows, sides };
}

/** Templates all of whose formulas can be computed here. */
function soundIn(templates: readonly Template[], program: Program): ReadonlySet<string> {
  const there = new Set(program.columns.map((c) => c.id));
  const sound = templates.filter((spec) => definitionsOf(spec).every(({ id }) => there.has(id)));
  return new Set(sound.map(({ id }) => id));
}

function tellable({ base, filter }: Rule, sound: ReadonlySet<string>): boolean {
  return sound.has(base.id) && (filter === undefined || sound.has(filter.id));
}

/** Columns that templates miss here, by template. */
function missingOf(
  templates: readonly Template[],
  program: Program,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    templates.map((spec) => {
      const own = new Set(definitionsOf(spec).map(({ id }) => id));
      const needs = [...program.needs].filter(([, ids]) => ids.some((id) => own.has(id)));
      return [spec.id, needs.map(([need]) => need).sort()];
    }),
  );
}

/** Of what cannot be told nothing becomes anything. */
const NEVER = { kept: 0, dropped: 0, sideless: 0, unknown: 0, unmet: 0, pending: 0 };

function tallies(
  events: readonly string[],
  rules: readonly (readonly Rule[])[],
  names: readonly string[],
  counts: Counts,
  missing: ReadonlyMap<string, readonly string[]>,
): readonly DecisionTally[] {
  return events.flatMap((event, code) =>
    (rules[code] ?? []).map(({ name, base, filter }) => {
      const needs = [base, filter].flatMap((spec) => (spec ? (missing.get(spec.id) ?? []) : []));
      const number = names.indexOf(name);
      const found = number < 0 ? NEVER : counts.of(code, number);
      return { event, template: name, needs: [...new Set(needs)], ...found };
    }),
  );
}

/** Both sides of a formula and every bar it waits have the same to say. */
function once(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const keyOf = ({ code, place }: Diagnostic) => JSON.stringify([code, place]);
  return [...new Map(problems.map((p) => [keyOf(p), p])).values()];
}
