import { stdout } from 'node:process';
import { type Frame, isFrame } from '../../engine/frame/frame.js';
import type { Step } from '../../nodes/ingest/files/step.js';
import { type Import, imported } from './imports.js';

/** Runs the imports that its argument lists as JSON, and prints what came of each: rows, span, gaps, warnings. */
const asked: readonly (Import & { readonly id: string; readonly table: string })[] = JSON.parse(
  process.argv[2] ?? '[]',
);
const results: Record<string, unknown> = {};
for (const one of asked) {
  const { outs, warnings, step } = await imported(one);
  const value = outs[one.table];
  if (!isFrame(value)) throw new Error(`${one.table} is no table`);
  results[one.id] = { ...told(value, step), warnings };
}
stdout.write(JSON.stringify(results));

function told(frame: Frame, { end }: Step) {
  const ts = frame.time('ts');
  let [gaps, missing, doubled] = [0, 0, 0];
  for (let i = 1; i < ts.length; i++) {
    const [before = 0, now = 0] = [ts[i - 1], ts[i]];
    if (now > end(before)) gaps += 1;
    for (let due = end(before); due < now; due = end(due)) missing += 1;
    if (now === before) doubled += 1;
  }
  const volume = frame.has('volume') ? frame.column('volume') : [];
  const clock = (t = 0) => new Date(t).toISOString().slice(0, 16);
  return {
    rows: ts.length,
    first: clock(ts[0]),
    last: clock(ts[ts.length - 1]),
    gaps,
    missing,
    doubled,
    still: volume.filter((v) => v === 0).length,
  };
}
