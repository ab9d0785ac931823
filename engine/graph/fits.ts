import type { ParamSchema, ParamType } from '../sdk/params.js';

/** What each type may stand for besides itself: text is read as what it spells, numbers are constants of formulas. */
const ALSO: Readonly<Partial<Record<ParamType['as'], readonly ParamType['as'][]>>> = {
  text: ['duration', 'date', 'folder', 'column', 'formula', 'spec', 'id'],
  id: ['text'],
  number: ['integer', 'seed', 'formula'],
  integer: ['number', 'seed', 'formula'],
  seed: ['integer', 'number'],
  boolean: ['formula'],
  column: ['text', 'formula'],
  columns: ['list'],
};

/**
 * Can a value of one type be given where another is wanted? Bounds and choices are not looked at: the value itself will be.
 * @param from  undefined: known only when a run brings it.
 */
export function fits(from: ParamSchema | undefined, to: ParamSchema): boolean {
  if (!from) return true;
  const [a, b] = [from['x-dag'], to['x-dag']];
  if (a.as === 'optional') return fits(a.of, to);
  if (b.as === 'optional') return fits(from, b.of);
  if (a.as === 'json' || b.as === 'json') return true;
  if (a.as === 'list' || a.as === 'map') return partsFit(a, b);
  if ((a.as === 'spec' || a.as === 'id') && b.as === a.as) return a.kind === b.kind;
  if (isRecord(a) && isRecord(b)) return true;
  return a.as === b.as || (ALSO[a.as]?.includes(b.as) ?? false);
}

const TEXT: ParamSchema = { 'x-dag': { as: 'text' } };

function partsFit(from: Extract<ParamType, { as: 'list' | 'map' }>, to: ParamType): boolean {
  if (to.as === 'list' || to.as === 'map') return from.as === to.as && fits(from.of, to.of);
  if (from.as === 'list') return to.as === 'columns' && fits(from.of, TEXT);
  return isRecord(to);
}

/** Types whose values are maps with fields: how well the fields agree, the value itself will tell. */
function isRecord(type: ParamType): boolean {
  return type.as === 'record' || type.as === 'map' || type.as === 'span';
}
