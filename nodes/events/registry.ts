import {
  ABSENT,
  type Context,
  type Diagnostic,
  defineNode,
  evaluate,
  many,
  optional,
  port,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
import { detector, isSound, type Seen, usable } from '../kinds/detector.js';
import { event } from '../kinds/event.js';
import { needsProblems, standsAt } from '../kinds/needs.js';
import { definitionsOf, TOLD } from '../kinds/occurrence.js';
import { errorsIn } from '../kinds/programs.js';
import { quality } from '../kinds/quality.js';
import { context, coverage, events, features, funding, nudged } from '../ports.js';
import { coverageOf, coverageShape } from './rows/coverage.js';
import { differences } from './rows/differences.js';
import { divided, veiled, wantedOf } from './rows/looked.js';
import { variantsOf } from './rows/nudged.js';
import { occurrences, type Told } from './rows/occurrences.js';
import { framesOf, readBy, symbolOf } from './rows/rule.js';
import { sideProblems, wrongSides } from './rows/sides.js';
import { type Tally, tallyOf } from './rows/tally.js';

type Event = SpecOf<typeof event>;
interface Params {
  readonly quality?: SpecOf<typeof quality> | undefined;
  readonly spacing: number;
}

export default defineNode({
  type: 'events.registry',
  doc: 'Occurrences of one event in all symbols: where its rule fires after its cooldown, with side and severity; and which come or go when its main threshold is a little lower or higher.',
  time: 'trailing',

  in: {
    features: many(features),
    context: optional(context),
    funding: optional(many(funding)),
  },
  out: {
    events,
    coverage,
    nudged: optional(nudged),
    tally: port.json<Tally>('How often it occurred by symbol, or what it misses.'),
  },
  params: {
    event: t.spec(event, { doc: 'The event to look for.' }),
    quality: t.optional(
      t.spec(quality, {
        doc: 'Tells how far the main threshold is moved; without it nothing is said of other thresholds.',
      }),
    ),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  shape(ins, { event: spec, quality, spacing }, ctx) {
    const moved = quality ? {} : { nudged: ABSENT };
    if (!ins.features) return moved;
    const trees = definitionsOf(spec).map(({ tree }) => tree);
    const { program, problems } = detector(usable(spec, ins, spacing), ins, spacing);
    const stands = standsAt(ins.features, ins.context);
    const claims = needsProblems(spec, trees, stands, problems);
    const told = ins.context ? problems : problems.map(withoutContext);
    ctx.problem(...told, ...claims, ...sideProblems(spec, program));
    return { ...moved, coverage: coverageShape(spec, isSound(program)) };
  },
  reads({ event: spec, spacing }, ins) {
    return ins.features ? readBy(spec, ins, spacing) : {};
  },
  errors: {
    'events/unsound': 'Event {event} does not compile: {problems}.',
    'events/nudge-unsound': 'Event {event} does not compile with {param} at {values}: {problems}.',
    'events/side':
      'The {field} of {event} must be +1, 0 or −1, but in {symbol} it is {found} at {first} ({rows} occurrences in all).',
    'events/other-symbols': 'Features are of {features}, but funding is of {funding}.',
  },

  run({ features: gathered, context: cross, funding: prints }, params, ctx) {
    const { event: given, quality, spacing } = params;
    const symbols = gathered.map(symbolOf);
    const paid = prints?.map(symbolOf) ?? symbols;
    if (paid.join() !== symbols.join()) {
      ctx.refuse('events/other-symbols', { features: symbols, funding: paid });
    }
    const tables = framesOf(gathered, cross, prints);
    const { self, funding: paidTo } = tables[0] ?? {};
    const ports = { features: self, funding: paidTo };
    const spec = usable(given, ports, spacing);
    const { program, variants, whole } = programsOf(spec, ports, params, ctx);
    const flags = [TOLD.kept, ...variants.map(({ column }) => column)];
    const ids = [...new Set([...Object.values(TOLD), ...flags])];
    const sound = isSound(program);
    const wanted = wantedOf(spec, program.reads);
    const { looked, without } = divided(symbols, tables, wanted, program.reads.self ?? []);
    const told = sound
      ? looked.map(({ symbol, frames, since }): Told => {
          const frame = evaluate(whole, frames, ids, { symbol });
          return { symbol, frame: veiled(frame, flags, since) };
        })
      : [];
    const wrong = wrongSides(told);
    if (wrong) ctx.refuse('events/side', { event: spec.id, ...wrong });
    const found = occurrences(spec, spacing, told);
    const seen = new Map(told.map(({ symbol, frame }) => [symbol, frame]));
    const rows = symbols.map((symbol, i) => {
      const ts = tables[i]?.self?.time('ts') ?? [];
      return { symbol, ts, kept: seen.get(symbol)?.flags(TOLD.kept) };
    });
    return {
      events: found,
      coverage: sound ? coverageOf(spec.id, rows) : coverageOf(undefined, []),
      ...(quality && { nudged: differences(spec, spacing, told, variants) }),
      tally: tallyOf(spec, program, found, told, without),
    };
  },
});

/** The rule, and in one program with it the rule under other thresholds: what they have in common is computed once. */
function programsOf(spec: Event, ports: Seen, { quality, spacing }: Params, ctx: Context) {
  const alone = detector(spec, ports, spacing);
  const problems = errorsIn(alone);
  if (problems.length > 0) ctx.refuse('events/unsound', { event: spec.id, problems });
  const { variants, definitions } = variantsOf(spec, quality);
  const whole = detector(spec, ports, spacing, [...definitionsOf(spec), ...definitions]);
  const unsound = errorsIn(whole);
  if (unsound.length > 0) {
    const facts = { param: spec.open?.name ?? '', values: variants.map(({ value }) => value) };
    ctx.refuse('events/nudge-unsound', { event: spec.id, ...facts, problems: unsound });
  }
  return { program: alone.program, whole: whole.program, variants };
}

/** An unknown name may be a feature across symbols, which only a wire brings: the event's file is right then. */
function withoutContext(problem: Diagnostic): Diagnostic {
  if (problem.code !== 'expr/unknown-name') return problem;
  const wire = 'a feature across symbols needs `context: STAGE.context` in the `in:` of the stage';
  const { hint } = problem;
  return { ...problem, hint: hint === undefined ? wire : `${hint}; ${wire}` };
}
