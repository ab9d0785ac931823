import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, defineNode, type Json, loadValidator, t } from '../../engine/sdk/index.js';
import { type Power, powerSchema } from '../kinds/power.js';
import { power } from '../ports.js';

/** The name of the file, as publishing the port of `discovery.power` calls it. */
const FILE = 'power.json';

export default defineNode({
  type: 'ledger.power',
  doc: 'The power of discovery as it was last measured in this lake; nothing where it was not. To measure it takes minutes, so that it is done once, and pages tell what came of it. Reports alone may read it, for it is another one in every lake.',
  time: 'fit',
  effects: ['ledger'],

  in: {},
  out: { power },
  params: {
    folder: t.folder({ doc: `Where the pipeline that measures it publishes ${FILE}.` }),
  },
  files: ({ folder }, world) => world.published(folder, FILE, 'dags/power.yaml'),
  errors: {
    'ledger/no-power':
      '{file} is no measurement of power as this version writes it: {problem}. Measure again: dag run dags/power.yaml.',
  },

  async run(_ins, { folder }, ctx) {
    const [path] = ctx.files;
    if (path === undefined) return { power: [] };
    return { power: await curvesOf(readFileSync(path, 'utf8'), join(folder, FILE), ctx) };
  },
});

/** What the published file holds, held to the schema. @throws ledger/no-power */
async function curvesOf(text: string, file: string, ctx: Context): Promise<readonly Power[]> {
  const wrong = (problem: string) => ctx.refuse('ledger/no-power', { file, problem });
  const validate = await loadValidator();
  const curves = jsonOf(text, wrong);
  const problems = validate(powerSchema, curves);
  return problems.length === 0 && isPower(curves) ? curves : wrong(problems.join('; '));
}

function jsonOf(text: string, wrong: (reason: string) => never): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

/** The schema has said so already; the compiler has not heard it. */
function isPower(value: unknown): value is readonly Power[] {
  return Array.isArray(value);
}
