import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readTrials, trialsFile } from '../../../engine/ledger/trials.js';
import { defineNode, Frame, port, t, textColumn } from '../../../engine/sdk/index.js';
import { InlineProject } from '../../kit/run.js';

const id = (letter: string) => letter.repeat(24);

/** Looks at hypotheses `a`, `b` and `c`; those of `spaces` count elsewhere. */
const looks = defineNode({
  type: 'toy.looks',
  doc: 'Looks at hypotheses.',
  time: 'row',
  in: {},
  out: { trials: port.frame('What was looked at.') },
  params: {
    spaces: t.optional(t.list(t.text(), { doc: 'Set of each; empty for the common one.' })),
    salt: t.integer({ default: 0, doc: 'Makes another item of it.' }),
  },
  run(_, { spaces, salt }) {
    const ids = Frame.of({ id: textColumn(['a', 'b', 'c'].map(id)), salt: [salt, salt, salt] });
    const named = spaces?.map((name) => name || null);
    return { trials: named ? ids.with('namespace', textColumn(named)) : ids };
  },
});

let project: InlineProject;
beforeEach(() => {
  project = new InlineProject([looks]);
});
afterEach(() => project.remove());
const run = async (params: string) => {
  const text = `dag: look
stages:
  look: { use: toy.looks, with: { ${params} } }
out: { trials: look.trials }
`;
  project.write({ 'dags/look.yaml': text });
  expect((await project.run('dags/look.yaml')).exit).toBe(0);
};
const lake = () => join(project.root, 'lake');

describe('what a run looked at', () => {
  it('is remembered in the common set, once however often it is looked at', async () => {
    await run('salt: 1');
    const before = readFileSync(trialsFile(lake(), 'main'), 'utf8');
    expect(readTrials(lake())).toEqual(['a', 'b', 'c'].map(id));
    await run('salt: 2');
    expect(readFileSync(trialsFile(lake(), 'main'), 'utf8')).toBe(before);
  });

  it('counts in the set that its row names', async () => {
    await run("spaces: [simulated, '', simulated]");
    expect(readTrials(lake())).toEqual([id('b')]);
    expect(readTrials(lake(), 'simulated')).toEqual(['a', 'c'].map(id));
  });
});
