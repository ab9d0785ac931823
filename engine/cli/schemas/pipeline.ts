import type { Catalogue, NodeEntry } from '../../sdk/catalogue.js';
import { fieldsSchema, type Schema } from './field.js';

const TEXT: Schema = { type: 'string' };
const FREE = { propertyNames: { pattern: '^[a-z_][a-z0-9_]*$' } };
const REFERENCE: Schema = {
  type: 'string',
  description: 'stage, stage.port, stage.port@ID, stage@dimension=ID or in.port',
};
const CHECK: Schema = {
  type: ['string', 'boolean'],
  description: 'A check formula: one true or false.',
};
const DURATION: Schema = { type: 'string', pattern: '^(0|[1-9][0-9]*)(ms|s|m|h|d|w)$' };
const NAMES: Schema = { anyOf: [TEXT, { type: 'array', items: TEXT }] };

/** The schema of pipelines; what a stage may have under `in` and `with` follows from its `use`. */
export function pipelineSchema({ nodes, kinds }: Catalogue): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'dag',
    description: 'A pipeline.',
    type: 'object',
    required: ['dag', 'stages'],
    additionalProperties: false,
    properties: {
      dag: { type: 'string', description: 'The name; that of the file.' },
      doc: TEXT,
      params: map(
        'Parameters: { type, default, min, max, doc, optional }, or a bare default that gives the type.',
        param(Object.keys(kinds)),
      ),
      profiles: map('Named sets of values for the parameters.', { type: 'object' }),
      dimensions: map(
        'Axes along which stages are repeated: a list, $param, a glob of specs, or stage.port.',
        dimension(),
      ),
      in: map('Inputs of a part: a port type by name.', { anyOf: [TEXT, { type: 'object' }] }),
      stages: map('The stages by name.', stage(Object.values(nodes))),
      out: map('The outputs of the pipeline.', REFERENCE),
    },
  };
}

function map(description: string, values: Schema): Schema {
  return { type: 'object', description, ...FREE, additionalProperties: values };
}

function param(kinds: readonly string[]): Schema {
  const plain = [
    'number',
    'integer',
    'text',
    'boolean',
    'duration',
    'date',
    'span',
    'folder',
    'json',
  ];
  const types = [
    ...plain,
    ...plain.map((t) => `list ${t}`),
    ...kinds.flatMap((k) => [k, `list ${k}`, `spec ${k}`, `list spec ${k}`]),
  ];
  return {
    anyOf: [
      { type: ['number', 'string', 'boolean', 'array'] },
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          type: { anyOf: [{ enum: types }, TEXT] },
          default: {},
          min: { type: ['number', 'string'] },
          max: { type: ['number', 'string'] },
          doc: TEXT,
          optional: { type: 'boolean' },
        },
      },
    ],
  };
}

function dimension(): Schema {
  const over: Schema = { anyOf: [TEXT, { type: 'array' }] };
  return {
    anyOf: [
      TEXT,
      { type: 'array' },
      {
        type: 'object',
        required: ['over'],
        additionalProperties: false,
        properties: { over, where: CHECK },
      },
    ],
  };
}

function stage(nodes: readonly NodeEntry[]): Schema {
  return {
    type: 'object',
    required: ['use'],
    additionalProperties: false,
    properties: {
      foreach: { ...NAMES, description: 'Dimensions of the stage.' },
      use: {
        description: 'A node, or the file of a pipeline.',
        anyOf: [
          ...nodes.map(({ type, doc }) => ({ const: type, description: doc })),
          { type: 'string', pattern: '\\.yaml$' },
        ],
      },
      in: { type: 'object', description: 'Where each input comes from.' },
      with: { type: 'object', description: 'Parameters.' },
      when: { ...CHECK, description: 'Where false, the items and their consumers are skipped.' },
      else: { ...REFERENCE, description: 'A stage whose outputs stand in where `when` is false.' },
      repeat: repeat(),
      expect: expectations(),
      retry: { anyOf: [{ type: 'integer' }, { type: 'object' }] },
      timeout: DURATION,
      after: { ...NAMES, description: 'Stages that run first, without giving anything.' },
      resources: {
        type: 'object',
        additionalProperties: false,
        properties: { threads: { type: 'integer', minimum: 1 }, memory: TEXT },
      },
      publish: {
        type: 'object',
        description: 'Port → folder, or { to, split }.',
        additionalProperties: { anyOf: [TEXT, { type: 'object' }] },
      },
    },
    allOf: nodes.map((node) =>
      Object.fromEntries([
        ['if', { properties: { use: { const: node.type } } }],
        ['then', { properties: ofNode(node) }],
      ]),
    ),
  };
}

function ofNode(node: NodeEntry): Schema {
  const ports = Object.entries(node.in).map(([name, { doc }]) => [
    name,
    { ...REFERENCE, description: doc },
  ]);
  const needed = Object.entries(node.in).filter(([, spec]) => !spec.optional);
  const given = fieldsSchema(node.params);
  return {
    in: {
      type: 'object',
      properties: Object.fromEntries(ports),
      additionalProperties: false,
      ...(needed.length > 0 ? { required: needed.map(([name]) => name) } : {}),
    },
    with: given,
  };
}

function repeat(): Schema {
  return {
    type: 'object',
    required: ['until'],
    additionalProperties: false,
    properties: {
      over: { type: 'object', additionalProperties: { anyOf: [TEXT, { type: 'array' }] } },
      until: CHECK,
      at_most: { type: 'integer', minimum: 1 },
      carry: { type: 'object', additionalProperties: TEXT },
    },
  };
}

function expectations(): Schema {
  const one: Schema = {
    anyOf: [
      CHECK,
      {
        type: 'object',
        required: ['warn'],
        additionalProperties: false,
        properties: { warn: CHECK },
      },
    ],
  };
  return { anyOf: [one, { type: 'array', items: one }] };
}
