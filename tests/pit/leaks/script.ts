import { casesOf } from './corpus.js';
import { examined } from './dynamic.js';

/*
 * Runs the two-run test on the nodes of the corpus, outside of Jest, and prints what it found as one line of JSON a case. Arguments
 * name cases; without them all are run.
 */

const wanted = new Set(process.argv.slice(2));
for (const found of [...casesOf('leak'), ...casesOf('clean')]) {
  if (wanted.size > 0 && !wanted.has(found.id)) continue;
  const began = performance.now();
  const result = await examined(found);
  if (!result) continue;
  const { findings, refusals, tallies } = result;
  const told = {
    id: found.id,
    findings: findings.map((f) => ({ test: f.test, how: f.how, was: f.was, is: f.is })),
    refusals,
    cells: tallies.get('removed')?.cells ?? 0,
    ms: Math.round(performance.now() - began),
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
