import {
  type Definition,
  type Diagnostic,
  defineNode,
  evaluate,
  type Frame,
  type Gathered,
  joinExact,
  many,
  namesIn,
  optional,
  port,
  type Shape,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
import { event } from '../kinds/event.js';
import { needsProblems, standsAt } from '../kinds/needs.js';
import { definitionsOf, TOLD } from '../kinds/occurrence.js';
import { boundFrames, compileOver, errorsIn } from '../kinds/programs.js';
import type { Known } from '../kinds/tables.js';
import { context, events, features, funding } from '../ports.js';
import { divided, wantedOf } from './rows/looked.js';
import { occurrences, type Told } from './rows/occurrences.js';
import { sideProblems, wrongSides } from './rows/sides.js';

/** How often an event occurred, or why it could not be looked for. */
interface Tally {
  readonly [key: string]: unknown;
  readonly event: string;
  readonly family: string;
  readonly available: boolean;
  /** Ports and columns it misses. */
  readonly needs: readonly string[];
  /** Symbols it could not be looked for in, by what they have no row or value of. */
  readonly without: Readonly<Record<string, readonly string[]>>;
  /** Bars of the symbols it could be looked for in. */
  readonly bars: number;
  readonly count: number;
  readonly by_symbol: Readonly<Record<string, number>>;
}

export default defineNode({
  type: 'events.registry',
  doc: 'Occurrences of one event in all symbols: where its rule fires after its cooldown, with side and severity.',
  time: 'trailing',

  in: {
    features: many(features),
    context: optional(context),
    funding: optional(many(funding)),
  },
  out: {
    events,
    tally: port.json<Tally>('How often it occurred by symbol, or what it misses.'),
  },
  params: {
    event: t.spec(event, { doc: 'The event to look for.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  shape(ins, { event: spec, spacing }, ctx) {
    if (!ins.features) return {};
    const trees = definitionsOf(spec).map(({ tree }) => tree);
    const { program, problems } = compiled(spec, ins, spacing);
    const stands = standsAt(ins.features, ins.context);
    const claims = needsProblems(spec, trees, stands, problems);
    const told = ins.context ? problems : problems.map(withoutContext);
    ctx.problem(...told, ...claims, ...sideProblems(spec, program));
    return {};
  },
  reads({ event: spec, spacing }, ins) {
    if (!ins.features) return {};
    const { reads } = compiled(spec, ins, spacing).program;
    // What the rule names, read or not: an unavailable event tells which of it is not there.
    const named = definitionsOf(spec).flatMap(({ tree }) => [...namesIn(tree)]);
    const self = [...new Set([...(reads.self ?? []), ...named])];
    const of = (shape: Shape | undefined) => {
      const names = new Set(shape?.columns.map((c) => c.name));
      return self.filter((name) => names.has(name));
    };
    return {
      features: [...new Set(['ts', ...of(ins.features)])],
      context: [...new Set(['symbol', 'ts', ...of(ins.context)])],
      funding: reads.funding ?? ['ts'],
    };
  },
  errors: {
    'events/unsound': 'Event {event} does not compile: {problems}.',
    'events/side':
      'The {field} of {event} must be +1, 0 or −1, but in {symbol} it is {found} at {first} ({rows} occurrences in all).',
    'events/other-symbols': 'Features are of {features}, but funding is of {funding}.',
  },

  run({ features: gathered, context: cross, funding: prints }, { event: spec, spacing }, ctx) {
    const symbols = gathered.map(symbolOf);
    const paid = prints?.map(symbolOf) ?? symbols;
    if (paid.join() !== symbols.join()) {
      ctx.refuse('events/other-symbols', { features: symbols, funding: paid });
    }
    const tables = gathered.map((item, i) => {
      const self = cross ? withContext(item.value, symbolOf(item), cross) : item.value;
      return boundFrames({ self, funding: prints?.[i]?.value });
    });
    const { self, funding: paidTo } = tables[0] ?? {};
    const result = compiled(spec, { features: self, funding: paidTo }, spacing);
    const problems = errorsIn(result);
    if (problems.length > 0) ctx.refuse('events/unsound', { event: spec.id, problems });
    const { program } = result;
    const ids = Object.values(TOLD);
    const known = new Set(program.columns.map((c) => c.id));
    const sound = ids.every((id) => known.has(id));
    const wanted = wantedOf(spec, program.reads);
    const { looked, without } = divided(symbols, tables, wanted, program.reads.self ?? []);
    const told = sound
      ? looked.map(({ symbol, frames }): Told => {
          return { symbol, frame: evaluate(program, frames, ids, { symbol }) };
        })
      : [];
    const wrong = wrongSides(told);
    if (wrong) ctx.refuse('events/side', { event: spec.id, ...wrong });
    const found = occurrences(spec, spacing, told);
    const by_symbol = Object.fromEntries(looked.map(({ symbol }) => [symbol, 0]));
    for (const symbol of found.texts('symbol')) {
      if (symbol !== null) by_symbol[symbol] = (by_symbol[symbol] ?? 0) + 1;
    }
    const missed = looked.length > 0 ? [] : Object.values(without).flat();
    const tally: Tally = {
      event: spec.id,
      family: spec.family,
      available: sound && looked.length > 0,
      needs: [...new Set([...program.needs.keys(), ...missed])].sort(),
      without,
      bars: looked.reduce((sum, { frames }) => sum + (frames.self?.length ?? 0), 0),
      count: found.length,
      by_symbol,
    };
    return { events: found, tally };
  },
});

/** An unknown name may be a feature across symbols, which only a wire brings: the event's file is right then. */
function withoutContext(problem: Diagnostic): Diagnostic {
  if (problem.code !== 'expr/unknown-name') return problem;
  const wire = 'a feature across symbols needs `context: STAGE.context` in the `in:` of the stage';
  const { hint } = problem;
  return { ...problem, hint: hint === undefined ? wire : `${hint}; ${wire}` };
}

type Ports = { readonly features?: Known; readonly context?: Known; readonly funding?: Known };

/** Data that every pipeline has: what an event on these alone names must be there. */
const ALWAYS: ReadonlySet<string> = new Set(['perp_ohlcv_5m', 'calendar', 'funding']);

/** The event over features and context in one name space, as the compiler and the run both see it. */
function compiled(spec: SpecOf<typeof event>, ports: Ports, spacing: number) {
  const self =
    ports.context && ports.features ? joined(ports.features, ports.context) : ports.features;
  const definitions = definitionsOf(spec);
  const unavailable = toldAbsent(ports) ?? silentlyAbsent(spec, definitions, self);
  return compileOver(definitions, { self, funding: ports.funding }, spacing, { unavailable });
}

/** Features this market cannot give, by the shapes that arrive; undefined where only rows are there, or shapes do not tell. */
function toldAbsent({ features, context }: Ports): readonly string[] | undefined {
  const told = [features, context].map((known) => {
    return known && 'columns' in known ? known.absent?.map(({ name }) => name) : undefined;
  });
  return told[0] && [...told[0], ...(told[1] ?? [])];
}

/** Where nothing tells them apart, an event on data some markets lack has its unknown names for unavailable features. */
function silentlyAbsent(
  spec: SpecOf<typeof event>,
  definitions: readonly Definition[],
  self: Known,
): readonly string[] {
  if (spec.needs.every((need) => ALWAYS.has(need))) return [];
  const columns = self && ('columns' in self ? self.columns : self.fields);
  const known = new Set([...(columns ?? []).map((c) => c.name), ...definitions.map((d) => d.id)]);
  return definitions.flatMap((d) => [...namesIn(d.tree)].filter((name) => !known.has(name)));
}

function joined(own: NonNullable<Known>, cross: NonNullable<Known>): NonNullable<Known> {
  if (!('columns' in own) || !('columns' in cross)) return own;
  const names = new Set(own.columns.map((c) => c.name));
  const added = cross.columns.filter((c) => c.name !== 'symbol' && !names.has(c.name));
  return { columns: [...own.columns, ...added] };
}

/** A symbol's features beside its rows of the context, which stand together; joined on equal times. */
function withContext(own: Frame, symbol: string, cross: Frame): Frame {
  const added = cross.names.filter((name) => name !== 'symbol' && !own.has(name));
  const labels = cross.get('symbol');
  if (added.length === 0 || labels.dtype !== 'text') return own;
  const code = labels.words.indexOf(symbol);
  const from = code < 0 ? -1 : labels.codes.indexOf(code);
  const rows = from < 0 ? cross.slice(0, 0) : cross.slice(from, labels.codes.lastIndexOf(code) + 1);
  return joinExact(own, rows, 'ts', added);
}

function symbolOf({ at }: Gathered<Frame>): string {
  return at.symbol ?? Object.values(at)[0] ?? '';
}
