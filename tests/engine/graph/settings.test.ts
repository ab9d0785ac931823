import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from '@jest/globals';
import { stageOf, valueAt, World } from './world.js';

const MAIN = `dag: main
params:
  names: { type: list text, default: [AAA, BBB] }
  span: { type: span, default: { from: 2024-01-01, to: 2024-12-31 } }
  windows: { type: list window, default: [{ id: fast, train: 60d }, { id: slow, train: 90d }] }
  raw: { type: folder, optional: true }
  warmup: 3d
  seed: 7
profiles:
  small: { names: [CCC], warmup: 1d }
dimensions: { name: $names, window: $windows }
stages:
  raw:
    foreach: name
    use: toy.read
    with: { venue: made, name: $name, folder: $raw, span: $span, warmup: $warmup, seed: $seed }
  clean: { foreach: name, use: toy.clean, in: { rows: raw } }
  cuts: { foreach: window, use: toy.cuts, with: { window: $window, span: $span } }
`;
const world = new World();
afterAll(() => world.remove());
const sets = (...texts: readonly string[]) => ({
  sets: texts.map((text) => {
    const [path = '', ...rest] = text.split('=');
    return { path, text: rest.join('=') };
  }),
});
const ids = (graph: ReturnType<typeof world.graph>) =>
  stageOf(graph, 'raw').dims.flatMap(({ points }) =>
    points.kind === 'static' ? points.at(new Map()).map((p) => p.id) : [],
  );

describe('settings of spans', () => {
  const problem = (...texts: readonly string[]) => world.compile(MAIN, sets(...texts)).problems[0];

  it.each([
    ['from', '2025-05-01'],
    ['to', '2023-05-01'],
  ])('blame the %s that was set, not the file', (end, day) =>
    expect(problem(`span.${end}=${day}`)).toMatchObject({
      code: 'param/span',
      place: { file: `--set span.${end}=${day}`, col: `--set span.${end}=`.length + 1 },
    }),
  );

  it.each([
    ['2024-02-01..2024-03-01', '--set span.from=2024-02-01 --set span.to=2024-03-01'],
    ['2024', '--set span.from=2024-01-01 --set span.to=2024-12-31'],
  ])('are set by their ends, not as %s', (text, hint) =>
    expect(problem(`span=${text}`)).toMatchObject({
      code: 'param/type',
      hint: `set the ends: ${hint}`,
    }),
  );
});

describe('settings', () => {
  it('come after the profile, which comes after defaults', () => {
    expect(ids(world.graph(MAIN))).toEqual(['AAA', 'BBB']);
    expect(ids(world.graph(MAIN, { profile: 'small' }))).toEqual(['CCC']);
    const both = world.graph(MAIN, { profile: 'small', ...sets('names=DDD,EEE') });
    expect(ids(both)).toEqual(['DDD', 'EEE']);
    expect(valueAt(both, 'raw', 'warmup')).toBe(86_400_000);
  });

  it.each([
    ['a value', ['seed=8'], 'raw', 'seed', {}, 8],
    ['zero', ['seed=0'], 'raw', 'seed', {}, 0],
    ['the last one', ['seed=8', 'seed=9'], 'raw', 'seed', {}, 9],
    [
      'a key of a map',
      ['span.to=2024-01-01'],
      'raw',
      'span',
      {},
      { from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 0, 2) },
    ],
    [
      'an item of a list by position',
      ['windows.1.train=1d'],
      'cuts',
      'window',
      { window: 'slow' },
      { id: 'slow', train: 86_400_000, test: 864_000_000 },
    ],
    [
      'an item of a list by id',
      ['windows.slow.test=1d'],
      'cuts',
      'window',
      { window: 'slow' },
      { id: 'slow', train: 7_776_000_000, test: 86_400_000 },
    ],
    ['a parameter of a stage', ['stages.raw.with.seed=3'], 'raw', 'seed', {}, 3],
    [
      'a parameter of a stage that has its default',
      ['stages.clean.with.limit=3'],
      'clean',
      'limit',
      {},
      3,
    ],
    ['a formula of a stage', ['stages.clean.with.where=x>$seed'], 'clean', 'where', {}, 'x > 7'],
    ['a folder outside the project', [`raw=${tmpdir()}`], 'raw', 'folder', {}, tmpdir()],
    ['text with =', ['stages.clean.with.where=x == 3'], 'clean', 'where', {}, 'x == 3'],
  ])('reach %s', (_name, texts, stage, param, at, value) => {
    expect(valueAt(world.graph(MAIN, sets(...texts)), stage, param, at)).toEqual(value);
  });

  it.each([
    ['what is not there', 'sed=3', 'set/unknown', 'did you mean "seed"?'],
    [
      'a stage that is not there',
      'stages.clen.with.limit=3',
      'set/unknown',
      'did you mean "stages.clean.with.limit"?',
    ],
    ['a part of a scalar', 'seed.x=3', 'set/no-part', undefined],
    ['a position that is not there', 'windows.7.train=3d', 'set/no-part', undefined],
    [
      'a parameter the node has not',
      'stages.clean.with.limits=3',
      'graph/unknown-param',
      'did you mean "limit"?',
    ],
    ['a prototype', '__proto__.x=3', 'set/unknown', undefined],
    ['a prototype inside', 'span.__proto__=3', 'param/type', undefined],
    ['nothing', '=3', 'set/unknown', undefined],
  ])('cannot reach %s', (_name, text, code, hint) => {
    const { graph, problems } = world.compile(MAIN, sets(text));
    expect(graph).toBeUndefined();
    expect(problems.map((p) => p.code)).toEqual([code]);
    expect(problems[0]?.place?.file).toBe(`--set ${text}`);
    if (hint !== undefined) expect(problems[0]?.hint).toBe(hint);
  });

  it('names an unknown profile', () => {
    const { problems } = world.compile(MAIN, { profile: 'smal' });
    expect(problems.map((p) => [p.code, p.hint])).toEqual([
      ['graph/unknown-profile', 'did you mean "small"?'],
    ]);
  });
});
