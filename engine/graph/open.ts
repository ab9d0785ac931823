import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import type { KindEntry } from '../sdk/catalogue.js';
import type { Open } from '../sdk/kind.js';
import type { ParamSchema, ParamType } from '../sdk/params.js';
import type { Json, JsonObject, YamlMap } from '../yaml/value.js';
import { paramsIn, readFormula } from './formulas.js';

const report = reporter({
  'spec/varies': '"{field}" names "{name}", which is no number under params.',
});

/** What is written there when the spec hangs on no constant. */
const NONE = 'none';

interface Reading {
  readonly map: YamlMap;
  readonly kind: KindEntry;
  readonly constants: Readonly<Record<string, Json>>;
  readonly problems: Problems;
}

/** The constant a spec hangs on most and the formulas that name it, with the name left open; undefined where there is none. */
export function openOf(on: Reading): JsonObject | undefined {
  const name = nameOf(on);
  const value = name === undefined ? undefined : on.constants[name];
  if (name === undefined || typeof value !== 'number') return undefined;
  const formulas = on.map.entries.filter(({ key }) => isFormula(on.kind.fields[key]));
  const clauses = entriesOf(on.map, 'let');
  return {
    name,
    value,
    ...boundsOf(on.map, name),
    fields: opened(formulas, name, on),
    let: opened(clauses, name, on),
  } satisfies JsonOf<Open>;
}

/** As plain data: each formula as its text. */
type JsonOf<T> = Omit<T, 'fields' | 'let'> & Record<'fields' | 'let', Record<string, string>>;

function nameOf({ map, kind, problems }: Reading): string | undefined {
  const field = kind.varies;
  if (field === undefined) return undefined;
  const declared = entriesOf(map, 'params');
  const told = map.entries.find(({ key }) => key === field)?.value;
  if (told?.kind !== 'scalar') return declared[0]?.key;
  const name = String(told.value);
  if (name === NONE) return undefined;
  const numbers = declared.filter(({ value }) => typeof defaultOf(value) === 'number');
  const names = numbers.map(({ key }) => key);
  if (names.includes(name)) return name;
  const hint = suggestion(name, [...names, NONE]);
  problems.add(report('spec/varies', told.place, { field, name }, { hint }));
  return undefined;
}

function opened(entries: YamlMap['entries'], name: string, { constants, problems }: Reading) {
  const naming = entries.filter(({ value }) => paramsIn(value).some((p) => p.name === name));
  return Object.fromEntries(
    naming.flatMap(({ key, value }) => {
      const formula = readFormula(value, constants, `"${key}"`, problems, [name]);
      return formula ? [[key, formula.text]] : [];
    }),
  );
}

/** Bounds and unit of a constant, as far as they are told. */
function boundsOf(map: YamlMap, name: string): Pick<Open, 'min' | 'max' | 'unit'> {
  const declared = entriesOf(map, 'params').find(({ key }) => key === name)?.value;
  const part = (key: string) => (declared ? scalar(declared, key) : undefined);
  const [min, max, unit] = [part('min'), part('max'), part('unit')];
  return {
    ...(typeof min === 'number' ? { min } : {}),
    ...(typeof max === 'number' ? { max } : {}),
    ...(typeof unit === 'string' ? { unit } : {}),
  };
}

type Value = YamlMap['entries'][number]['value'];

function defaultOf(value: Value): Json | undefined {
  return value.kind === 'scalar' ? value.value : scalar(value, 'default');
}

function scalar(value: Value, key: string): Json | undefined {
  if (value.kind !== 'map') return undefined;
  const found = value.entries.find((entry) => entry.key === key)?.value;
  return found?.kind === 'scalar' ? found.value : undefined;
}

function entriesOf(map: YamlMap, key: string): YamlMap['entries'] {
  const found = map.entries.find((entry) => entry.key === key)?.value;
  return found?.kind === 'map' ? found.entries : [];
}

function isFormula(schema: ParamSchema | undefined): boolean {
  const type: ParamType | undefined = schema?.['x-dag'];
  return type?.as === 'optional' ? isFormula(type.of) : type?.as === 'formula';
}
