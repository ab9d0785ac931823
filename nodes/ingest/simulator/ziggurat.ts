/** How many layers of equal area the normal density is cut into, and where its tail begins. */
export const LAYERS = 128;
export const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;
const HALF = 2147483648;

/** For each layer: draws below `fits` lie under the density at once, a draw times `width` is the value, `height` the density. */
export interface Ziggurat {
  readonly fits: Float64Array;
  readonly width: Float64Array;
  readonly height: Float64Array;
}

/**
 * The layers for draws of 32 bits with a sign.
 * @see  Marsaglia & Tsang (2000), The Ziggurat Method for Generating Random Variables, J. Statistical Software 5(8)
 */
export function ziggurat(): Ziggurat {
  const fits = new Float64Array(LAYERS);
  const width = new Float64Array(LAYERS);
  const height = new Float64Array(LAYERS);
  let right = TAIL;
  const floor = AREA / density(right);
  fits[0] = (right / floor) * HALF;
  width[0] = floor / HALF;
  height[0] = 1;
  width[LAYERS - 1] = right / HALF;
  height[LAYERS - 1] = density(right);
  for (let i = LAYERS - 2; i >= 1; i--) {
    const next = Math.sqrt(-2 * Math.log(AREA / right + density(right)));
    fits[i + 1] = (next / right) * HALF;
    width[i] = next / HALF;
    height[i] = density(next);
    right = next;
  }
  return { fits, width, height };
}

/** The normal density at x against that at 0. */
function density(x: number): number {
  return Math.exp(-0.5 * x * x);
}
