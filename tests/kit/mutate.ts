import fc from 'fast-check';
import { parse, stringify } from 'yaml';

/** Pieces that mean something to the language, to be put where they do not belong. */
export const PIECES: readonly string[] = [
  ...[
    '$name',
    '$',
    '$$x',
    '@',
    '@AAA',
    ':',
    '{',
    '}',
    '[',
    ']',
    '- ',
    ', ',
    '#',
    "'",
    '"',
    '\n',
    '  ',
    '*',
    '&a',
    '!!js',
  ],
  ...[
    '**/*.yaml',
    'in',
    'in.rows',
    'raw.rows',
    'name',
    'null',
    'true',
    '0',
    '-1',
    '1e400',
    '.nan',
    '.inf',
    '~',
    '../',
    '/etc',
  ],
  ...[
    '__proto__',
    'constructor',
    'spec/columns/*.yaml',
    'spec/features/**/*.yaml',
    'dags/main.yaml',
    'foreach: name',
  ],
  ...[
    'when: x > 1',
    'x y',
    'é',
    '\u2028',
    '\ufeff',
    '\0',
    '\t',
    '\r',
    'ahead(close, 1)',
    '9007199254740993',
    '((((',
    '<<: *a',
    '---\n',
    '|',
    '>',
  ],
];

/** One change of a text. */
export type Mutation = (text: Buffer) => Buffer;

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Some bytes dropped, and others put in their place. */
const bytes = fc
  .tuple(
    share,
    fc.integer({ min: 0, max: 12 }),
    fc.oneof(
      fc.constantFrom(...PIECES).map((piece) => Buffer.from(piece)),
      fc.uint8Array({ maxLength: 4 }).map((b) => Buffer.from(b)),
    ),
  )
  .map(
    ([at, drop, put]): Mutation =>
      (text) => {
        const start = Math.floor(at * text.length);
        return Buffer.concat([text.subarray(0, start), put, text.subarray(start + drop)]);
      },
  );

const LINE_EDITS = ['swap', 'delete', 'double', 'indent', 'outdent', 'join', 'cut'] as const;

/** Whole lines exchanged, dropped, doubled, moved to another depth. */
const lines = fc.tuple(fc.constantFrom(...LINE_EDITS), share, share).map(
  ([edit, a, b]): Mutation =>
    (text) => {
      const all = text.toString('utf8').split('\n');
      const [i, j] = [Math.floor(a * all.length), Math.floor(b * all.length)];
      const [first = '', second = ''] = [all[i], all[j]];
      if (edit === 'swap') [all[i], all[j]] = [second, first];
      if (edit === 'delete') all.splice(i, 1 + (j % 3));
      if (edit === 'double') all.splice(j, 0, first);
      if (edit === 'indent') all[i] = `  ${first}`;
      if (edit === 'outdent') all[i] = first.replace(/^ {1,2}/, '');
      if (edit === 'join') all.splice(i, 2, first + (all[i + 1] ?? ''));
      if (edit === 'cut') all.length = i;
      return Buffer.from(all.join('\n'));
    },
);

const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  Number.NaN,
  Infinity,
  '',
  'x',
  '$name',
  '$',
  'raw.raw',
  '../../x',
  'spec/features/**/*.yaml',
  [],
  {},
  [[]],
  [null],
  { x: 1 },
  ['a', 'a'],
  { from: '2024-01-01', to: '2023-01-01' },
  '2024-02-30',
  '5b',
  '-5m',
  'ahead(close, 3)',
];
const TREE_EDITS = ['delete', 'odd', 'swap', 'copy', 'deepen', 'wrap', 'rename', 'text'] as const;

/** Values of the tree exchanged, dropped, copied elsewhere, made of another type or much deeper. */
const tree = fc
  .tuple(
    fc.constantFrom(...TREE_EDITS),
    share,
    share,
    fc.constantFrom(...ODD),
    fc.integer({ min: 1, max: 80 }),
  )
  .map(
    ([edit, a, b, odd, depth]): Mutation =>
      (text) => {
        const root = parsed(text);
        const spots = spotsOf(root);
        const [one, two] = [
          spots[Math.floor(a * spots.length)],
          spots[Math.floor(b * spots.length)],
        ];
        if (!one || !two) return text;
        const [first, second] = [get(one), get(two)];
        if (edit === 'delete') drop(one);
        if (edit === 'odd') set(one, odd);
        if (edit === 'swap') {
          set(one, second);
          set(two, first);
        }
        if (edit === 'copy') set(one, structuredClone(second));
        if (edit === 'deepen') set(one, deepened(first, depth));
        if (edit === 'wrap') set(one, [first]);
        if (edit === 'text') set(one, JSON.stringify(first) ?? '');
        if (edit === 'rename' && !Array.isArray(one.owner)) {
          drop(one);
          set({ owner: one.owner, key: String(two.key) }, first);
        }
        return written(root, text);
      },
  );

/** One to three changes, one after the other. */
export const mutations: fc.Arbitrary<Mutation> = fc
  .array(fc.oneof(bytes, lines, { arbitrary: tree, weight: 2 }), { minLength: 1, maxLength: 3 })
  .map(
    (list): Mutation =>
      (text) =>
        list.reduce((so_far, mutation) => mutation(so_far), text),
  );

interface Spot {
  readonly owner: unknown[] | Record<string, unknown>;
  readonly key: string | number;
}

function parsed(text: Buffer): unknown {
  try {
    return parse(text.toString('utf8'), { logLevel: 'silent' });
  } catch {
    return undefined; // an earlier change broke the syntax: there is no tree to change
  }
}

/** A tree that contains itself, by a swap of a part with its owner, cannot be written. */
function written(root: unknown, text: Buffer): Buffer {
  try {
    return Buffer.from(stringify(root, { aliasDuplicateObjects: false }));
  } catch {
    return text;
  }
}

function spotsOf(value: unknown): readonly Spot[] {
  if (Array.isArray(value))
    return value.flatMap((item, key) => [{ owner: value, key }, ...spotsOf(item)]);
  if (!isMap(value)) return [];
  return Object.keys(value).flatMap((key) => [{ owner: value, key }, ...spotsOf(value[key])]);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function get({ owner, key }: Spot): unknown {
  return Array.isArray(owner) ? owner[Number(key)] : owner[key];
}

function set({ owner, key }: Spot, value: unknown): void {
  if (Array.isArray(owner)) owner[Number(key)] = value;
  else owner[key] = value;
}

function drop({ owner, key }: Spot): void {
  if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else delete owner[key];
}

function deepened(value: unknown, depth: number): unknown {
  let deep = value;
  for (let i = 0; i < depth; i++) deep = i % 2 === 0 ? [deep] : { deeper: deep };
  return deep;
}
