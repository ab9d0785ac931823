import {
  type Diagnostic,
  defineNode,
  evaluate,
  many,
  optional,
  port,
  t,
} from '../../engine/sdk/index.js';
import { detector, isSound, usable } from '../kinds/detector.js';
import { event } from '../kinds/event.js';
import { needsProblems, standsAt } from '../kinds/needs.js';
import { definitionsOf, TOLD } from '../kinds/occurrence.js';
import { errorsIn } from '../kinds/programs.js';
import { context, coverage, events, features, funding } from '../ports.js';
import { coverageOf, coverageShape } from './rows/coverage.js';
import { divided, veiled, wantedOf } from './rows/looked.js';
import { occurrences, type Told } from './rows/occurrences.js';
import { framesOf, readBy, symbolOf } from './rows/rule.js';
import { sideProblems, wrongSides } from './rows/sides.js';

/** How often an event occurred, or why it could not be looked for. */
interface Tally {
  readonly [key: string]: unknown;
  readonly event: string;
  readonly family: string;
  readonly available: boolean;
  /** Whether something stands in for data it would want. */
  readonly proxy: boolean;
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
    coverage,
    tally: port.json<Tally>('How often it occurred by symbol, or what it misses.'),
  },
  params: {
    event: t.spec(event, { doc: 'The event to look for.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  shape(ins, { event: spec, spacing }, ctx) {
    if (!ins.features) return {};
    const trees = definitionsOf(spec).map(({ tree }) => tree);
    const { program, problems } = detector(usable(spec, ins, spacing), ins, spacing);
    const stands = standsAt(ins.features, ins.context);
    const claims = needsProblems(spec, trees, stands, problems);
    const told = ins.context ? problems : problems.map(withoutContext);
    ctx.problem(...told, ...claims, ...sideProblems(spec, program));
    return { coverage: coverageShape(spec, isSound(program)) };
  },
  reads({ event: spec, spacing }, ins) {
    return ins.features ? readBy(spec, ins, spacing) : {};
  },
  errors: {
    'events/unsound': 'Event {event} does not compile: {problems}.',
    'events/side':
      'The {field} of {event} must be +1, 0 or −1, but in {symbol} it is {found} at {first} ({rows} occurrences in all).',
    'events/other-symbols': 'Features are of {features}, but funding is of {funding}.',
  },

  run({ features: gathered, context: cross, funding: prints }, { event: given, spacing }, ctx) {
    const symbols = gathered.map(symbolOf);
    const paid = prints?.map(symbolOf) ?? symbols;
    if (paid.join() !== symbols.join()) {
      ctx.refuse('events/other-symbols', { features: symbols, funding: paid });
    }
    const tables = framesOf(gathered, cross, prints);
    const { self, funding: paidTo } = tables[0] ?? {};
    const ports = { features: self, funding: paidTo };
    const spec = usable(given, ports, spacing);
    const result = detector(spec, ports, spacing);
    const problems = errorsIn(result);
    if (problems.length > 0) ctx.refuse('events/unsound', { event: spec.id, problems });
    const { program } = result;
    const ids = Object.values(TOLD);
    const sound = isSound(program);
    const wanted = wantedOf(spec, program.reads);
    const { looked, without } = divided(symbols, tables, wanted, program.reads.self ?? []);
    const told = sound
      ? looked.map(({ symbol, frames, since }): Told => {
          const frame = evaluate(program, frames, ids, { symbol });
          return { symbol, frame: veiled(frame, [TOLD.kept], since) };
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
      proxy: spec.proxy !== undefined,
      needs: [...new Set([...program.needs.keys(), ...missed])].sort(),
      without,
      bars: looked.reduce((sum, { frames }) => sum + (frames.self?.length ?? 0), 0),
      count: found.length,
      by_symbol,
    };
    const seen = new Map(told.map(({ symbol, frame }) => [symbol, frame]));
    const rows = symbols.map((symbol, i) => {
      const ts = tables[i]?.self?.time('ts') ?? [];
      return { symbol, ts, kept: seen.get(symbol)?.flags(TOLD.kept) };
    });
    return {
      events: found,
      coverage: sound ? coverageOf(spec.id, rows) : coverageOf(undefined, []),
      tally,
    };
  },
});

/** An unknown name may be a feature across symbols, which only a wire brings: the event's file is right then. */
function withoutContext(problem: Diagnostic): Diagnostic {
  if (problem.code !== 'expr/unknown-name') return problem;
  const wire = 'a feature across symbols needs `context: STAGE.context` in the `in:` of the stage';
  const { hint } = problem;
  return { ...problem, hint: hint === undefined ? wire : `${hint}; ${wire}` };
}
