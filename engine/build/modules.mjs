import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transform } from 'esbuild';

/**
 * The modules of a project as far as results can depend on them: what they import, and digests of their texts without types,
 * comments and white space.
 */
export class Modules {
  #inputs;
  #digests = new Map();
  /** Module → names it takes from others, by their path; `*` for all. */
  #taken = new Map();
  /** Module → name → the module it passes that name on from. */
  #passed = new Map();

  /** @param inputs  of esbuild's metafile. */
  constructor(root, inputs) {
    this.root = root;
    this.#inputs = inputs;
  }

  /** Read the modules whose paths match. */
  async read(matches) {
    await Promise.all(
      Object.keys(this.#inputs)
        .filter(matches)
        .map((file) => this.#read(file)),
    );
  }

  digest(file) {
    return this.#digests.get(file);
  }

  /** Our own modules that one imports, with their source paths. */
  imports(file) {
    return this.#all(file).filter(
      (path) => !path.startsWith('node_modules/') && path in this.#inputs,
    );
  }

  /** Packages that a module imports itself. */
  packages(file) {
    const own = this.#all(file)
      .filter((path) => path.startsWith('node_modules/'))
      .map((path) => path.slice('node_modules/'.length));
    const outside = (this.#inputs[file]?.imports ?? [])
      .filter((i) => i.external && !i.path.startsWith('node:'))
      .map((i) => i.path);
    return [...own, ...outside].map(packageName);
  }

  /** Where the names stand that `file` takes from a module which only passes names on. */
  behind(file, barrel) {
    const passed = this.#passed.get(barrel) ?? new Map();
    const names = this.#taken.get(file)?.get(barrel) ?? [];
    const wanted = names.includes('*') ? [...passed.keys()] : names;
    return wanted.flatMap((name) => passed.get(name) ?? []);
  }

  #all(file) {
    return (this.#inputs[file]?.imports ?? []).filter((i) => !i.external).map((i) => i.path);
  }

  async #read(file) {
    const text = await readFile(join(this.root, file), 'utf8');
    const { code } = await transform(text, {
      loader: 'ts',
      minifyWhitespace: true,
      legalComments: 'none',
      target: 'es2022',
    });
    this.#digests.set(file, createHash('sha256').update(code).digest('hex'));
    this.#taken.set(
      file,
      namesBySource(file, code, /import(?:[\w$]+,)?(\{[^}]*\}|\* ?as [\w$]+)from"(\.[^"]+)"/g),
    );
    const passed = namesBySource(file, code, /export(\{[^}]*\}|\*)from"(\.[^"]+)"/g);
    this.#passed.set(
      file,
      new Map([...passed].flatMap(([source, names]) => names.map((name) => [name, source]))),
    );
  }
}

/** Names in clauses such as `{a,b as c}` by the module they come from; esbuild prints all code in one way. */
function namesBySource(file, code, pattern) {
  const found = new Map();
  for (const [, clause, specifier] of code.matchAll(pattern)) {
    const source = join(dirname(file), specifier).replace(/\.js$/, '.ts');
    const names = clause.startsWith('*')
      ? ['*']
      : clause
          .slice(1, -1)
          .split(',')
          .map((part) => part.split(' as ')[0].trim());
    found.set(source, [...(found.get(source) ?? []), ...names]);
  }
  return found;
}

function packageName(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
