import type { KindEntry, NodeEntry } from '../../sdk/catalogue.js';
import type { ParamSchema, ParamSpecs, ParamType } from '../../sdk/params.js';
import type { PortSpec, PortSpecs } from '../../sdk/port.js';

/** A node's page in Markdown, all of it from its metadata. */
export function nodePage(node: NodeEntry): string {
  const facts = [
    `time: \`${node.time}\``,
    ...(node.effects.length > 0 ? [`effects: ${node.effects.join(', ')}`] : []),
    ...(node.windows.length > 0 ? [`windows: ${node.windows.join(', ')}`] : []),
    `[source](../../${node.file})`,
  ];
  const parts = [
    `### ${node.type}`,
    node.doc,
    ...(node.source === undefined ? [] : [`*${node.source}*`]),
    facts.join(' · '),
    ...ports('In', node.in),
    ...ports('Out', node.out),
    ...params('Parameters', node.params),
    ...sentences('Errors', node.errors),
    ...sentences('Warnings', node.warnings),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A kind of spec in Markdown. */
export function kindPage(kind: KindEntry): string {
  const where =
    kind.folder === ''
      ? 'Written inline in a pipeline.'
      : `Files: \`spec/${kind.folder}/**/<id>.yaml\`, first key \`${kind.kind}:\`.`;
  const formulas = kind.formulas
    ? [
        'May have `params:` (constants), `foreach:` (one instance a value), `let:` (named clauses) and [`cases:`](#cases) (examples).',
        ...(kind.leaves
          ? [
              `Formulas also know ${kind.leaves.map((name) => `\`$${name}\``).join(', ')}; a case says under \`with:\` what they are.`,
            ]
          : []),
      ]
    : [];
  return `${[`### ${kind.kind}`, kind.doc, where, ...formulas, ...params('Fields', kind.fields)].join('\n\n')}\n`;
}

function ports(title: string, specs: PortSpecs): readonly string[] {
  const lines = Object.entries(specs).map(
    ([name, spec]) => `- \`${name}\`: ${portText(spec)}. ${spec.doc}`,
  );
  return lines.length === 0 ? [] : [`**${title}**\n\n${lines.join('\n')}`];
}

function portText({ kind, contract, lines, many, optional, rowwise, judged }: PortSpec): string {
  return [
    contract === undefined ? kind : `${kind} \`${contract}\``,
    ...(lines ? [`each line a [${lines.name}](../../spec/schema/${lines.name}.json)`] : []),
    ...(many ? [many.min === 1 ? 'gathers' : `gathers ${many.min} or more`] : []),
    ...(optional ? ['optional'] : []),
    ...(rowwise ? ['row-wise only'] : []),
    ...(judged ? ['not chosen by results'] : []),
  ].join(', ');
}

function params(title: string, specs: ParamSpecs): readonly string[] {
  const lines = Object.entries(specs).map(([name, schema]) => {
    const given =
      schema.default === undefined ? '' : `, default \`${JSON.stringify(schema.default)}\``;
    return `- \`${name}\`: ${typeText(schema)}${given}.${schema.description === undefined ? '' : ` ${schema.description}`}`;
  });
  return lines.length === 0 ? [] : [`**${title}**\n\n${lines.join('\n')}`];
}

/** The type of a parameter as an author writes it: `list spec event`, `number in [0, 1]`. */
export function typeText(schema: ParamSchema): string {
  const type: ParamType = schema['x-dag'];
  switch (type.as) {
    case 'number':
    case 'integer':
      return [
        type.as,
        ...(type.unit === undefined ? [] : [`in ${type.unit}`]),
        ...bounds(type),
      ].join(' ');
    case 'text':
      if (type.choices) return `one of ${type.choices.map((c) => `\`${c}\``).join(', ')}`;
      if (type.unit) return '[unit](operators.md#units)';
      return type.form ?? 'text';
    case 'list':
      return `list of ${typeText(type.of)}`;
    case 'map':
      return `map of ${typeText(type.of)}`;
    case 'record':
      return type.name === undefined
        ? `record (${Object.keys(type.fields).join(', ')})`
        : `record \`${type.name}\``;
    case 'spec':
      return `spec \`${type.kind}\``;
    case 'id':
      return `id of a \`${type.kind}\``;
    case 'column':
    case 'columns':
      return `${type.as} of \`${type.port}\``;
    case 'formula':
      return `formula${type.gives === undefined ? '' : ` giving ${type.gives}`}${type.over === undefined ? '' : ` over \`${type.over}\``}`;
    case 'optional':
      return `${typeText(type.of)}, optional`;
    default:
      return type.as;
  }
}

function bounds({
  min,
  max,
  above,
}: {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
}): readonly string[] {
  return [
    ...(min === undefined ? [] : [`≥ ${min}`]),
    ...(above === undefined ? [] : [`> ${above}`]),
    ...(max === undefined ? [] : [`≤ ${max}`]),
  ];
}

function sentences(title: string, found: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.entries(found).map(([code, sentence]) => `- \`${code}\`: ${sentence}`);
  return lines.length === 0 ? [] : [`**${title}**\n\n${lines.join('\n')}`];
}
