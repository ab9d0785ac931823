import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendTrials, readTrials } from '../../../engine/ledger/trials.js';
import { defineNode, Frame, port, t, textColumn } from '../../../engine/sdk/index.js';
import { InlineProject, type Ran } from '../../kit/run.js';

const id = (letter: string) => letter.repeat(24);
const trial = (letter: string) => ({ id: id(letter), event: null, template: null });

/** Looks at hypotheses, by letter; those of `spaces` count elsewhere. */
const looks = defineNode({
  type: 'toy.looks',
  doc: 'Looks at hypotheses.',
  time: 'row',
  in: {},
  out: { trials: port.frame('What was looked at.') },
  params: {
    at: t.text({ default: 'abc', doc: 'A letter each.' }),
    spaces: t.optional(t.list(t.text(), { doc: 'Set of each; empty for the common one.' })),
    salt: t.integer({ default: 0, doc: 'Makes another item of it.' }),
  },
  run(_, { at, spaces, salt }) {
    const letters = [...at];
    const ids = Frame.of({ id: textColumn(letters.map(id)), salt: letters.map(() => salt) });
    const named = spaces?.map((name) => name || null);
    return { trials: named ? ids.with('namespace', textColumn(named)) : ids };
  },
});

/** Somebody else adds hypotheses while an item runs. */
let meanwhile: () => void = () => {};

/** Tells how many files of trials it was handed, and how many it looked at itself. */
const tells = defineNode({
  type: 'toy.tells',
  doc: 'Reads what was ever looked at.',
  time: 'fit',
  effects: ['ledger'],
  in: { trials: port.frame('Own ones.') },
  out: { told: port.json('Files, and own rows.') },
  params: {},
  files: (_params, world) => world.trials('main'),
  run({ trials }, _params, ctx) {
    meanwhile();
    return { told: { files: ctx.files.length, own: trials.length } };
  },
});

let project: InlineProject;
beforeEach(() => {
  project = new InlineProject([looks, tells]);
  meanwhile = () => {};
});
afterEach(() => project.remove());
const run = async (params: string): Promise<Ran> => {
  const text = `dag: look
stages:
  look: { use: toy.looks, with: { ${params} } }
  tell: { use: toy.tells, in: { trials: look.trials } }
out: { told: tell.told }
`;
  project.write({ 'dags/look.yaml': text });
  const ran = await project.run('dags/look.yaml');
  expect(ran.exit).toBe(0);
  return ran;
};
const lake = () => join(project.root, 'lake');
const read = (set?: string) => readTrials(lake(), set).map((one) => one.id);
const files = () => readdirSync(join(lake(), 'trials', 'main'));
const told = (ran: Ran) => ran.summary.outs.told?.digest;

describe('what a run looked at', () => {
  it('is remembered in the common set, once however often it is looked at', async () => {
    await run('salt: 1');
    const before = files();
    expect(read()).toEqual(['a', 'b', 'c'].map(id));
    await run('salt: 2');
    expect(files()).toEqual(before);
  });

  it('counts in the set that its row names', async () => {
    await run("spaces: [simulated, '', simulated]");
    expect(read()).toEqual([id('b')]);
    expect(read('simulated')).toEqual(['a', 'c'].map(id));
  });
});

describe('who reads what was ever looked at', () => {
  it('finds in it what this run looked at, and a second run is warm', async () => {
    const first = await run('at: ab');
    expect(first.outcomes).toEqual({ look: 'done', tell: 'done' });
    const second = await run('at: ab');
    expect(second.outcomes).toEqual({ look: 'cached', tell: 'cached' });
    expect(told(second)).toBe(told(first));
  });

  it('runs again when others were looked at since; what is its own stays', async () => {
    const first = await run('at: ab');
    await run('at: cd');
    const third = await run('at: ab');
    expect(third.outcomes).toEqual({ look: 'cached', tell: 'done' });
    expect(told(third)).not.toBe(told(first));
    expect((await run('at: ab')).outcomes).toEqual({ look: 'cached', tell: 'cached' });
    expect(read()).toEqual(['a', 'b', 'c', 'd'].map(id));
  });

  it('is not disturbed by another process that adds some meanwhile: they are for the next run', async () => {
    meanwhile = () => appendTrials(lake(), [trial('e')]);
    expect((await run('at: ab')).outcomes.tell).toBe('done');
    meanwhile = () => {};
    expect((await run('at: ab')).outcomes).toEqual({ look: 'cached', tell: 'done' });
    expect(read()).toEqual(['a', 'b', 'e'].map(id));
  });

  it('a kill after what was looked at is kept, and before its record is, loses nothing', async () => {
    // As after the kill: the set has the hypotheses, and no record tells of them.
    mkdirSync(lake());
    appendTrials(lake(), ['a', 'b'].map(trial));
    const before = files();
    const after = await run('at: ab');
    expect(after.outcomes).toEqual({ look: 'done', tell: 'done' });
    expect(files()).toEqual(before);
    expect((await run('at: ab')).outcomes).toEqual({ look: 'cached', tell: 'cached' });
  });

  it('tells its own ones where the set is gone', async () => {
    await run('at: ab');
    rmSync(join(lake(), 'trials'), { recursive: true });
    expect((await run('at: ab')).outcomes).toEqual({ look: 'cached', tell: 'done' });
  });
});
