import type { Shape } from '../sdk/node.js';
import { sha256 } from '../store/digest.js';
import { readSealed, writeSealed } from '../store/sealed.js';
import type { Json } from '../yaml/value.js';
import type { Concerns } from './values.js';

/*
 * What nodes said of their columns, by the digest of all that they were told, kept between processes: to ask all of them again is
 * most of what somebody waits for who has edited one spec. Only what was said without a problem is kept, so that no place is, and
 * nothing that rests on a look into a folder. The pack is a mere copy: lost or damaged, it is made again.
 */

/** Changes when the form below does. */
const FORMAT = 1;
/** Answers that are kept, the latest ones: all shipped pipelines together have some two hundred. */
const KEPT = 600;

/** What the `shape`, `reads` and `concerns` of a node say. */
export interface Said {
  readonly outs: Readonly<Record<string, Shape | undefined>>;
  readonly reads: Readonly<Record<string, readonly string[] | undefined>>;
  readonly concerns?: Concerns | undefined;
}

/** The same with the names of the parameters it rests on, and shapes by their digests: many stages carry the same. */
interface Packed extends Pick<Said, 'reads' | 'concerns'> {
  readonly outs: Readonly<Record<string, string | null>>;
  readonly asked: readonly string[];
}

/** What a node is told. */
export interface Told {
  readonly type: string;
  readonly ins: Readonly<Record<string, Shape | undefined>>;
  readonly params: Readonly<Record<string, Json>>;
  /** Names of parameters that only a run can tell. */
  readonly later: ReadonlySet<string>;
}

/** Of all pipelines together: many ask the same. One process at a time wins a race to save it; the others lose nothing but time. */
export class ShapePack {
  readonly #known = new Map<string, Packed>();
  readonly #used = new Map<string, Packed>();
  readonly #shapes = new Map<string, Shape>();
  readonly #digests = new WeakMap<Shape, string>();
  #added = false;

  #loaded = false;

  /** @param code  stands for the code of all nodes, and for the operators that formulas may call. */
  constructor(
    readonly path: string,
    readonly code: string,
  ) {}

  /** The name of a question; undefined for one that cannot be written down. */
  question({ type, ins, params, later }: Told): string | undefined {
    this.#load();
    const digests = Object.entries(ins).map(([port, s]) => [port, s ? this.#digest(s) : null]);
    if (digests.some(([, digest]) => digest === undefined)) return undefined;
    return sha256(JSON.stringify([type, digests, params, [...later]]));
  }

  /** @param asked  is told which parameters the answer rests on. */
  find(question: string, asked: Set<string>): Said | undefined {
    const packed = this.#used.get(question) ?? this.#known.get(question);
    if (!packed) return undefined;
    this.#used.set(question, packed);
    for (const name of packed.asked) asked.add(name);
    const { outs, reads, concerns } = packed;
    const shapes = Object.entries(outs).map(([port, digest]) => {
      return [port, digest === null ? undefined : this.#shapes.get(digest)] as const;
    });
    return { outs: Object.fromEntries(shapes), reads, concerns };
  }

  keep(question: string, { outs, reads, concerns }: Said, asked: ReadonlySet<string>): void {
    const digests = Object.entries(outs).map(([port, s]) => [port, s ? this.#digest(s) : null]);
    if (digests.some(([, digest]) => digest === undefined)) return;
    const packed = { outs: Object.fromEntries(digests), reads, concerns, asked: [...asked] };
    this.#used.set(question, packed);
    this.#added = true;
  }

  /** Write down what is new. */
  save(): void {
    if (!this.#added) return;
    this.#added = false;
    const old = [...this.#known].filter(([question]) => !this.#used.has(question));
    const said = new Map([...old, ...this.#used].slice(-KEPT));
    const digests = new Set([...said.values()].flatMap(({ outs }) => Object.values(outs)));
    const shapes = [...this.#shapes].filter(([digest]) => digests.has(digest));
    const text = {
      format: FORMAT,
      code: this.code,
      shapes: Object.fromEntries(shapes),
      said: Object.fromEntries(said),
    };
    writeSealed(this.path, JSON.stringify(text));
  }

  #load(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    const text = readSealed(this.path);
    if (text === undefined) return; // every node is asked, and a new pack saved
    const { format, code, shapes, said } = JSON.parse(text);
    if (format !== FORMAT || code !== this.code) return;
    for (const [digest, shape] of Object.entries<Shape>(shapes)) this.#name(shape, digest);
    for (const [question, packed] of Object.entries<Packed>(said))
      this.#known.set(question, packed);
  }

  /** Undefined where JSON would not give back what the shape says. */
  #digest(shape: Shape): string | undefined {
    const known = this.#digests.get(shape);
    if (known !== undefined) return known;
    let exact = true;
    const text = JSON.stringify(shape, (_, value: unknown) => {
      exact &&= typeof value !== 'number' || Number.isFinite(value);
      return value;
    });
    if (!exact) return undefined;
    const digest = sha256(text);
    this.#name(shape, digest);
    return digest;
  }

  /** Equal shapes are one and the same from here on, as far as they come from the pack. */
  #name(shape: Shape, digest: string): void {
    this.#digests.set(shape, digest);
    if (!this.#shapes.has(digest)) this.#shapes.set(digest, shape);
  }
}
