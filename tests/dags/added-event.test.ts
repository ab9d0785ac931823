import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TestProject } from '../kit/project.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(300_000);

const ID = 'THREE_IN_A_ROW';
const FILE = `spec/events/TREND_STRUCTURE/${ID}.yaml`;
const EVENT = `event: ${ID}
family: TREND_STRUCTURE
title: Three bars one way
doc: Three closes in a row, each above (below) the one before; the 58th event, an idea of this test.
needs: [perp_ohlcv_5m]
let:
  up: holds(ret_1 > 0, 3)
  down: holds(ret_1 < 0, 3)
fires: rises(up or down)
cooldown: 6b
side: if(up, 1, if(down, -1, 0))
severity: abs(ret_3)
prevalence: { per_10k_bars: [1, 2000] }
templates: [continuation]
horizons: [15m]
cases:
  - doc: the third bar up
    rows: { ret_1: [{ fill: [-1, 1], rows: 10 }, -1, 1, 1, 1, 1], ret_3: [{ fill: [1], rows: 10 }, 1, 1, 1, 3, 3] }
    fires: { at: [13], side: [1] }
  - doc: two only
    rows: { ret_1: [{ fill: [-1, 1], rows: 10 }, -1, 1, 1, -1, 1], ret_3: [{ fill: [1], rows: 10 }, 1, 1, 1, 1, 1] }
    fires: { at: [] }
  - doc: a second run within 6 bars is dropped
    rows: { ret_1: [{ fill: [-1, 1], rows: 10 }, -1, -1, -1, 1, 1, 1], ret_3: [{ fill: [1], rows: 10 }, 1, 1, -3, 1, 1, 3] }
    fires: { at: [12], side: [-1] }
`;

let project: TestProject;
beforeAll(() => {
  project = new TestProject(['nodes', 'spec', 'dags', 'docs']);
  project.edit(
    'dags/smoke.yaml',
    'spec/events/VOLATILITY_TRANSITION/*.yaml',
    'spec/events/TREND_STRUCTURE/*.yaml',
  );
  project.edit(
    'dags/smoke.yaml',
    'spec/states/VOLATILITY_TRANSITION/*.yaml, events: spec/events/VOLATILITY_TRANSITION/*.yaml',
    'spec/states/TREND_STRUCTURE/*.yaml, events: spec/events/TREND_STRUCTURE/*.yaml',
  );
  project.build();
  // Nothing is built after this line: no code is touched.
  project.write({ [FILE]: EVENT });
});
afterAll(() => project.remove());

/** What a command printed; it must succeed. */
async function dag(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await project.dag(...args);
  if (code !== 0) throw new Error(`dag ${args.join(' ')} ended with ${code}\n${out}${err}`);
  return out;
}

describe('a 58th event that is added as a YAML file alone', () => {
  it('holds its cases, and the pipeline of all events compiles with it', async () => {
    expect(await dag('test', FILE)).toBe('3 cases in 1 spec: all hold\n');
    await dag('check', 'dags/tournament.yaml');
  });

  it('is in the reference and in what editors offer', async () => {
    await dag('docs');
    expect(project.read('docs/reference/events.md')).toContain(`### ${ID}\n`);
    await dag('schema');
    const { definitions } = JSON.parse(project.read('spec/schema/dag.json'));
    const offered = expect.objectContaining({ const: ID });
    expect(definitions.event.anyOf).toContainEqual(offered);
  });

  it('has a registry, is among the merged events and in the report', async () => {
    await dag('run', 'dags/smoke.yaml');
    const sql = `select count(*) as rows from events where event = '${ID}'`;
    const [row] = JSON.parse(await dag('query', sql, '--json'));
    expect(row.rows).toBeGreaterThan(100);
    expect(await dag('show', `registry@${ID}`)).toContain(ID);
    // The page lets long names break.
    expect((await dag('show', 'report.page')).replaceAll('<wbr>', '')).toContain(ID);
  });

  it('has a certificate that it is blind to what comes later', async () => {
    const told = await dag('pit', FILE, '--pipeline', 'dags/smoke.yaml', '--cuts', '2', '--json');
    const { certificates } = JSON.parse(told);
    expect(certificates).toContainEqual(
      expect.objectContaining({ node: 'events.registry', verdict: 'blind' }),
    );
  });
});
