import type { Problems } from '../diag/problems.js';
import { isText, listOf, scalarTextOf } from '../yaml/read.js';
import type { Yaml } from '../yaml/value.js';
import type { FormulaAst, NameAst } from './ast.js';

/** One text with its place. */
export function nameOf(value: Yaml, problems: Problems, what: string): NameAst | undefined {
  const text = scalarTextOf(value, problems, what);
  return text && { name: text.value, place: text.place };
}

/** One name or a list of names. */
export function namesOf(value: Yaml, problems: Problems, what: string): readonly NameAst[] {
  if (isText(value)) return [{ name: value.value, place: value.place }];
  const items = listOf(value, problems, what)?.items ?? [];
  return items.flatMap((item) => nameOf(item, problems, `An item of ${what}`) ?? []);
}

/** A formula: text, or a number or boolean that is one. */
export function formulaOf(value: Yaml, problems: Problems, what: string): FormulaAst | undefined {
  if (value.kind === 'scalar' && value.value !== null) return value;
  scalarTextOf(value, problems, what);
  return undefined;
}
