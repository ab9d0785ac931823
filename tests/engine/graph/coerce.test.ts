import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Problems } from '../../../engine/diag/problems.js';
import { coerce } from '../../../engine/graph/coerce.js';
import type { Given } from '../../../engine/graph/given.js';
import { Project } from '../../../engine/graph/project.js';
import { Specs } from '../../../engine/graph/specs.js';
import { typeOf } from '../../../engine/graph/typetext.js';
import { type ParamSchema, t } from '../../../engine/sdk/params.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import type { Json } from '../../../engine/yaml/value.js';
import { TOYS } from './toys.js';
import { World } from './world.js';

const world = new World({ 'data/x.csv': 'a\n' });
afterAll(() => world.remove());
const { kinds } = TOYS.catalogue;
const place = { file: 'x.yaml', line: 1, col: 1, length: 1 };

function run(schema: ParamSchema, given: Given) {
  const problems = new Problems();
  const specs = new Specs(new Project(world.root), kinds, new Set(['/srv/data']));
  const json = coerce(given, schema, '"x"', { world: specs, problems, constants: { n: 3 } });
  return { json, codes: problems.all.map((p) => p.code) };
}
const yaml = (text: string): Given =>
  parseYaml(text, 'x.yaml').value ?? { kind: 'data', json: null, place };
const words = (text: string): Given => ({ kind: 'words', text, place });
const data = (json: Json): Given => ({ kind: 'data', json, place });
const type = (text: string): ParamSchema =>
  typeOf({ name: text, place }, kinds, new Problems()) ?? t.json();

const DAY = 86_400_000;
const from = Date.UTC(2024, 0, 1);

describe('a value that fits', () => {
  it.each<[string, ParamSchema, Given, Json]>([
    ['number', type('number'), yaml('0'), 0],
    ['number below 0', type('number'), yaml('-1.5'), -1.5],
    ['minus zero is zero', type('number'), yaml('-0.0'), 0],
    ['false is a value', type('boolean'), yaml('false'), false],
    ['whole number', type('integer'), yaml('9007199254740991'), 9_007_199_254_740_991],
    ['text', type('text'), yaml('1000PEPE'), '1000PEPE'],
    ['empty text', type('text'), yaml('""'), ''],
    ['choice', t.choice(['a', 'b']), yaml('b'), 'b'],
    ['duration', type('duration'), yaml('1h30m'), 5_400_000],
    ['no duration', type('duration'), yaml('0d'), 0],
    ['day', type('date'), yaml('2024-02-29'), from + 59 * DAY],
    ['time', type('date'), yaml('2024-01-01T00:05Z'), from + 300_000],
    [
      'span of a day',
      type('span'),
      yaml('{ from: 2024-01-01, to: 2024-01-01 }'),
      { from, to: from + DAY },
    ],
    [
      'span of times',
      type('span'),
      yaml('{ from: 2024-01-01, to: 2024-01-01T12:00Z }'),
      { from, to: from + DAY / 2 },
    ],
    ['folder', type('folder'), yaml('./data/'), 'data'],
    ['allowed folder', type('folder'), yaml('/srv/data/x'), '/srv/data/x'],
    ['list', type('list number'), yaml('[1, 2]'), [1, 2]],
    ['empty list', type('list number'), yaml('[]'), []],
    ['map', type('map duration'), yaml('{ a: 1s }'), { a: 1000 }],
    [
      'record of a kind without files',
      type('window'),
      yaml('{ id: f, train: 1d }'),
      { id: 'f', train: DAY, test: 10 * DAY },
    ],
    [
      'spec by id',
      type('spec venue'),
      yaml('archive'),
      { id: 'archive', source: 'files', fee: 0.001 },
    ],
    [
      'spec by path',
      type('spec venue'),
      yaml('spec/venues/made.yaml'),
      { id: 'made', source: 'made', fee: 0 },
    ],
    [
      'spec that names a spec',
      type('spec desk'),
      yaml('main'),
      { id: 'main', venue: { id: 'made', source: 'made', fee: 0 } },
    ],
    [
      'an instance of a spec',
      type('list spec column'),
      yaml('[ret_12]'),
      [{ id: 'ret_12', expr: 'log(x / lag(x, 12))', unit: 'return' }],
    ],
    ['json', type('json'), yaml('{ a: [1, null, x] }'), { a: [1, null, 'x'] }],
    ['formula', t.formula(), yaml('x>$n  and  y'), 'x > 3 and y'],
    ['number as formula', t.formula(), yaml('-2'), '-2'],
    ['optional', t.optional(t.integer()), yaml('3'), 3],
    ['column names', t.columns('rows'), yaml('[a, b]'), ['a', 'b']],
    ['words: number', type('number'), words('1e-3'), 0.001],
    ['words: text that looks like a number', type('text'), words('12'), '12'],
    ['words: boolean', type('boolean'), words('false'), false],
    ['words: list', type('list text'), words('BTC, ETH'), ['BTC', 'ETH']],
    ['words: list in brackets', type('list number'), words('[1, 2]'), [1, 2]],
    ['words: no items', type('list text'), words(''), []],
    [
      'words: records',
      type('list window'),
      words('[{ id: a, train: 1d, test: 2d }]'),
      [{ id: 'a', train: DAY, test: 2 * DAY }],
    ],
    [
      'words: span',
      type('span'),
      words('{ from: 2024-01-01, to: 2024-01-02 }'),
      { from, to: from + 2 * DAY },
    ],
    ['words: folder', type('folder'), words(tmpdir()), tmpdir()],
    [
      'words: specs',
      type('list spec venue'),
      words('made,archive'),
      [
        { id: 'made', source: 'made', fee: 0 },
        { id: 'archive', source: 'files', fee: 0.001 },
      ],
    ],
    ['words: json', type('json'), words('{ a: 1 }'), { a: 1 }],
    ['data: milliseconds', type('duration'), data(5), 5],
    ['data: half-open span', type('span'), data({ from: 1, to: 2 }), { from: 1, to: 2 }],
    ['data: instant', type('date'), data(from), from],
  ])('%s', (_name, schema, given, json) => {
    expect(run(schema, given)).toEqual({ json, codes: [] });
  });

  it('is final: coercing it again changes nothing', () => {
    for (const [schema, text] of [
      ['span', '{ from: 2024-01-01, to: 2024-01-31 }'],
      ['list window', '[{ id: f, train: 1d }]'],
      ['map duration', '{ a: 3m }'],
      ['date', '2024-01-01'],
    ] as const) {
      const { json } = run(type(schema), yaml(text));
      expect(run(type(schema), data(json ?? null)).json).toEqual(json);
    }
  });
});

