import { afterAll, describe, expect, it } from '@jest/globals';
import { compile } from '../../../engine/run/compile.js';
import { planPipeline } from '../../../engine/run/plan.js';
import { defineNode, Frame, port } from '../../../engine/sdk/index.js';
import { InlineProject } from '../../kit/run.js';

let world = 1;

/** Gives what the world is at the time; its key cannot name that. */
const looks = defineNode({
  type: 'toy.looks',
  doc: 'Looks outside.',
  time: 'row',
  effects: ['network'],
  in: {},
  out: { frame: port.frame('Rows.') },
  params: {},
  run: () => ({ frame: Frame.of({ x: Float64Array.of(world) }) }),
});
const doubles = defineNode({
  type: 'toy.doubles',
  doc: 'Twice.',
  time: 'row',
  in: { frame: port.frame('Rows.') },
  out: { frame: port.frame('Rows.') },
  params: {},
  run: ({ frame }) => ({
    frame: frame.with(
      'x',
      frame.column('x').map((v) => 2 * v),
    ),
  }),
});

const project = new InlineProject([looks, doubles]);
afterAll(() => project.remove());

describe('a node that looks at the network', () => {
  it('runs every time; who takes from it runs again only if it found something else', async () => {
    project.write({
      'dags/looks.yaml': `dag: looks
doc: The world, and twice the world.
stages:
  looks: { use: toy.looks }
  doubles: { use: toy.doubles, in: { frame: looks.frame } }
out: { frame: doubles.frame }
`,
    });
    const run = async () => {
      const { outcomes, events } = await project.run('dags/looks.yaml');
      const warnings = events.flatMap((e) => (e.event === 'warning' ? [e.problem.code] : []));
      return { outcomes, warnings };
    };
    const all = { outcomes: { looks: 'done', doubles: 'done' }, warnings: [] };
    expect(await run()).toEqual(all);
    expect(await run()).toEqual({ outcomes: { looks: 'done', doubles: 'cached' }, warnings: [] });
    world = 2;
    expect(await run()).toEqual(all);
    world = 1;
    expect(await run()).toEqual({ outcomes: { looks: 'done', doubles: 'cached' }, warnings: [] });
  });

  it('is in every plan, with the reason', async () => {
    const opened = project.open();
    const plan = planPipeline(opened, await compile(opened, 'dags/looks.yaml'));
    const [looked, doubled] = plan.items;
    expect(looked).toMatchObject({ state: 'stale', reasons: [{ kind: 'network' }] });
    expect(doubled).toMatchObject({ state: 'pending' });
  });
});
