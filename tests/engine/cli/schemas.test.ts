import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { contractSchema, formulaSchema } from '../../../engine/cli/schemas/engine.js';
import { schemaFiles } from '../../../engine/cli/schemas/schemas.js';
import { KEYS } from '../../../engine/expr/composed.js';
import { COLUMN_KEYS, TABLE_KEYS } from '../../../engine/frame/declare.js';
import { loadCatalogue } from '../../../engine/run/plugins.js';
import { currentBuild } from '../../../engine/run/site.js';
import { DESCRIPTIVE } from '../../../engine/sdk/kind.js';
import { CHECKOUT } from '../../kit/project.js';

const { catalogue } = loadCatalogue(currentBuild(CHECKOUT));
const ajv = new Ajv({ allErrors: true, strict: false });
const schemas = new Map(
  [...schemaFiles(CHECKOUT, catalogue)].map(([path, text]): [string, ValidateFunction] => {
    const name = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
    return [name, ajv.compile(JSON.parse(text))];
  }),
);

/** YAML files below a folder of the checkout. */
function yamlIn(folder: string): readonly string[] {
  return readdirSync(join(CHECKOUT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${folder}/${name}`)
    .sort();
}

/** What the schema of its kind finds wrong in a text. */
function faults(text: string): readonly string[] {
  const value: unknown = parse(text);
  const kind = Object.keys(Object(value))[0] ?? '';
  const check = schemas.get(kind);
  if (!check) return [`no schema for "${kind}"`];
  check(value);
  return (check.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
}

const read = (file: string) => readFileSync(join(CHECKOUT, file), 'utf8');

describe('the schemas that editors use', () => {
  it('find nothing wrong in any YAML that ships', () => {
    const files = [...yamlIn('dags'), ...yamlIn('spec')];
    expect(files.length).toBeGreaterThan(150);
    const found = files.flatMap((file) => faults(read(file)).map((fault) => `${file}: ${fault}`));
    expect(found).toEqual([]);
  });

  it.each([
    ['a key of a pipeline', 'dags/smoke.yaml', 'stages:', 'stags:'],
    ['a key of a stage', 'dags/smoke.yaml', 'foreach: symbol', 'forech: symbol'],
    ['a node', 'dags/smoke.yaml', 'use: clean.market', 'use: clean.markt'],
    ['an input', 'dags/smoke.yaml', 'raw: raw.raw', 'rwa: raw.raw'],
    ['a parameter', 'dags/smoke.yaml', 'with: { event: $event,', 'with: { evnt: $event,'],
    ['a param field', 'dags/smoke.yaml', 'min: 0, max: 0.5', 'min: 0, mxa: 0.5'],
    ['a feature', 'spec/features/volatility/rv.yaml', 'expr:', 'exrp:'],
    ['a contract', 'spec/contracts/bars.yaml', 'spacing:', 'spcing:'],
    ['a type', 'spec/contracts/bars.yaml', 'type: bool', 'type: boolean'],
    ['a formula', 'spec/formulas/adx.yaml', 'kind: rows', 'kind: row'],
    ['a market', 'spec/markets/demo.yaml', 'calendar:', 'calender:'],
  ])('find a typo in %s', (_what, file, from, to) => {
    const text = read(file);
    expect(text).toContain(from);
    expect(faults(text.replace(from, to))).not.toEqual([]);
  });

  it('are there for the lines of files that nodes give, once a name', () => {
    const files = [...schemaFiles(CHECKOUT, catalogue)];
    const named = Object.values(catalogue.nodes).flatMap(({ out }) =>
      Object.values(out).flatMap(({ lines }) => (lines ? [lines.name] : [])),
    );
    expect(named).toEqual(['blueprint-line', 'blueprint-line']);
    const [, text = ''] = files.find(([path]) => path === 'spec/schema/blueprint-line.json') ?? [];
    expect(JSON.parse(text)).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      additionalProperties: false,
      properties: {
        entry: { properties: { side: { required: ['times', 'columns', 'formula'] } } },
      },
    });
    expect(schemas.get('blueprint-line')?.({})).toBe(false);
  });

  it('know the fields that the engine itself reads', () => {
    const fields = (schema: unknown) => Object.keys(Object(schema).properties).sort();
    const column = Object(contractSchema).properties.columns.additionalProperties.anyOf[1];
    const all = (keys: readonly string[]) => [...new Set([...keys, ...DESCRIPTIVE])].sort();
    expect(fields(contractSchema)).toEqual(all(TABLE_KEYS));
    expect(fields(column)).toEqual([...COLUMN_KEYS].sort());
    expect(fields(formulaSchema)).toEqual(all(KEYS));
  });
});
