import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parseYaml } from '../engine/yaml/parse.js';
import { kinds, nodes } from '../nodes/index.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folders of the engine, top to bottom: each imports only from those below it. */
const ENGINE = [
  'cli',
  'report',
  'pit',
  'run',
  'ledger',
  'plan',
  'graph',
  'sdk',
  'expr',
  'yaml',
  'store',
  'frame',
  'diag',
];
/** What is on the network depends on when it is asked for. */
const CLOCK = 'nodes/ingest/download/clock.ts';
/** Longest file, in lines. */
const LONGEST = 300;

const sources = ['engine', 'nodes', 'tests'].flatMap((folder) => filesIn(folder, /\.(ts|mjs)$/));
const texts = new Map(sources.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

describe('folders', () => {
  it('engine folders import only from those below', () => {
    const wrong = imports('engine/').filter(({ file, to }) => {
      const [from, target] = [levelOf(file), levelOf(to)];
      return from >= 0 && (target < from || !to.startsWith('engine/'));
    });
    expect(wrong).toEqual([]);
  });

  it('every engine folder has its place in the order', () => {
    const folders = readdirSync(join(ROOT, 'engine'), { withFileTypes: true }).filter((e) =>
      e.isDirectory(),
    );
    expect(
      folders
        .map((f) => f.name)
        .filter((f) => f !== 'build')
        .sort(),
    ).toEqual([...ENGINE].sort());
  });

  it('nodes import the SDK, ports, kinds, mathematics and their own area', () => {
    const wrong = imports('nodes/').filter(({ file, to }) => {
      if (file === 'nodes/index.ts')
        return !to.startsWith('nodes/') && to !== 'engine/sdk/index.ts';
      const area = file.split('/').slice(0, 2).join('/');
      const allowed = file.startsWith('nodes/math/')
        ? ['nodes/math/']
        : ['engine/sdk/index.ts', 'nodes/ports.ts', 'nodes/kinds/', 'nodes/math/', `${area}/`];
      return !allowed.some((start) => to.startsWith(start));
    });
    expect(wrong).toEqual([]);
  });

  it('no node imports another node', () => {
    const files = new Set(Object.keys(nodes).map((type) => `nodes/${type.replace('.', '/')}.ts`));
    const wrong = imports('nodes/').filter(
      ({ file, to }) => files.has(to) && file !== 'nodes/index.ts',
    );
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it(`none is longer than ${LONGEST} lines`, () => {
    const long = [...texts].filter(([, text]) => text.split('\n').length - 1 > LONGEST);
    expect(long.map(([file, text]) => `${file}: ${text.split('\n').length - 1}`)).toEqual([]);
  });

  it('a node is called like its file, and the list has all of them', async () => {
    const made = [...texts].filter(
      ([file, text]) => file.startsWith('nodes/') && /^export default defineNode\(/m.test(text),
    );
    const types = made.map(([file]) =>
      file.slice('nodes/'.length, -'.ts'.length).replace('/', '.'),
    );
    expect(Object.keys(nodes).sort()).toEqual(types.sort());
    for (const [type, load] of Object.entries(nodes))
      expect((await load()).default.type).toBe(type);
  });

  it.each([
    ['Math.random', /\bMath\.random\b/, ['engine/expr/', 'engine/frame/', 'engine/sdk/', 'nodes/']],
    [
      'the clock',
      /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/,
      ['engine/expr/', 'engine/frame/', 'engine/graph/', 'engine/sdk/', 'nodes/'],
    ],
    [
      'the environment',
      /\bprocess\.env\b/,
      ['engine/expr/', 'engine/frame/', 'engine/graph/', 'engine/plan/', 'engine/sdk/', 'nodes/'],
    ],
    ['the locale', /\.localeCompare\(|\.toLocale[A-Z]\w*\(|\bIntl\./, ['engine/', 'nodes/']],
    ['Math.pow', /\bMath\.pow\b/, ['engine/', 'nodes/']],
    ['code made of text', /\beval\(|\bnew Function\(/, ['engine/', 'nodes/']],
  ] as const)('%s is not used where outputs are made', (_what, pattern, folders) => {
    const found = [...texts].filter(
      ([file, text]) =>
        file !== CLOCK && folders.some((f) => file.startsWith(f)) && pattern.test(code(text)),
    );
    expect(found.map(([file]) => file)).toEqual([]);
  });

  it('the one file that looks at the clock is read by the download alone', () => {
    const wrong = imports('nodes/').filter(
      ({ file, to }) => to === CLOCK && !/^nodes\/ingest\/download(\.ts|\/)/.test(file),
    );
    expect(wrong).toEqual([]);
  });

  it('powers are taken in the two places that give the same bits everywhere', () => {
    const found = [...texts].filter(
      ([file, text]) =>
        /^(engine\/(expr|frame|graph|plan|sdk|store)|nodes)\//.test(file) &&
        !/power\.ts$|\.mjs$/.test(file) &&
        /[\w)\]] ?\*\* ?[\w(]/.test(code(text)),
    );
    expect(found.map(([file]) => file)).toEqual([]);
  });
});

describe('specs', () => {
  it('each is of a known kind, in the folder of its kind, called like its file', async () => {
    const folders = new Map<string, string>([
      ['contract', 'contracts'],
      ['formula', 'formulas'],
    ]);
    for (const load of Object.values(kinds)) {
      for (const value of Object.values(await load())) {
        const { kind, folder } = Object(value);
        if (typeof kind === 'string' && typeof folder === 'string' && folder !== '')
          folders.set(kind, folder);
      }
    }
    const wrong = filesIn('spec', /\.yaml$/).filter((file) => {
      const { value } = parseYaml(readFileSync(join(ROOT, file), 'utf8'), file);
      const first = value?.kind === 'map' ? value.entries[0] : undefined;
      const id = first?.value.kind === 'scalar' ? String(first.value.value) : undefined;
      const folder = folders.get(first?.key ?? '');
      return (
        folder === undefined || !file.startsWith(`spec/${folder}/`) || !file.endsWith(`/${id}.yaml`)
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe('dependencies', () => {
  it('each has a line that says what it is for', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    );
    const page = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8');
    const missing = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !page.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });
});

interface Import {
  readonly file: string;
  readonly to: string;
}

/** Imports of our own modules by files that start so, static and dynamic, by source path. */
function imports(start: string): readonly Import[] {
  return [...texts].flatMap(([file, text]) => {
    if (!file.startsWith(start) || file.endsWith('.mjs')) return [];
    const found = text.matchAll(/(?:from|import\() ?'(\.{1,2}\/[^']+)'/g);
    return [...found].map(([, specifier = '']) => {
      const path = relative(ROOT, resolve(ROOT, dirname(file), specifier)).replace(/\.js$/, '.ts');
      return { file, to: path };
    });
  });
}

function levelOf(file: string): number {
  const [top, folder = ''] = file.split('/');
  return top === 'engine' ? ENGINE.indexOf(folder) : -1;
}

/** A text without comments and the insides of strings. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''");
}

function filesIn(folder: string, pattern: RegExp): readonly string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}/${name}`)
    .sort();
}
