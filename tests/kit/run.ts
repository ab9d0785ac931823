import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CompileOptions, compile } from '../../engine/run/compile.js';
import type { RunEvent } from '../../engine/run/events.js';
import { InlineExecutor } from '../../engine/run/executors/inline.js';
import { type Project, shapesOf } from '../../engine/run/project.js';
import type { RunOptions, RunResult } from '../../engine/run/request.js';
import { runPipeline } from '../../engine/run/run.js';
import type { NodePlugin } from '../../engine/sdk/node.js';
import { Store } from '../../engine/store/store.js';
import { YamlPack } from '../../engine/yaml/pack.js';
import { catalogueOf } from './catalogue.js';

/** Where every item ended, and everything that was told on the way. */
export interface Ran extends RunResult {
  /** Item → outcome. */
  readonly outcomes: Readonly<Record<string, string>>;
  readonly events: readonly RunEvent[];
}

const OPTIONS: RunOptions = {
  threads: 1,
  memory: 2 ** 31,
  failFast: false,
  durability: 'relaxed',
  history: () => new Map(),
};

/** A project in a temporary folder whose nodes are objects of the test; pipelines run in this thread. */
export class InlineProject {
  readonly root = mkdtempSync(join(tmpdir(), 'dag-inline-'));
  nodes: readonly NodePlugin[];

  constructor(nodes: readonly NodePlugin[]) {
    this.nodes = nodes;
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), text);
    }
  }

  /** Opened anew for every use, as another process would. */
  open(): Project {
    const lake = join(this.root, 'lake');
    const plugins = catalogueOf(this.nodes);
    return {
      root: this.root,
      lake,
      build: this.root,
      shapes: shapesOf({ lake, build: this.root }, []),
      plugins,
      store: Store.open(lake, { durability: 'relaxed' }),
      formulas: [],
      pack: new YamlPack(join(lake, 'cache', 'yaml.json')),
    };
  }

  async run(
    file: string,
    options: CompileOptions = {},
    run: Partial<RunOptions> = {},
  ): Promise<Ran> {
    const project = this.open();
    const compiled = await compile(project, file, options);
    const { objects } = project.store;
    const executor = new InlineExecutor({
      load: (type) => project.plugins.load(type),
      objects,
      read: (hash) => objects.read(hash),
    });
    const events: RunEvent[] = [];
    const result = await runPipeline(
      project,
      compiled,
      executor,
      { ...OPTIONS, ...run },
      (event) => events.push(event),
      new AbortController().signal,
    );
    project.store.close();
    const ended = events.flatMap((e) =>
      e.event === 'item-ended' ? [[e.item, e.outcome] as const] : [],
    );
    return { ...result, outcomes: Object.fromEntries(ended), events };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
