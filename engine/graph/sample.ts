import type { CheckPort } from '../expr/check.js';
import type { Column, Dtype } from '../frame/column.js';
import { textColumn } from '../frame/text.js';
import type { Shape } from '../sdk/node.js';
import type { PortSpec } from '../sdk/port.js';
import type { Json, JsonObject } from '../yaml/value.js';

/**
 * One row or value of the types a port promises, for trying formulas on; undefined where the port does not tell.
 * @param shape  Columns of a frame, as far as they are known.
 */
export function samplePort(spec: PortSpec, shape: Shape | undefined): CheckPort | undefined {
  const one = sampleOne(spec, shape);
  return one && spec.many ? { kind: 'many', ports: [one] } : one;
}

function sampleOne(
  { kind, schema, many }: PortSpec,
  shape: Shape | undefined,
): CheckPort | undefined {
  switch (kind) {
    case 'frame': {
      if (!shape || shape.open) return undefined;
      const columns = new Map(shape.columns.map((c) => [c.name, c.dtype]));
      return {
        kind: 'frame',
        rows: 1,
        names: [...columns.keys()],
        column: (name) => {
          const dtype = columns.get(name);
          return dtype && SAMPLES[dtype];
        },
      };
    }
    case 'json': {
      const value = schema && sampleValue(schema);
      return value === undefined ? undefined : { kind: 'json', value };
    }
    // Ports do not say what a scalar is. Missing goes with every type, but not as a column. Files are text, their names.
    case 'scalar':
      return many ? undefined : { kind: 'scalar', value: null };
    default:
      return { kind: 'scalar', value: 'name' };
  }
}

const SAMPLES: Readonly<Record<Dtype, Column>> = {
  f64: { dtype: 'f64', values: Float64Array.of(1) },
  bool: { dtype: 'bool', values: Uint8Array.of(1) },
  time: { dtype: 'time', values: Float64Array.of(0) },
  text: textColumn(['text']),
};

/** A value that a JSON Schema describes; undefined where the schema leaves open what may stand there. */
function sampleValue(schema: JsonObject): Json | undefined {
  switch (schema.type) {
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    case 'string':
      return 'text';
    case 'array':
      return [];
    case 'object':
      return sampleRecord(schema);
    default:
      return undefined;
  }
}

function sampleRecord({ properties, additionalProperties }: JsonObject): JsonObject | undefined {
  if (!isObject(properties) || additionalProperties !== false) return undefined;
  const fields = Object.entries(properties).map(([name, field]): [string, Json] => {
    return [name, (isObject(field) ? sampleValue(field) : undefined) ?? null];
  });
  return Object.fromEntries(fields);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
