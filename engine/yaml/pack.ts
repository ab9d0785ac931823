import type { Place } from '../diag/diagnostic.js';
import { readSealed, writeSealed } from '../store/sealed.js';
import { type Parsed, parseYaml } from './parse.js';
import type { Yaml, YamlScalar } from './value.js';

/*
 * Parsed files by the digest of their bytes, kept between processes: parsing is most of what a warm start would do.
 * Only files without a problem are kept. The pack is a mere copy: lost or damaged, it is made again.
 */

/** Changes when the form below or the meaning of a parse does. */
const FORMAT = 3;

/** A tree without names of files: [kind, line, col, length, content]. */
type Packed =
  /** The last number: the column of the text's first character where it stands on one line as it is, else 0. */
  | readonly ['s', number, number, number, string | number | boolean | null, number]
  | readonly ['n', number, number, number]
  | readonly ['l', number, number, number, readonly Packed[]]
  | readonly ['m', number, number, number, readonly PackedEntry[]];
type PackedEntry = readonly [key: string, line: number, col: number, length: number, value: Packed];

/** Parsed YAML of earlier processes. One process at a time wins a race to save it; the others lose nothing but time. */
export class YamlPack {
  readonly #known = new Map<string, Packed>();
  readonly #used = new Map<string, Packed>();
  #loaded = false;
  #added = false;

  constructor(readonly path: string) {}

  /** Parse a text, or take what was made of the same bytes before. */
  parse(text: string, file: string, digest: string): Parsed {
    this.#load();
    const known = this.#known.get(digest);
    if (known) {
      this.#used.set(digest, known);
      return { value: unpack(known, new Reparse(text, file)), problems: [] };
    }
    const parsed = parseYaml(text, file);
    if (parsed.value && parsed.problems.length === 0) {
      this.#used.set(digest, pack(parsed.value));
      this.#added = true;
    }
    return parsed;
  }

  /** Write down what is new. Files that are no longer read drop out once there are as many of them as are read. */
  save(): void {
    if (!this.#added) return;
    const keep =
      this.#known.size > 2 * this.#used.size + 64
        ? this.#used
        : new Map([...this.#known, ...this.#used]);
    this.#added = false;
    writeSealed(this.path, JSON.stringify({ format: FORMAT, files: Object.fromEntries(keep) }));
  }

  #load(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    const text = readSealed(this.path);
    if (text === undefined) return; // everything is parsed, and a new pack saved
    const { format, files } = JSON.parse(text);
    if (format !== FORMAT) return;
    for (const [digest, tree] of Object.entries<Packed>(files)) this.#known.set(digest, tree);
  }
}

/** Places inside scalars are asked for only by problems: then the text is parsed after all. */
class Reparse {
  #scalars: ReadonlyMap<string, YamlScalar> | undefined;

  constructor(
    readonly text: string,
    readonly file: string,
  ) {}

  locate(place: Place, offset: number, length: number): Place {
    if (!this.#scalars) {
      const { value } = parseYaml(this.text, this.file);
      this.#scalars = new Map(
        value ? scalarsIn(value).map((s) => [`${s.place.line}:${s.place.col}`, s]) : [],
      );
    }
    return this.#scalars.get(`${place.line}:${place.col}`)?.locate(offset, length) ?? place;
  }
}

function pack(yaml: Yaml): Packed {
  const { line, col, length } = yaml.place;
  switch (yaml.kind) {
    case 'scalar':
      return Number.isNaN(yaml.value)
        ? ['n', line, col, length]
        : ['s', line, col, length, yaml.value, straight(yaml)];
    case 'list':
      return ['l', line, col, length, yaml.items.map(pack)];
    default:
      return [
        'm',
        line,
        col,
        length,
        yaml.entries.map(
          ({ key, keyPlace: at, value }) => [key, at.line, at.col, at.length, pack(value)] as const,
        ),
      ];
  }
}

function unpack(packed: Packed, text: Reparse): Yaml {
  const [kind, line, col, length] = packed;
  const { file } = text;
  const place = { file, line, col, length };
  const first = kind === 's' ? packed[5] : 0;
  const locate = (offset: number, count: number) =>
    first > 0
      ? { file, line, col: first + offset, length: Math.max(1, count) }
      : text.locate(place, offset, count);
  if (kind === 'n') return { kind: 'scalar', value: Number.NaN, place, locate };
  if (kind === 's') return { kind: 'scalar', value: packed[4], place, locate };
  if (kind === 'l')
    return { kind: 'list', place, items: packed[4].map((item) => unpack(item, text)) };
  const entries = packed[4].map(([key, keyLine, keyCol, keyLength, value]) => ({
    key,
    keyPlace: { file, line: keyLine, col: keyCol, length: keyLength },
    value: unpack(value, text),
  }));
  return { kind: 'map', place, entries };
}

/** Where a text starts whose characters stand side by side on one line, as nearly all do; 0 for others. */
function straight({ value, place, locate }: YamlScalar): number {
  if (typeof value !== 'string' || value.length === 0) return 0;
  const [first, last] = [locate(0, 1), locate(value.length - 1, 1)];
  const side =
    first.line === place.line &&
    last.line === place.line &&
    last.col === first.col + value.length - 1;
  return side ? first.col : 0;
}

function scalarsIn(yaml: Yaml): readonly YamlScalar[] {
  if (yaml.kind === 'scalar') return [yaml];
  return (yaml.kind === 'list' ? yaml.items : yaml.entries.map((e) => e.value)).flatMap(scalarsIn);
}
