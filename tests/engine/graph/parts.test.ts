import { afterAll, describe, expect, it } from '@jest/globals';
import { stageOf, valueAt, World } from './world.js';

const PART = `dag: part
in: { rows: { type: rows, per: [name] } }
params: { depth: { type: integer, default: 3 }, floor: 0.5 }
dimensions: { how: [ridge, lasso] }
stages:
  clean: { foreach: name, use: toy.clean, in: { rows: in.rows }, with: { limit: $depth } }
  model:
    foreach: [name, how]
    use: toy.fit
    in: { rows: clean.rows }
    with: { cut: { from: 2024-01-01, to: 2024-02-01 }, depth: $depth, how: $how }
    when: rows(rows) > $floor
  total: { foreach: how, use: toy.sum, in: { scores: model.score } }
  all: { use: toy.sum, in: { scores: total.total } }
out: { score: total.total, rows: clean.rows, sum: all.total }
`;
const BASE = `
params: { depth: 2 }
dimensions: { name: [AAA, BBB], round: [1, 2] }
stages:
  raw: { foreach: name, use: toy.read, with: { venue: made, name: $name, span: { from: 2024-01-01, to: 2024-12-31 }, seed: 1 } }
  base: { foreach: [name, round], use: toy.fit, in: { rows: raw }, with: { cut: { from: 2024-01-01, to: 2024-02-01 } } }
  sums: { foreach: round, use: toy.sum, in: { scores: base.score } }
`;
const main = (stage: string) => `dag: main${BASE}${stage}`;
const world = new World({
  'parts/part.yaml': PART,
  'parts/outer.yaml': `dag: outer
in: { rows: { type: rows, per: [name] }, extra: { type: events, optional: true } }
params: { depth: 1 }
stages:
  inner: { use: parts/part.yaml, in: { rows: in.rows }, with: { depth: $depth } }
  events: { use: toy.merge, in: { events: inner.score } }
out: { score: inner.score }
`,
  'parts/other.yaml': `dag: other
in: { rows: { type: rows } }
params: { depth: 4 }
stages:
  clean: { use: toy.clean, in: { rows: in.rows }, with: { limit: $depth } }
out: { rows: clean.rows, same: in.rows }
`,
  'parts/maybe.yaml': `dag: maybe
in: { rows: rows, events: { type: events, optional: true } }
stages:
  fit: { use: toy.fit, in: { rows: in.rows, events: in.events }, with: { cut: { from: 2024-01-01, to: 2024-02-01 } } }
out: { score: fit.score }
`,
});
afterAll(() => world.remove());

describe('a part', () => {
  const graph = world.graph(
    main(`  a: { foreach: round, use: parts/part.yaml, in: { rows: raw }, with: { depth: $depth }, when: rows(rows) > $round, else: totals, expect: [score > 0, { warn: rows(rows) > 0 }], publish: { score: lake/a }, after: base }
  b: { use: toy.sum, in: { scores: a.score } }
  c: { foreach: name, use: parts/other.yaml, in: { rows: raw } }
  d: { foreach: name, use: toy.clean, in: { rows: c.same } }
  totals: { foreach: [name, round], use: parts/other.yaml, in: { rows: raw } }
out: { sum: b.total }
`),
  );
  const dims = (path: string) => stageOf(graph, path).dims.map((d) => d.id);

  it('has its own dimensions beside those around it', () => {
    expect(dims('a/model')).toEqual(['round', 'name', 'a/how']);
    expect(dims('totals/clean')).toEqual(['name', 'round']);
  });

  it('adds the dimensions of its outputs to what takes them', () => {
    const input = stageOf(graph, 'b').inputs[0];
    expect(input?.source.stage.path).toBe('a/total');
    expect(input?.gathered.map((d) => d.id)).toEqual(['round', 'a/how']);
  });

  it('passes an input on', () => {
    expect(stageOf(graph, 'd').inputs[0]?.source.stage.path).toBe('raw');
  });

  it('gives its params to the stages inside', () => {
    expect(valueAt(graph, 'a/clean', 'limit')).toBe(2);
    expect(valueAt(graph, 'totals/clean', 'limit')).toBe(4);
  });

  it('hands its gate down, which looks at its inputs from outside', () => {
    const gates = stageOf(graph, 'a/model').when;
    expect(gates.map((g) => g.text)).toEqual(['rows(rows) > $round', 'rows(rows) > $floor']);
    const [outer, own] = gates;
    expect(outer?.params.map((p) => [p.name, p.dims.map((d) => d.name)])).toEqual([
      ['round', ['round']],
    ]);
    const looked = outer?.names.rows;
    expect(looked?.kind).toBe('wire');
    if (looked?.kind === 'wire') {
      expect(looked.input.source.stage.path).toBe('raw');
      expect(looked.input.gathered.map((d) => d.name)).toEqual(['name']);
    }
    expect(own?.names.rows).toEqual({ kind: 'in', port: 'rows' });
    expect(own?.params).toEqual([]);
  });

  it('lets each output stand in for that of the same name', () => {
    const stands = (path: string) =>
      stageOf(graph, path).when.map((g) => {
        const by = Object.entries(g.otherwise).map(
          ([port, s]) => `${port}=${s.stage.path}.${s.port}`,
        );
        return by.join();
      });
    expect(stands('a/clean')).toEqual(['rows=totals/clean.rows']);
  });

  it('hands expectations and publishing to the stage that makes the output', () => {
    const total = stageOf(graph, 'a/total');
    expect(total.expect.map((e) => [e.text, e.names])).toEqual([
      ['score > 0', { score: { kind: 'out', port: 'total' } }],
    ]);
    expect(stageOf(graph, 'a/clean').expect.map((e) => e.warn)).toEqual([true]);
    expect(total.publish.map((p) => [p.port, p.name, p.to])).toEqual([
      ['total', 'score', 'lake/a'],
    ]);
  });

  it('comes after what the stage comes after', () => {
    expect(stageOf(graph, 'a/clean').after.map((s) => s.path)).toEqual(['base']);
  });
});

