/** A stream of random numbers that depends on its address alone: draw `i` is the same whatever was drawn before. */
export interface Random {
  /** The next uniform number in [0, 1), 53 bits. */
  uniform(): number;
  /** The next standard normal number. */
  normal(): number;
  /** The next integer in [0, below). */
  integer(below: number): number;
  /** The stream of draws that belong to one point, e.g. the time of a row: no other draw moves it. */
  at(point: number): Random;
}

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/**
 * Philox 4×32 with ten rounds, a counter-based generator.
 * @param key      two 32-bit words that name the stream.
 * @param counter  four 32-bit words that name the draw; left unchanged.
 * @param out      four words that receive the result.
 * @see            Salmon, Moraes, Dror & Shaw (2011), Parallel Random Numbers: As Easy as 1, 2, 3, SC'11
 */
export function philox(
  key: readonly [number, number],
  counter: Readonly<Uint32Array>,
  out: Uint32Array = new Uint32Array(4),
): Uint32Array {
  let [k0, k1] = key;
  let c0 = counter[0] ?? 0;
  let c1 = counter[1] ?? 0;
  let c2 = counter[2] ?? 0;
  let c3 = counter[3] ?? 0;
  for (let round = 0; round < 10; round++) {
    const h0 = high(M0, c0);
    const l0 = Math.imul(M0, c0);
    const h1 = high(M1, c2);
    const l1 = Math.imul(M1, c2);
    c0 = h1 ^ c1 ^ k0;
    c1 = l1;
    c2 = h0 ^ c3 ^ k1;
    c3 = l0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
  return out;
}

/** High word of a 32 × 32-bit product, by 16-bit halves; every intermediate stays below 2^32. */
function high(a: number, b: number): number {
  const [ah, al, bh, bl] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const mid = ah * bl + ((al * bl) >>> 16);
  const mid2 = al * bh + (mid & 0xffff);
  return ah * bh + (mid >>> 16) + (mid2 >>> 16);
}

/** The stream named by a 64-bit key; `point` addresses one row or draw block within it. */
export function stream(key: readonly [number, number], point = 0): Random {
  const counter = new Uint32Array(4);
  counter[2] = point >>> 0;
  counter[3] = Math.floor(point / 4294967296) >>> 0;
  const words = new Uint32Array(4);
  let used = 4;
  let spare: number | undefined;
  const word = () => {
    if (used >= 4) {
      philox(key, counter, words);
      counter[0] = (counter[0] ?? 0) + 1;
      used = 0;
    }
    return words[used++] ?? 0;
  };
  const uniform = () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992;
  const normal = () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const pair = polar(uniform);
    spare = pair[1];
    return pair[0];
  };
  return {
    uniform,
    normal,
    integer: (below) => Math.floor(uniform() * below),
    at: (where) => stream(key, where),
  };
}

/** Two independent normal draws. @see Marsaglia & Bray (1964), SIAM Review 6(3) */
function polar(uniform: () => number): [number, number] {
  for (;;) {
    const u = 2 * uniform() - 1;
    const v = 2 * uniform() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) {
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      return [u * scale, v * scale];
    }
  }
}
