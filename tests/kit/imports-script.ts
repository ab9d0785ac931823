import { stdout } from 'node:process';
import { type Frame, isFrame } from '../../engine/frame/frame.js';
import { type Import, imported } from './imports.js';

/** Runs the imports that its argument lists as JSON, and prints what came of each: rows, span, gaps, warnings. */
const asked: readonly (Import & { readonly id: string; readonly table: string })[] = JSON.parse(
  process.argv[2] ?? '[]',
);
const results: Record<string, unknown> = {};
for (const one of asked) {
  const { outs, warnings, spacing } = await imported(one);
  const value = outs[one.table];
  if (!isFrame(value)) throw new Error(`${one.table} is no table`);
  results[one.id] = { ...told(value, spacing), warnings };
}
stdout.write(JSON.stringify(results));

function told(frame: Frame, spacing: number) {
  const ts = frame.time('ts');
  const steps = Array.from(ts.slice(1), (t, i) => (t - (ts[i] ?? 0)) / spacing);
  const jumps = steps.filter((step) => step > 1);
  const volume = frame.has('volume') ? frame.column('volume') : [];
  const clock = (t = 0) => new Date(t).toISOString().slice(0, 16);
  return {
    rows: ts.length,
    first: clock(ts[0]),
    last: clock(ts[ts.length - 1]),
    gaps: jumps.length,
    missing: jumps.reduce((sum, step) => sum + step - 1, 0),
    doubled: steps.filter((step) => step === 0).length,
    still: volume.filter((v) => v === 0).length,
  };
}
