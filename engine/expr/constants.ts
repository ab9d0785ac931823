import type { Constant } from './types.js';

/** The worked-out constant arguments of one call, by name. Asking for one of another type is a bug of the operator. */
export class Constants {
  readonly #values: ReadonlyMap<string, Constant>;

  constructor(values: ReadonlyMap<string, Constant>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** A number or a count of rows; Infinity for a window of `all`. */
  number(name: string): number {
    const value = this.#values.get(name);
    if (typeof value !== 'number') throw new TypeError(`The argument ${name} is not a number.`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.#values.get(name);
    if (typeof value !== 'boolean') throw new TypeError(`The argument ${name} is not a flag.`);
    return value;
  }

  word(name: string): string {
    const value = this.#values.get(name);
    if (typeof value !== 'string') throw new TypeError(`The argument ${name} is not a word.`);
    return value;
  }

  numbers(name: string): readonly number[] {
    return this.#list(name).map(Number);
  }

  texts(name: string): readonly string[] {
    return this.#list(name).map(String);
  }

  /** Whether a list holds texts; an empty list holds neither. */
  isTextList(name: string): boolean {
    return this.#list(name).some((v) => typeof v === 'string');
  }

  #list(name: string): readonly (number | string)[] {
    const value = this.#values.get(name);
    if (typeof value !== 'object') throw new TypeError(`The argument ${name} is not a list.`);
    return value;
  }

  /** Canonical text of all arguments, in name order: part of a node's identity. */
  get text(): string {
    const names = [...this.#values.keys()].sort();
    return names.map((n) => `${n}=${spell(this.#values.get(n))}`).join(',');
  }
}

function spell(value: Constant | undefined): string {
  if (value === Number.POSITIVE_INFINITY) return 'all';
  if (typeof value === 'object') return `[${value.map(spell).join(',')}]`;
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return String(value);
}
