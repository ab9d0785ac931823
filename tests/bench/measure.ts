/** One line of a bench's table. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What the ratio compares with, measured in the same run. */
  readonly baseline?: string;
  readonly ratio?: number;
  /** The budget as written in the design, and whether this machine kept it. */
  readonly budget?: string;
  readonly met?: boolean;
}

/** Median seconds of some runs of a piece of work. */
export async function seconds(
  times: number,
  work: () => Promise<unknown> | unknown,
): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await work();
    taken.push((performance.now() - began) / 1000);
  }
  return median(taken);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [
    sorted[Math.max(0, sorted.length % 2 ? middle : middle - 1)],
    sorted[middle],
  ];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
