import {
  defineNode,
  evaluate,
  Frame,
  many,
  optional,
  port,
  type Shape,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
import { event } from '../kinds/event.js';
import { columnsIn, withContext } from '../kinds/namespace.js';
import { needsProblems, standsAt } from '../kinds/needs.js';
import { boundFrames, errorsIn, shapeOf } from '../kinds/programs.js';
import { state } from '../kinds/state.js';
import { context, coverage, events, features, funding, states } from '../ports.js';
import { compiledBefore, compiledOver, toldOf } from './rows/compiled.js';
import { columnOf, namedBy, treesOf } from './rows/definitions.js';
import { acrossProblems, fitProblems } from './rows/fit.js';
import { signalNames } from './rows/shapes.js';
import { eventsIn, withSignals } from './rows/signals.js';
import { type StateTally, tallies } from './rows/tallies.js';

export default defineNode({
  type: 'states.table',
  doc: 'Which states one symbol is in at each bar, from its features, its columns across symbols and the events that occurred in it.',
  time: 'trailing',

  in: {
    features,
    context: optional(context),
    funding: optional(funding),
    events,
    coverage: many(coverage),
  },
  out: {
    states,
    tally: port.json<readonly StateTally[]>('How often each state was on, or what it misses.'),
  },
  params: {
    specs: t.list(t.spec(state), { doc: 'States to tell; without any, rows alone.' }),
    events: t.list(t.spec(event), {
      min: 1,
      doc: 'The events that are looked for: what states may name. Only their rules are read here, never again their rows.',
    }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
    symbol: t.text({ doc: 'Whose rows these are.' }),
  },
  shape(ins, { specs, events: known, spacing }, ctx) {
    if (!ins.features) return {};
    const shapes = shapesAt(ins);
    const { program, problems, sources } = compiledBefore(specs, known, shapes, spacing);
    const stands = standsOf(specs, known, shapes);
    const claims = specs.flatMap((s) => [
      ...needsProblems(s, treesOf(s), stands, problems),
      ...fitProblems(s, known),
      ...acrossProblems(s, known),
    ]);
    ctx.problem(...problems, ...claims);
    const told = toldOf(specs, program, sources);
    const columns = told.flatMap((spec) => {
      const column = program.columns.find((c) => c.id === spec.id);
      return column ? [{ ...shapeOf(column), name: columnOf(spec.id), stands: spec.needs }] : [];
    });
    const absent = specs.filter((spec) => !told.includes(spec));
    const ts = { name: 'ts', dtype: 'time', taint: 'feature', delay: 0, nullable: false } as const;
    return {
      states: {
        columns: [ts, ...columns],
        absent: absent.map(({ id, needs }) => ({ name: columnOf(id), stands: needs })),
      },
    };
  },
  reads({ specs, events: known, spacing }, ins) {
    if (!ins.features) return {};
    const { reads } = compiledBefore(specs, known, shapesAt(ins), spacing).program;
    // What a rule names, read or not: a state that is not there tells which of it is missing.
    const named = [...namedBy(specs)];
    const self = [...new Set([...(reads.self ?? []), ...named])];
    const told = (name: string) => named.some((text) => text.endsWith(`.${name}`));
    return {
      features: [...new Set(['ts', ...columnsIn(ins.features, self)])],
      context: [...new Set(['symbol', 'ts', ...columnsIn(ins.context, self)])],
      funding: reads.funding ?? ['ts'],
      events: [
        'event',
        'symbol',
        'ts',
        ...(told('side') ? ['direction'] : []),
        ...(told('severity') ? ['severity'] : []),
      ],
    };
  },
  // Rules of events are for the compiler. The rows of events that can be looked for come with what is known of them.
  concerns: () => ({ events: [] }),
  errors: {
    'states/unsound': 'The states do not compile: {problems}.',
    'states/not-looked-for':
      'State {state} is of {source}, which was not looked for: coverage is of {known}. Name only states of those events.',
  },

  run(
    { features: own, context: cross, funding: prints, events: found, coverage: seen },
    params,
    ctx,
  ) {
    const { specs, spacing, symbol } = params;
    const looked = new Set(seen.flatMap(({ at }) => Object.values(at)));
    const other = specs.find(({ source }) => !looked.has(source));
    if (other) {
      const facts = { state: other.id, source: other.source, known: [...looked].sort() };
      ctx.refuse('states/not-looked-for', facts);
    }
    const named = namedBy(specs);
    const isNamed = (id: string) => signalNames(id).some((name) => named.has(name));
    const known = seen.map(({ value }) => value);
    const sources = new Set(known.flatMap(eventsIn));
    const wanted = known.filter((part) => eventsIn(part).some(isNamed));
    const joined = cross ? withContext(own, symbol, cross) : own;
    const self = withSignals(joined, symbol, found, wanted);
    const compiled = compiledOver(specs, self, prints, spacing);
    const problems = errorsIn(compiled);
    if (problems.length > 0) ctx.refuse('states/unsound', { problems });
    const { program } = compiled;
    const told = toldOf(specs, program, sources);
    const ids = told.map(({ id }) => id);
    const frames = boundFrames({ self, funding: prints });
    const flags = evaluate(program, frames, ids, { symbol });
    const columns = told.map(({ id }) => ({ name: columnOf(id), column: flags.get(id) }));
    const ts = { name: 'ts', column: self.get('ts') };
    return {
      states: Frame.from([ts, ...columns], self.length),
      tally: tallies(specs, told, flags, program.needs, sources),
    };
  },
});

function shapesAt(ins: Readonly<Record<string, Shape | undefined>>) {
  const { features: own, context: cross, funding: prints, coverage: seen } = ins;
  return { features: own, context: cross, funding: prints, coverage: seen };
}

/** What stands behind the names a state may use: features, events by what they need, states by what they say. */
function standsOf(
  specs: readonly SpecOf<typeof state>[],
  known: readonly SpecOf<typeof event>[],
  { features: own, context: cross }: ReturnType<typeof shapesAt>,
) {
  const needs = new Map([...known, ...specs].map((spec) => [spec.id, spec.needs]));
  const columns = standsAt(own, cross);
  return (name: string) => needs.get(name) ?? columns(name);
}