describe('parts within parts', () => {
  it('are expanded with their paths; wrong types inside are told once', () => {
    const { graph, problems } = world.compile(
      main(
        '  x: { use: parts/outer.yaml, in: { rows: raw } }\n  y: { use: parts/outer.yaml, in: { rows: raw } }\n',
      ),
    );
    expect(graph).toBeUndefined();
    expect(problems.map((p) => `${p.place?.file}:${p.place?.line} ${p.code}`)).toEqual([
      'parts/outer.yaml:6 graph/port-kind',
    ]);
  });

  it('may leave optional inputs unbound', () => {
    const text = main('  m: { foreach: name, use: parts/maybe.yaml, in: { rows: raw } }\n');
    expect(stageOf(world.graph(text), 'm/fit').inputs.map((i) => i.port)).toEqual(['rows']);
  });

  it('nest eight deep and no deeper', () => {
    const files: Record<string, string> = {};
    for (let i = 1; i <= 10; i++) {
      const use = i === 10 ? 'toy.read' : `parts/deep${i + 1}.yaml`;
      const more =
        i === 10
          ? ', with: { venue: made, name: AAA, span: { from: 2024-01-01, to: 2024-02-01 }, seed: 1 }'
          : '';
      files[`parts/deep${i}.yaml`] =
        `dag: deep${i}\nstages:\n  s: { use: ${use}${more} }\nout: { rows: s.rows }\n`;
    }
    const deep = new World(files);
    const from = (i: number) =>
      deep.codes(`dag: main\nstages:\n  s: { use: parts/deep${i}.yaml }\n`);
    expect(from(3)).toEqual([]);
    expect(from(1)).toContain('graph/too-nested');
    deep.remove();
  });
});

describe('else of a node', () => {
  it('stands in port by port', () => {
    const text = main(
      '  fit: { foreach: [name, round], use: toy.fit, in: { rows: raw }, with: { cut: { from: 2024-01-01, to: 2024-02-01 } }, when: rows(rows) > 3, else: base }\n',
    );
    const [gate] = stageOf(world.graph(text), 'fit').when;
    expect(Object.keys(gate?.otherwise ?? {})).toEqual(['estimate', 'score', 'model']);
  });
});

describe('repeat', () => {
  it('binds loop variables, which only the node sees', () => {
    const graph = world.graph(
      main(
        '  r: { foreach: round, use: toy.sum, in: { scores: base.score }, with: { digits: $n }, repeat: { over: { n: [1, 2, 3] }, until: total > $n, carry: { start: total } } }\n  s: { foreach: round, use: toy.sum, in: { scores: r.rounds } }\n'.replace(
          's: { foreach: round, ',
          's: { ',
        ),
      ),
    );
    const stage = stageOf(graph, 'r');
    expect(stage.repeat).toMatchObject({
      over: { n: [1, 2, 3] },
      atMost: 3,
      carry: { start: 'total' },
    });
    const digits = stage.params.find((p) => p.name === 'digits');
    expect(digits?.rounds).toEqual(['n']);
    expect([1, 2].map((n) => digits?.at(new Map(), { n }))).toEqual([1, 2]);
    expect(stageOf(graph, 's').inputs[0]?.source.port).toBe('rounds');
  });
});
