import { execFile } from 'node:child_process';
import type { TestProject } from '../kit/project.js';

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
  count: number,
  work: () => Promise<unknown> | unknown,
): Promise<number> {
  return median(
    await times(count, async () => {
      const began = performance.now();
      await work();
      return (performance.now() - began) / 1000;
    }),
  );
}

/** What a measurement gives, several times, one after the other. */
export async function times(
  count: number,
  measure: () => Promise<number>,
): Promise<readonly number[]> {
  const found: number[] = [];
  for (let i = 0; i < count; i++) found.push(await measure());
  return found;
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

/** Runs at the end of a process: prints its largest resident set, KiB. */
const TELL = `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS + '\\n'));`;

/** Bytes of memory that a command line took at most, threads included; without arguments, those of a bare Node. */
export function peakOf(project: TestProject, ...args: readonly string[]): Promise<number> {
  const hook = `data:text/javascript,${encodeURIComponent(TELL)}`;
  const program = args.length === 0 ? ['-e', '0'] : [project.path('dist/dag.js'), ...args];
  return new Promise((done, fail) => {
    const options = { cwd: project.root, maxBuffer: 1 << 28 };
    execFile(process.execPath, ['--import', hook, ...program], options, (error, _out, err) => {
      const peak = /^peak (\d+)$/m.exec(err)?.[1];
      if (error || peak === undefined) fail(error ?? new Error(`No peak was told: ${err}`));
      else done(Number(peak) * 1024);
    });
  });
}
