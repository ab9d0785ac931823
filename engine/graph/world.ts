import type { Place } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import type { KindEntry } from '../sdk/catalogue.js';
import type { Formula } from '../sdk/formula.js';
import type { Json, JsonObject } from '../yaml/value.js';

/** What the coercion of values may ask: kinds and specs by name, and where folders may lie. */
export interface World {
  /** Absolute path of the project. */
  readonly root: string;
  readonly kinds: Readonly<Record<string, KindEntry>>;
  /** Absolute folders outside the project that the command line named; values of `--set` add themselves. */
  readonly folders: Set<string>;
  /** One resolved spec, by id or path. */
  spec(kind: KindEntry, name: string, place: Place, problems: Problems): JsonObject | undefined;
  /** All specs that an id, a path or a glob names, sorted by id; several for a glob and for a spec with `foreach`. */
  specs(
    kind: KindEntry,
    name: string,
    place: Place,
    problems: Problems,
  ): readonly JsonObject[] | undefined;
  /** Is there a spec of that id? Reports it where there is none; the file is not read. */
  exists(kind: KindEntry, id: string, place: Place, problems: Problems): boolean;
  /** The kind of an object that `spec` gave; undefined for other data. */
  kindOf(spec: JsonObject): string | undefined;
}

/** What one coercion works with. */
export interface Coercion {
  readonly world: World;
  readonly problems: Problems;
  /** Values of the `$names` that may stand inside formulas. */
  readonly constants: Readonly<Record<string, Json>>;
  /** `$names` that stay in formulas, for a node to bind. */
  readonly leaves?: readonly string[] | undefined;
}

/** A value in its final form, and the formula it was read from where it is one. */
export interface Made {
  readonly json: Json;
  readonly formula?: Formula | undefined;
}
