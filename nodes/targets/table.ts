import { defineNode, evaluate, Frame, t } from '../../engine/sdk/index.js';
import { beside, columnsOf, errorsIn, programOf, shapeOf } from '../kinds/programs.js';
import { target } from '../kinds/target.js';
import { features, targets } from '../ports.js';

export default defineNode({
  type: 'targets.table',
  doc: 'What happened after each decision bar of one symbol: outcomes, which no decision may read.',
  time: 'future',

  in: { features },
  out: { targets },
  params: {
    specs: t.list(t.spec(target), { min: 1, doc: 'Outcomes to compute.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  shape(ins, { specs, spacing }, ctx) {
    if (!ins.features) return {};
    const ports = { self: ins.features };
    const { program, problems } = programOf(specs, ports, spacing, { admit: 'target' });
    ctx.problem(...problems);
    const plain = { dtype: 'time', taint: 'outcome', delay: 0, nullable: false } as const;
    const stamps = [
      { name: 'ts', ...plain },
      { name: 'known', ...plain },
    ];
    return { targets: { columns: [...stamps, ...columnsOf(program, 'symbol').map(shapeOf)] } };
  },
  reads({ specs, spacing }, ins) {
    if (!ins.features) return {};
    const ports = { self: ins.features };
    const { program } = programOf(specs, ports, spacing, { admit: 'target' });
    return { features: program.reads.self ?? ['ts'] };
  },
  errors: {
    'targets/unsound': 'The targets do not compile: {problems}.',
  },

  run({ features: rows }, { specs, spacing }, ctx) {
    const compiled = programOf(specs, { self: rows }, spacing, { admit: 'target' });
    const problems = errorsIn(compiled);
    if (problems.length > 0) ctx.refuse('targets/unsound', { problems });
    const columns = columnsOf(compiled.program, 'symbol');
    const longest = columns.reduce((most, { facts }) => Math.max(most, facts.lookahead), 0);
    const ids = columns.map((c) => c.id);
    const outcomes = evaluate(compiled.program, { self: rows }, ids);
    const ts = rows.time('ts');
    const known = ts.map((time) => time + (longest + 1) * spacing);
    const stamps = Frame.of({
      ts: { dtype: 'time', values: ts },
      known: { dtype: 'time', values: known },
    });
    return { targets: beside(stamps, outcomes) };
  },
});
