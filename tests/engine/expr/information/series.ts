/** Uniform numbers in [0, 1), the same ones for the same seed: Park and Miller's generator. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Roughly normal: the sum of twelve uniform numbers, less six. */
export function normal(next: () => number): number {
  let total = -6;
  for (let k = 0; k < 12; k += 1) total += next();
  return total;
}

/** A level that walks, stands still, steps in whole ticks, or is missing, in stretches of random length. */
export function patchy(seed: number, rows: number, level = 100, step = 1): number[] {
  const next = uniform(seed);
  const out: number[] = [];
  let price = level;
  while (out.length < rows) {
    const mood = next();
    const stretch = 1 + Math.floor(next() * (mood < 0.15 ? 3 : 25));
    for (let k = 0; k < stretch && out.length < rows; k += 1) {
      if (mood >= 0.3) price += step * normal(next);
      if (mood > 0.8) price = Math.round(price / step) * step;
      out.push(mood < 0.15 ? NaN : price);
    }
  }
  return out;
}

/** A walk around a level, without gaps. */
export function walk(seed: number, rows: number, level: number, step: number): number[] {
  const next = uniform(seed);
  let price = level;
  return Array.from({ length: rows }, () => {
    price += step * normal(next);
    return price;
  });
}
