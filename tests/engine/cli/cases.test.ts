import { readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { casesPage } from '../../../engine/cli/reference/cases-page.js';
import { TestProject } from '../../kit/project.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(60_000);

const FILE = 'spec/events/VOLATILITY_TRANSITION/ODD_MOVE.yaml';
const EVENT = `event: ODD_MOVE
family: VOLATILITY_TRANSITION
needs: [perp_ohlcv_5m]
fires: rv_z > 2
cooldown: 3b
side: 1
severity: rv_z
templates: [continuation]
horizons: [60m]
cases:
  - doc: a large move
    rows: { rv_z: [0, 0, 0, 0, 3] }
    fires: { at: [4] }
`;

/** Pipelines that stay, each of which reads all events. */
const READ_BY = ['pit.yaml', 'placebo.yaml', 'parts'];

let project: TestProject;
beforeAll(() => {
  project = new TestProject(['nodes', 'spec', 'dags']);
  // `dag check` compiles every pipeline; what it says of an event is the same wherever all events are read.
  for (const file of readdirSync(project.path('dags')))
    if (!READ_BY.includes(file)) rmSync(project.path('dags', file), { recursive: true });
  project.build();
});
afterAll(() => project.remove());

/** What `dag test` says of the event with one text exchanged. */
async function tested(from = '', to = '') {
  if (!EVENT.includes(from)) throw new Error(`The event does not contain ${from}`);
  project.write({ [FILE]: EVENT.replace(from, to) });
  const ended = await project.dag('test', FILE);
  return { ...ended, file: FILE };
}

describe('dag test', () => {
  it('runs the cases of a spec that is right', async () =>
    expect(await tested()).toMatchObject({
      code: 0,
      out: '1 case in 1 spec: all hold\n',
      err: '',
    }));

  it.each([
    ['an unknown field', 'severity:', 'severty:', ['yaml/unknown-key', 'param/missing-field']],
    ['an id of nothing', '[continuation]', '[nope]', ['spec/unknown']],
    ['a duration without its unit', '[60m]', '[60]', ['param/duration']],
    ['time where bars are counted', 'cooldown: 3b', 'cooldown: 1h', ['param/pattern']],
    ['data nothing stands on', '[perp_ohlcv_5m]', '[perp_ohlcv_5m, funding]', ['needs/unused']],
    ['a formula no case looks at', 'side: 1', 'side: sgn(rv_z)', ['expr/unknown-operator']],
  ])('refuses %s as dag check does, before any case is run', async (_what, from, to, codes) => {
    const { code, out, err } = await tested(from, to);
    const { problems } = JSON.parse((await project.dag('check', '--json')).out);
    expect(out).toMatch(
      /^0 cases in 0 specs: \d problems?; the cases of 1 wrong spec were not run\n$/,
    );
    expect(code).toBe(2);
    for (const wanted of codes) {
      expect(err).toContain(`  ${wanted}\n`);
      expect(problems).toContainEqual(expect.objectContaining({ code: wanted }));
    }
  });

  it('says that nothing was tested where there are no cases, and so does dag check', async () => {
    const cases = EVENT.slice(EVENT.indexOf('cases:'));
    const { code, out, err } = await tested(cases, '');
    expect(out).toBe(`0 cases in 0 specs: nothing was tested; no cases in ${FILE}\n`);
    expect(err).toMatch(/spec\/no-cases[\s\S]*at least three: one that fires, a near miss/);
    expect(code).toBe(0);
    const { problems } = JSON.parse((await project.dag('check', '--json')).out);
    const warned = problems.filter((p: { code: string }) => p.code === 'spec/no-cases');
    expect(warned).toMatchObject([{ severity: 'warning', place: { file: FILE } }]);
  });

  it('wants the family to be the folder', async () => {
    const { code, err } = await tested('family: VOLATILITY_TRANSITION', 'family: VOLATILTY');
    expect(err).toContain(`${FILE}:2:9  spec/group`);
    expect(err).toContain('VOLATILITY_TRANSITION');
    expect(code).toBe(2);
  });

  it('refuses a composed operator that is none, and runs the others', async () => {
    await tested();
    const file = 'spec/formulas/odd.yaml';
    project.write({
      [file]:
        'formula: odd\nargs: { x: { doc: X. } }\nexr: x\nexpr: x\ncases:\n  - { rows: { x: [1] }, gives: [2] }\n',
    });
    const { code, out, err } = await project.dag('test', file, 'spec/formulas/zscore.yaml');
    rmSync(project.path(file));
    expect(err).toContain(`${file}:3:1  yaml/unknown-key`);
    expect(out).toMatch(
      /^\d+ cases? in 1 spec: 1 problem; the cases of 1 wrong spec were not run\n$/,
    );
    expect(code).toBe(2);
  });

  it.each([
    [
      'the cooldown',
      '[0, 0, 0, 0, 3]',
      '[0, 3]',
      'rows 0–1 are not settled yet: cooldown 3b is known after 2 rows in which nothing fires',
    ],
    ['what comes before', '[0, 0, 0, 0, 3]', '[.nan, .nan, 0, 0, 0, 0, 3]', undefined],
    [
      'a column with holes',
      '[0, 0, 0, 0, 3]',
      '[0, 0, 0, 0, .nan]',
      'row 4 is not settled yet: what the formula looks back on must be there first',
    ],
  ])('tells which rows cannot tell yet: %s', async (_what, from, to, why) => {
    const text = EVENT.replace(from, to).replace(
      'at: [4]',
      to === '[0, 3]' ? 'at: [1]' : 'at: [4]',
    );
    project.write({ [FILE]: text });
    const { code, err } = await project.dag('test', FILE);
    expect(err).toContain('it fires in rows [');
    if (why === undefined) expect(err).not.toContain('settled');
    else expect(err).toContain(`hint: ${why}`);
    expect(code).toBe(1);
  });

  it('holds the example of the reference', async () => {
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(casesPage()) ?? [];
    const head = EVENT.slice(0, EVENT.indexOf('fires:')).replace('ODD_MOVE', 'EXAMPLE');
    const rest =
      'params: { limit: 3 }\nseverity: rv_z\ntemplates: [continuation]\nhorizons: [60m]\n';
    const file = FILE.replace('ODD_MOVE', 'EXAMPLE');
    project.write({ [file]: `${head}${rest}${example}` });
    await tested();
    expect(await project.dag('test', file)).toMatchObject({
      out: '1 case in 1 spec: all hold\n',
      err: '',
    });
  });
});
