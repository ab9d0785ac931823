import { plural, short } from './format.js';
import { cut } from './table.js';

/** Names of a list that are told before the rest is only counted. */
const NAMED = 4;
const WIDEST = 100;

/**
 * What a key is made of, one line a parameter, input and file.
 * @param preimage  as the store keeps it.
 * @param all       nothing is cut, and the preimage follows as it is.
 * @param givers    by port: the outputs that were read there, where they are known.
 */
export function ingredients(
  preimage: unknown,
  all: boolean,
  givers: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly string[] {
  const { params, inputs, files } = Object(preimage);
  const value = (json: unknown) => {
    const text = JSON.stringify(json);
    return all ? text : cut(text, WIDEST);
  };
  return [
    'made from:',
    ...entries(params).map(([name, json]) => `  param ${name}: ${value(json)}`),
    ...entries(inputs).flatMap(([port, items]) => {
      const from = givers.get(port) ?? [];
      const line = `  input ${port}: ${inputText(items, all)}`;
      return from.length === 0 ? [line] : [line, `    from ${listed(from, all)}`];
    }),
    ...entries(files).map(([path, digest]) => `  file ${path}: ${short(String(digest))}`),
    ...(all ? [JSON.stringify(preimage, null, 2)] : []),
  ];
}

/** `8 columns: close 30f66f2f6b, high …` of one item; of several their labels. */
function inputText(items: unknown, all: boolean): string {
  const found = entries(items);
  const [only] = found;
  if (only && found.length === 1 && only[0] === '') return contentText(only[1], all);
  return `${plural(found.length, 'item')}: ${listed(
    found.map(([label]) => label),
    all,
  )}`;
}

/** A column in a preimage: type, unit, digest. */
const COLUMN = /^\w+ .*?([0-9a-f]{64})$/;

function contentText(content: unknown, all: boolean): string {
  const parts = entries(content).map(([name, given]) => [name, String(given)] as const);
  const columns = parts.flatMap(([name, text]) => {
    const found = COLUMN.exec(text)?.[1];
    return found === undefined ? [] : [`${name} ${short(found)}`];
  });
  return columns.length === 0
    ? parts.map(([name, text]) => `${name} ${DIGEST.test(text) ? short(text) : text}`).join(', ')
    : `${plural(columns.length, 'column')}: ${listed(columns, all)}`;
}

const DIGEST = /^[0-9a-f]{64}$/;

function listed(names: readonly string[], all: boolean): string {
  return all || names.length <= NAMED
    ? names.join(', ')
    : `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;
}

function entries(json: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(Object(json));
}
