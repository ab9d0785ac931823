import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { explain } from '../../engine/cli/shared/explain.js';
import type { Diagnostic } from '../../engine/diag/diagnostic.js';
import { Refusal } from '../../engine/diag/refusal.js';
import { formulaSources } from '../../engine/graph/composed.js';
import { type Compiled, type CompileOptions, compile } from '../../engine/run/compile.js';
import { type Project, shapesOf } from '../../engine/run/project.js';
import type { Plugins } from '../../engine/sdk/catalogue.js';
import type { NodePlugin } from '../../engine/sdk/node.js';
import { Store } from '../../engine/store/store.js';
import { YamlPack } from '../../engine/yaml/pack.js';
import { CHECKOUT } from './project.js';
import { shipped } from './shipped.js';

/** What checking a pipeline gave: the pipeline, if it may run, and every problem. */
export interface Checked {
  readonly compiled: Compiled | undefined;
  readonly problems: readonly Diagnostic[];
}

/** The shipped specs and pipelines in a temporary folder, with the real nodes: checked as `dag check` does it. */
export class Checkout {
  readonly root = mkdtempSync(join(tmpdir(), 'dag-checkout-'));
  readonly #store: Store;

  private constructor(readonly plugins: Plugins) {
    for (const folder of ['spec', 'dags'])
      cpSync(join(CHECKOUT, folder), join(this.root, folder), { recursive: true });
    this.#store = Store.open(join(this.root, 'lake'), { durability: 'relaxed' });
  }

  /** @param more  Nodes of a test, besides the shipped ones. */
  static async make(more: readonly NodePlugin[] = []): Promise<Checkout> {
    return new Checkout(await shipped(more));
  }

  path(file: string): string {
    return join(this.root, file);
  }

  /** Write a file; what stood there before comes back with `restore`. */
  write(file: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    rmSync(this.path(file), { recursive: true, force: true });
    writeFileSync(this.path(file), content);
  }

  /** Bring a file or folder back to what is shipped; what is not shipped is removed. */
  restore(file: string): void {
    rmSync(this.path(file), { recursive: true, force: true });
    const original = join(CHECKOUT, file);
    if (existsSync(original)) cpSync(original, this.path(file), { recursive: true });
  }

  async check(pipeline: string, options: CompileOptions = {}): Promise<Checked> {
    try {
      const compiled = await compile(this.#project(), pipeline, options);
      return { compiled, problems: compiled.warnings };
    } catch (error) {
      if (error instanceof Refusal) return { compiled: undefined, problems: error.diagnostics };
      throw error;
    }
  }

  /** Problems as the command line prints them. */
  printed(problems: readonly Diagnostic[]): string {
    return explain(problems, this.root, false);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #project(): Project {
    const { root, plugins } = this;
    const lake = this.path('lake');
    const formulas = formulaSources(root);
    const pack = new YamlPack(join(lake, 'cache/yaml.json'));
    const shapes = shapesOf({ lake, build: '' }, formulas);
    return { root, lake, build: '', plugins, store: this.#store, formulas, pack, shapes };
  }
}
