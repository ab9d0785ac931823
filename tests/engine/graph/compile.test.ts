import { afterAll, describe, expect, it } from '@jest/globals';
import { MAIN, PARTS } from './good.js';
import { stageOf, valueAt, World } from './world.js';

const world = new World(PARTS);
afterAll(() => world.remove());

describe('a pipeline that is right', () => {
  const { graph, problems } = world.compile(MAIN);
  it('has no errors, and warns of what is unused', () => {
    expect(problems.filter((p) => p.severity === 'error')).toEqual([]);
    expect(graph).toBeDefined();
  });
});

describe('the graph of a pipeline', () => {
  const graph = world.graph(MAIN);
  const names = (list: readonly { readonly name: string }[]) => list.map((d) => d.name);

  it('has its stages in order, parts expanded in place', () => {
    expect(graph.stages.map((s) => s.path)).toEqual([
      'cuts',
      'raw',
      'clean',
      'columns',
      'hits',
      'events',
      'fold/model',
      'fold/total',
      'sum',
    ]);
  });

  it('gives stages the dimensions around them, each after those it depends on', () => {
    const dims = Object.fromEntries(graph.stages.map((s) => [s.path, names(s.dims)]));
    expect(dims).toEqual({
      cuts: ['window'],
      raw: ['name'],
      clean: ['name'],
      columns: ['name'],
      hits: ['signal'],
      events: [],
      'fold/model': ['window', 'cut', 'depth', 'name'],
      'fold/total': ['window', 'cut', 'depth'],
      sum: [],
    });
  });

  it('shares one dimension between a part and its caller', () => {
    const inside = stageOf(graph, 'fold/model').dims.find((d) => d.name === 'name');
    expect(inside).toBe(stageOf(graph, 'raw').dims[0]);
    expect(graph.dimensions.map((d) => d.id)).toEqual(['name', 'signal', 'window', 'cut', 'depth']);
  });

  it.each([
    ['columns', 'rows', [], ['name'], []],
    ['columns', 'reference', ['name'], [], []],
    ['hits', 'tables', [], [], ['name']],
    ['events', 'events', [], [], ['signal']],
    ['fold/model', 'rows', [], ['name'], []],
    ['fold/model', 'events', [], [], []],
    ['fold/total', 'scores', [], ['window', 'cut', 'depth'], ['name']],
    ['sum', 'scores', [], [], ['window', 'cut', 'depth']],
  ])('aligns input %s.%s', (stage, port, fixed, shared, gathered) => {
    const input = stageOf(graph, stage).inputs.find((i) => i.port === port);
    expect(names(input?.fixed.map((f) => f.dimension) ?? [])).toEqual(fixed);
    expect(names(input?.shared ?? [])).toEqual(shared);
    expect(names(input?.gathered ?? [])).toEqual(gathered);
  });

  it('takes a bare stage as the port of the same name, its only one, or the one called like the stage', () => {
    const source = (stage: string, port: string) => {
      const found = stageOf(graph, stage).inputs.find((i) => i.port === port)?.source;
      return `${found?.stage.path}.${found?.port}`;
    };
    expect(source('clean', 'rows')).toBe('raw.rows');
    expect(source('hits', 'tables')).toBe('columns.table');
    expect(source('fold/model', 'events')).toBe('events.events');
    expect(graph.outs.total?.stage.path).toBe('sum');
  });

  it.each([
    ['raw', 'venue', { name: 'AAA' }, { id: 'made', source: 'made', fee: 0 }],
    ['raw', 'name', { name: 'BBB' }, 'BBB'],
    ['raw', 'folder', {}, undefined],
    ['raw', 'span', {}, { from: Date.UTC(2024, 0, 1), to: Date.UTC(2025, 0, 1) }],
    ['raw', 'warmup', {}, 70 * 86_400_000],
    ['clean', 'limit', {}, 10],
    ['clean', 'where', {}, 'x > 0 and x < 7'],
    [
      'cuts',
      'window',
      { window: 'slow' },
      { id: 'slow', train: 120 * 86_400_000, test: 10 * 86_400_000 },
    ],
    ['fold/model', 'depth', { depth: '2' }, 2],
    ['fold/model', 'how', {}, 'ridge'],
    [
      'hits',
      'signal',
      { signal: 'DROP' },
      { id: 'DROP', fires: 'z < -2', family: 'DOWN', horizons: [300_000] },
    ],
  ])('resolves %s.%s', (stage, param, at, value) => {
    expect(valueAt(graph, stage, param, at)).toEqual(value);
  });

  it('resolves specs: clauses in order, constants bound, instances of foreach, descriptive fields left out', () => {
    expect(valueAt(graph, 'hits', 'signal', { signal: 'JUMP' })).toEqual({
      id: 'JUMP',
      fires: 'rises(far)',
      family: 'UP',
      horizons: [300_000, 3_600_000],
      let: { far: 'z >= 2' },
    });
    expect(valueAt(graph, 'columns', 'columns')).toEqual([
      { id: 'ret_1', expr: 'log(x / lag(x, 1))', unit: 'return' },
      { id: 'ret_12', expr: 'log(x / lag(x, 12))', unit: 'return' },
      { id: 'z', expr: 'x / std(x, 96)' },
    ]);
  });

  it('gives equal points the same object', () => {
    expect(valueAt(graph, 'hits', 'signal', { signal: 'JUMP' })).toBe(
      valueAt(graph, 'hits', 'signal', { signal: 'JUMP' }),
    );
  });

  it('keeps how a stage is run', () => {
    const raw = stageOf(graph, 'raw');
    expect(raw.retry).toEqual({ times: 3, backoff: 2000 });
    expect(raw.timeout).toBe(600_000);
    expect(raw.resources).toEqual({ threads: 2, memory: 2 * 1024 * 1024 * 1024 });
    expect(stageOf(graph, 'sum').after).toEqual([raw]);
    expect(stageOf(graph, 'clean').expect.map((e) => [e.text, e.warn])).toEqual([
      ['rows(rows) > 0', false],
      ['rows(rows) > $seed', true],
    ]);
    expect(stageOf(graph, 'columns').publish.map(({ place: _place, ...rest }) => rest)).toEqual([
      { port: 'table', name: 'table', to: 'lake/columns', split: 'month' },
    ]);
  });

  it('lists every file it read, and the params it was given', () => {
    expect(Object.keys(graph.files)).toEqual([
      'dags/main.yaml',
      'dags/parts/fold.yaml',
      'spec/columns/ret.yaml',
      'spec/columns/z.yaml',
      'spec/contracts/cuts.yaml',
      'spec/contracts/events.yaml',
      'spec/contracts/rows.yaml',
      'spec/signals/DOWN/DROP.yaml',
      'spec/signals/UP/JUMP.yaml',
      'spec/venues/made.yaml',
    ]);
    expect(graph.params).toMatchObject({ lead: 'AAA', seed: 7, depths: [1, 2] });
    expect(Object.keys(graph.contracts).sort()).toEqual(['cuts', 'events', 'rows']);
  });
});
