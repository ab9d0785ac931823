/** What a row is to those of a window: with how many it agrees less disagrees, and from how many it is apart in x and in y. */
interface Standing {
  agree: number;
  apartX: number;
  apartY: number;
}

/**
 * Rolling Kendall τ-b over the rows where both series are known. Pairs are counted as whole numbers, added for the row that
 * enters and removed for the one that leaves, so bits do not depend on where the data start.
 * @param out  NaN with fewer than `min` known pairs, and where either side has but one value.
 * @see        Kendall (1945), The treatment of ties in ranking problems, Biometrika 33
 */
export function rollingKendall(
  x: Readonly<Float64Array>,
  y: Readonly<Float64Array>,
  window: number,
  min: number,
  out: Float64Array,
): void {
  const [a, b] = bothKnown(x, y);
  const standing: Standing = { agree: 0, apartX: 0, apartY: 0 };
  let [known, agree, apartX, apartY] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const leaves = i - window;
    const first = Math.max(0, leaves + 1);
    if (leaves >= 0 && !Number.isNaN(a[leaves] ?? Number.NaN)) {
      compare(a, b, leaves, first, i, standing);
      known -= 1;
      agree -= standing.agree;
      apartX -= standing.apartX;
      apartY -= standing.apartY;
    }
    if (!Number.isNaN(a[i] ?? Number.NaN)) {
      compare(a, b, i, first, i, standing);
      known += 1;
      agree += standing.agree;
      apartX += standing.apartX;
      apartY += standing.apartY;
    }
    const most = Math.sqrt(apartX) * Math.sqrt(apartY);
    out[i] = known < min || most === 0 ? Number.NaN : Math.max(-1, Math.min(agree / most, 1));
  }
}

/** The two series with a row missing on both sides where it is on one. */
function bothKnown(
  x: Readonly<Float64Array>,
  y: Readonly<Float64Array>,
): readonly [Float64Array, Float64Array] {
  const a = Float64Array.from(x);
  const b = Float64Array.from(y);
  for (let i = 0; i < a.length; i += 1) {
    if (Number.isNaN(a[i] ?? Number.NaN)) b[i] = Number.NaN;
    else if (Number.isNaN(b[i] ?? Number.NaN)) a[i] = Number.NaN;
  }
  return [a, b];
}

/** Compare one row with those from `from` until before `to`; a missing row is neither above nor below. */
function compare(
  a: Readonly<Float64Array>,
  b: Readonly<Float64Array>,
  row: number,
  from: number,
  to: number,
  standing: Standing,
): void {
  const u = a[row] ?? Number.NaN;
  const v = b[row] ?? Number.NaN;
  let [agree, apartX, apartY] = [0, 0, 0];
  for (let j = from; j < to; j += 1) {
    const s = a[j] ?? Number.NaN;
    const t = b[j] ?? Number.NaN;
    // Without a branch: which way a pair goes is a toss, and a processor guesses wrong half of the time.
    const x = Number(u > s) - Number(u < s);
    const y = Number(v > t) - Number(v < t);
    agree += x * y;
    apartX += x * x;
    apartY += y * y;
  }
  standing.agree = agree;
  standing.apartX = apartX;
  standing.apartY = apartY;
}
