import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

/*
 * What a result may depend on besides data, as digests:
 *
 *   closure    a plugin and every module under nodes/ that it imports, by any number of steps
 *   operator   an operator and the kernels it imports
 *   kernel     what every node stands on: SDK, frames, the formula runtime, codecs
 *
 * A module's digest is that of its text without types, comments and white space, so that a changed comment changes nothing.
 * Modules that only declare ports and kinds do not count: what a plugin took from them is in its metadata.
 */

const KERNEL = /^engine\/(?:sdk|frame|expr|store\/codecs)\//;
const OPERATORS = /^engine\/expr\/(?:ops|kernels)\//;

/** Digests of modules and the closures made of them. */
export class Closures {
  #digests = new Map();
  #inputs;
  #outputs = new Map();

  /** @param declarations  modules that only declare ports and kinds. */
  constructor(root, metafile, declarations) {
    this.root = root;
    this.declarations = declarations;
    this.#inputs = metafile.inputs;
    for (const output of Object.values(metafile.outputs))
      this.#outputs.set(output.entryPoint, output);
  }

  /** Digest every module that any closure may hold. */
  async read() {
    const wanted = Object.keys(this.#inputs).filter(
      (file) => KERNEL.test(file) || file.startsWith('nodes/'),
    );
    await Promise.all(
      wanted.map(async (file) => {
        const text = await readFile(join(this.root, file), 'utf8');
        const { code } = await transform(text, {
          loader: 'ts',
          minifyWhitespace: true,
          legalComments: 'none',
          target: 'es2022',
        });
        this.#digests.set(file, sha256(code));
      }),
    );
  }

  /** The code of a plugin: `metadata` is what it declares, without words that only describe. */
  plugin(file, metadata) {
    const modules = this.#reach([file], (m) => m.startsWith('nodes/') && !this.declarations.has(m));
    modules[`${file} (ports and params)`] = sha256(JSON.stringify(metadata));
    const packages = this.#packages(file);
    return { closure: digestOf(modules, packages), modules, packages };
  }

  /** The digest of an operator's file. */
  operator(file) {
    return digestOf(
      this.#reach([file], (m) => OPERATORS.test(m)),
      {},
    );
  }

  /** The digest of everything in the engine that gives values, operators apart. */
  kernel(entries) {
    return digestOf(
      this.#reach(entries, (m) => KERNEL.test(m) && !OPERATORS.test(m), true),
      {},
    );
  }

  /** Modules that are imported from `entries`, with their digests; `through` also follows modules that do not count. */
  #reach(entries, counts, through = false) {
    const found = {};
    const seen = new Set();
    const open = [...entries];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      const counted = counts(file);
      if (counted) found[file] = this.#digests.get(file);
      if (counted || through)
        open.push(
          ...this.#imports(file)
            .filter((i) => !i.external)
            .map((i) => i.path),
        );
    }
    return sorted(found);
  }

  /** Packages imported by modules of a plugin's bundle that can change a value, with their versions. */
  #packages(entry) {
    const left = Object.entries(this.#outputs.get(entry).inputs).filter(
      ([, { bytesInOutput }]) => bytesInOutput > 0,
    );
    const names = left
      .map(([file]) => file)
      .filter((file) => file.startsWith('nodes/') || KERNEL.test(file))
      .flatMap((file) => this.#imports(file))
      .filter((i) => i.external && !i.path.startsWith('node:'))
      .map((i) => packageName(i.path));
    return sorted(Object.fromEntries(names.map((name) => [name, this.#version(name)])));
  }

  #version(name) {
    return JSON.parse(readFileSync(join(this.root, 'node_modules', name, 'package.json'), 'utf8'))
      .version;
  }

  #imports(file) {
    return this.#inputs[file]?.imports ?? [];
  }
}

function packageName(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function digestOf(modules, packages) {
  return sha256(JSON.stringify([Object.entries(modules), Object.entries(packages)]));
}

function sorted(object) {
  return Object.fromEntries(
    Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