const BARS_TEXT = t.text({ pattern: '^[1-9][0-9]*b$', form: 'a number of bars such as 12b' });

describe('a value that does not fit', () => {
  it.each<[string, ParamSchema, Given, string]>([
    ['nothing', type('number'), yaml('~'), 'param/type'],
    ['not a number', type('number'), yaml('.nan'), 'param/type'],
    ['text for a number', type('number'), yaml('"3"'), 'param/type'],
    ['fraction for a whole number', type('integer'), yaml('1.5'), 'param/type'],
    ['too small', t.number({ min: 1 }), yaml('0'), 'param/bounds'],
    ['too large', t.number({ max: 1 }), yaml('1.1'), 'param/bounds'],
    ['not above', t.number({ above: 0 }), yaml('0'), 'param/bounds'],
    ['number for text', type('text'), yaml('3'), 'param/type'],
    ['yes', type('boolean'), yaml('yes'), 'param/type'],
    ['choice', t.choice(['ridge', 'lasso']), yaml('ridg'), 'param/choice'],
    ['pattern', t.text({ pattern: '^[A-Z]+$', form: 'capitals' }), yaml('abc'), 'param/pattern'],
    ['number for a pattern', BARS_TEXT, yaml('12'), 'param/type'],
    ['unit', t.unit(), yaml('bp'), 'unit/unknown'],
    ['duration without unit', type('duration'), yaml('5'), 'param/duration'],
    ['months', type('duration'), yaml('1mo'), 'param/duration'],
    ['day that is none', type('date'), yaml('2023-02-29'), 'param/date'],
    ['hour that is none', type('date'), yaml('2024-01-01T24:00Z'), 'param/date'],
    ['time without Z', type('date'), yaml('2024-01-01T10:00'), 'param/date'],
    ['span backwards', type('span'), yaml('{ from: 2024-01-02, to: 2024-01-01 }'), 'param/span'],
    ['half a span', type('span'), yaml('{ from: 2024-01-02 }'), 'param/type'],
    [
      'span with more',
      type('span'),
      yaml('{ from: 2024-01-01, to: 2024-01-02, step: 1 }'),
      'param/type',
    ],
    ['folder outside', type('folder'), yaml('../x'), 'param/folder-outside'],
    ['words: no folder', type('folder'), words('/nowhere/raw'), 'param/no-folder'],
    ['absolute folder', type('folder'), yaml('/etc'), 'param/folder-outside'],
    ['neighbour of an allowed folder', type('folder'), yaml('/srv/data2'), 'param/folder-outside'],
    ['scalar for a list', type('list number'), yaml('3'), 'param/type'],
    ['short list', t.list(t.number(), { min: 2 }), yaml('[1]'), 'param/length'],
    ['long list', t.list(t.number(), { max: 1 }), yaml('[1, 2]'), 'param/length'],
    [
      'field nobody knows',
      type('window'),
      yaml('{ id: f, trian: 1d, train: 1d }'),
      'param/unknown-field',
    ],
    ['field that is missing', type('window'), yaml('{ id: f }'), 'param/missing-field'],
    ['record without id', type('window'), yaml('{ train: 1d }'), 'param/missing-field'],
    ['record with a bad id', type('window'), yaml('{ id: a b, train: 1d }'), 'param/id'],
    ['spec nobody wrote', type('spec venue'), yaml('mad'), 'spec/unknown'],
    ['spec that is a map', type('spec venue'), yaml('{ id: x }'), 'param/type'],
    [
      'spec with several instances',
      t.record({ c: type('spec column') }),
      yaml('{ c: ret }'),
      'spec/several',
    ],
    ['json with not a number', type('json'), yaml('[.nan]'), 'param/not-a-number'],
    ['formula', t.formula(), yaml('x >'), 'expr/expected'],
    ['formula with an unknown name', t.formula(), yaml('x > $m'), 'expr/unknown-param'],
    ['words: not a number', type('number'), words('0x10'), 'param/type'],
    ['words: infinity', type('number'), words('1e999'), 'param/type'],
    ['data: a record without its fields', type('window'), data({ id: 'x' }), 'param/missing-field'],
  ])('%s', (_name, schema, given, code) => {
    const { json, codes } = run(schema, given);
    expect(json).toBeUndefined();
    expect(codes).toEqual([code]);
  });
});
