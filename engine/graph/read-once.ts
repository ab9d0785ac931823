import type { Place } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import type { KindEntry } from '../sdk/catalogue.js';
import type { YamlFile } from '../yaml/file.js';
import type { Yaml } from '../yaml/value.js';
import { readSpec, type SpecFile } from './spec-file.js';
import type { World } from './world.js';

/** A spec that another one names and that must be there. */
type Named = readonly [kind: KindEntry, id: string, place: Place];

interface Kept {
  readonly kinds: World['kinds'];
  readonly spec: SpecFile;
  readonly named: readonly Named[];
}

/** By file as it was parsed: one object for as long as its bytes are the same. */
const kept = new WeakMap<YamlFile, Kept>();

/**
 * `readSpec`, but once a process for a file that stays as it is, however many pipelines use it. What is wrong is read again, and
 * so is what holds values of other specs; names of others are looked up again.
 */
export function readOnce(
  file: YamlFile & { readonly value: Yaml },
  stem: string,
  world: World,
  problems: Problems,
): SpecFile {
  const known = kept.get(file);
  const stands = ([kind, id, place]: Named) => world.exists(kind, id, place, new Problems());
  if (known?.kinds === world.kinds && known.named.every(stands)) return known.spec;
  const own = new Problems();
  const watched = new Watched(world);
  const spec = readSpec(file.value, stem, watched, own);
  problems.add(...own.all);
  if (own.all.length === 0 && !watched.looked)
    kept.set(file, { kinds: world.kinds, spec, named: watched.named });
  return spec;
}

/** A world that takes down what it is asked. */
class Watched implements World {
  readonly named: Named[] = [];
  /** Whether it was asked for more than what is there. */
  looked = false;

  constructor(readonly world: World) {}

  get kinds(): World['kinds'] {
    return this.world.kinds;
  }

  exists(kind: KindEntry, id: string, place: Place, problems: Problems): boolean {
    this.named.push([kind, id, place]);
    return this.world.exists(kind, id, place, problems);
  }

  get root(): string {
    return this.#seen.root;
  }

  get folders(): Set<string> {
    return this.#seen.folders;
  }

  spec(...asked: Parameters<World['spec']>): ReturnType<World['spec']> {
    return this.#seen.spec(...asked);
  }

  specs(...asked: Parameters<World['specs']>): ReturnType<World['specs']> {
    return this.#seen.specs(...asked);
  }

  kindOf(...asked: Parameters<World['kindOf']>): ReturnType<World['kindOf']> {
    return this.#seen.kindOf(...asked);
  }

  get #seen(): World {
    this.looked = true;
    return this.world;
  }
}
