import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * What a result may depend on besides data, as digests:
 *
 *   closure    a plugin and every module under nodes/ that it imports, by any number of steps
 *   operator   an operator and the kernels it imports
 *   kernel     what every node stands on: SDK, frames, the formula runtime, codecs
 *   pit        the two-run test
 *
 * Modules that only declare ports and kinds do not count: what a plugin took from them is in its metadata.
 */

const KERNEL = /^engine\/(?:sdk|frame|expr|store\/codecs)\//;
const TESTS = /^engine\/pit\//;
const OPERATORS = /^engine\/expr\/(?:ops|kernels)\//;
/** All that nodes take from the engine passes through here. */
export const SDK = 'engine/sdk/index.ts';
/** The two-run test starts here. */
export const PIT = 'engine/pit/pipeline.ts';

/** The closures of a project's modules. */
export class Closures {
  #versions = new Map();

  /** @param declarations  modules that only declare ports and kinds. */
  constructor(root, modules, declarations) {
    this.root = root;
    this.modules = modules;
    this.declarations = declarations;
  }

  /** Whether a module can be part of a closure. */
  static counts(file) {
    return KERNEL.test(file) || TESTS.test(file) || file.startsWith('nodes/');
  }

  /** The code of a plugin: `metadata` is what it declares, without words that only describe. */
  plugin(file, metadata) {
    const modules = this.#reach([file], (m) => m.startsWith('nodes/') && !this.declarations.has(m));
    const packages = this.#packages(Object.keys(modules));
    modules[`${file} (ports and params)`] = sha256(JSON.stringify(metadata));
    return { closure: digestOf(modules, packages), modules, packages };
  }

  /** The digest of an operator's file. */
  operator(file) {
    return digestOf(this.#reach([file], isOperator), {});
  }

  /** The digest of everything in the engine that gives values, operators apart. */
  kernel(entries) {
    const counts = (m) => KERNEL.test(m) && !isOperator(m);
    return digestOf(this.#reach(entries, counts, true), {});
  }

  /** The digest of the two-run test. */
  pit(entry) {
    return digestOf(
      this.#reach([entry], (m) => TESTS.test(m)),
      {},
    );
  }

  /** Packages that can change what a plugin gives: those its modules import, and those behind what they take from the engine. */
  #packages(files) {
    const behind = files.flatMap((file) => this.modules.behind(file, SDK));
    const engine = Object.keys(this.#reach(behind, (m) => KERNEL.test(m)));
    const names = [...files, ...engine].flatMap((file) => this.modules.packages(file));
    return sorted(Object.fromEntries(names.map((name) => [name, this.#version(name)])));
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
      if (counted) found[file] = this.modules.digest(file);
      if (counted || through) open.push(...this.modules.imports(file));
    }
    return sorted(found);
  }

  #version(name) {
    if (!this.#versions.has(name)) {
      const path = join(this.root, 'node_modules', name, 'package.json');
      this.#versions.set(name, JSON.parse(readFileSync(path, 'utf8')).version);
    }
    return this.#versions.get(name);
  }
}

function isOperator(file) {
  return OPERATORS.test(file);
}

function digestOf(modules, packages) {
  return sha256(JSON.stringify([Object.entries(modules), Object.entries(packages)]));
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
