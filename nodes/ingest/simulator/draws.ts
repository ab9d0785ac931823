import type { Random } from '../../../engine/sdk/index.js';
import { LAYERS, TAIL, ziggurat } from './ziggurat.js';

const WORDS = 4294967296;
const ROUNDS = 12;
const { fits, width, height } = ziggurat();

/** The exponential, with mean 1, that a uniform number in [0, 1) stands for. */
export function exponentialAt(uniform: number): number {
  return -Math.log(1 - uniform);
}

/**
 * A fast run of random numbers, begun by one draw of a stream that is addressed by name and day. Worlds draw dozens of numbers
 * a bar, which the addressed streams would take most of the time for.
 * @see  Doty-Humphrey (2010), PractRand, the generator sfc32: 96 bits of state and a counter
 */
export class Draws {
  readonly #state = new Int32Array(4);

  constructor(begin: Random) {
    for (let i = 0; i < 3; i++) this.#state[i] = begin.integer(WORDS);
    this.#state[3] = 1;
    for (let i = 0; i < ROUNDS; i++) this.#next();
  }

  /** Uniform in [0, 1), 32 bits. */
  uniform(): number {
    return (this.#next() >>> 0) / WORDS;
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return exponentialAt(this.uniform());
  }

  /** Standard normal. @see Marsaglia & Tsang (2000), The Ziggurat Method, J. Statistical Software 5(8) */
  normal(): number {
    const across = this.#next();
    const layer = this.#next() & (LAYERS - 1);
    const x = across * (width[layer] ?? 0);
    return Math.abs(across) < (fits[layer] ?? 0) ? x : this.#edge(x, layer);
  }

  /** The one draw of a hundred at the edge of its layer: apart, so that the others are short enough to compile into loops. */
  #edge(x: number, layer: number): number {
    if (layer === 0) return this.#tail(x > 0);
    const [top, base] = [height[layer - 1] ?? 0, height[layer] ?? 0];
    return base + this.uniform() * (top - base) < Math.exp(-0.5 * x * x) ? x : this.normal();
  }

  /** A draw beyond the widest layer. @see Marsaglia (1964), Generating a Variable from the Tail of the Normal Distribution */
  #tail(up: boolean): number {
    for (;;) {
      const beyond = this.exponential() / TAIL;
      if (2 * this.exponential() >= beyond * beyond) return up ? TAIL + beyond : -TAIL - beyond;
    }
  }

  #next(): number {
    const s = this.#state;
    const a = s[0] ?? 0;
    const b = s[1] ?? 0;
    const c = s[2] ?? 0;
    const d = s[3] ?? 0;
    const out = (a + b + d) | 0;
    s[0] = b ^ (b >>> 9);
    s[1] = (c + (c << 3)) | 0;
    s[2] = (((c << 21) | (c >>> 11)) + out) | 0;
    s[3] = (d + 1) | 0;
    return out;
  }
}
