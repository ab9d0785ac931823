import { type Place, reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { isText } from '../yaml/read.js';
import type { Yaml } from '../yaml/value.js';
import type { NameAst, Reference, Selection } from './ast.js';
import { describe } from './given.js';
import { idProblem } from './ids.js';

const report = reporter({
  'graph/reference': 'A reference is "stage" or "stage.port", found {found}.',
  'graph/selection': 'The selection "{text}" is not one of @ID, @$param, @dimension=ID.',
});

type Locate = (offset: number, length: number) => Place;

/** Read a reference. @returns undefined and a problem for anything else. */
export function readReference(value: Yaml, problems: Problems): Reference | undefined {
  const refused = (hint?: string): undefined => {
    problems.add(report('graph/reference', value.place, { found: describe(value) }, { hint }));
    return undefined;
  };
  if (!isText(value)) return refused();
  const text = value.value;
  const locate: Locate = (offset, length) => value.locate(offset, length);
  const at = text.indexOf('@');
  const head = at < 0 ? text : text.slice(0, at);
  const parts = /^([a-z_][a-z0-9_]*)(?:\.([a-z_][a-z0-9_]*))?$/.exec(head);
  if (!parts) return refused(headHint(head));
  const [, stage = '', port] = parts;
  const selections = at < 0 ? [] : readSelections(text, at + 1, locate, problems);
  if (!selections) return undefined;
  return {
    text,
    place: value.place,
    stage: { name: stage, place: locate(0, stage.length) },
    port:
      port === undefined ? undefined : { name: port, place: locate(stage.length + 1, port.length) },
    selections,
  };
}

function headHint(head: string): string | undefined {
  if (head.startsWith('$')) return 'parameters stand under with:';
  if (head.includes('/')) return 'stages inside a part cannot be named from outside; use its out:';
  return undefined;
}

function readSelections(
  text: string,
  start: number,
  locate: Locate,
  problems: Problems,
): readonly Selection[] | undefined {
  let offset = start;
  const found = text
    .slice(start)
    .split(':')
    .map((part) => {
      const selection = readSelection(part, offset, locate);
      if (!selection) {
        const place = locate(offset, Math.max(1, part.length));
        problems.add(report('graph/selection', place, { text: part }));
      }
      offset += part.length + 1;
      return selection;
    });
  const legal = found.filter((s) => s !== undefined);
  return legal.length === found.length ? legal : undefined;
}

function readSelection(part: string, offset: number, locate: Locate): Selection | undefined {
  const parts = /^(?:([a-z_][a-z0-9_]*)=)?(\$?)(.+)$/.exec(part);
  if (!parts) return undefined;
  const [, name, dollar, value = ''] = parts;
  const isParam = dollar === '$';
  if (isParam ? !/^[a-z_][a-z0-9_]*$/.test(value) : idProblem(value) !== undefined)
    return undefined;
  const dimension: NameAst | undefined =
    name === undefined ? undefined : { name, place: locate(offset, name.length) };
  const skip = name === undefined ? 0 : name.length + 1;
  return { dimension, value, isParam, place: locate(offset + skip, part.length - skip) };
}

/** A text that can only be a reference to a port: `folds.folds`. */
export function looksLikePort(text: string): boolean {
  return /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*(@.*)?$/.test(text) && !text.endsWith('.yaml');
}
