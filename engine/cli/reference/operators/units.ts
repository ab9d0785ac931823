import type { Constants } from '../../../expr/constants.js';
import type { Operator } from '../../../expr/op.js';
import { PURE, type Unit } from '../../../expr/unit.js';

/*
 * What an operator does with units is a function of theirs. It is put into words by asking about made-up ones: each argument
 * is measured in the square of a unit that has its name, so that roots can be told.
 */

/** What the unit of a number is made of, and what is asked of the arguments. */
export interface UnitRule {
  readonly gives: string;
  readonly asks: string | undefined;
}

/** @param constants  those of an example, as units may follow from them. */
export function unitRule(op: Operator, constants: Constants): UnitRule {
  const measured = op.args.filter(
    (a) => a.is === 'series' && (a.type === 'number' || a.type === 'any'),
  );
  const ask = (of: (name: string) => Unit): Unit | undefined => {
    const series = op.args.filter((a) => a.is === 'series' && a.optional !== true);
    return op.unit(
      series.map((a) => (measured.includes(a) ? of(a.name) : PURE)),
      constants,
    );
  };
  const apart = ask(squared);
  if (apart !== undefined) return { gives: told(apart), asks: undefined };
  const names = measured.map((a) => `\`${a.name}\``);
  const alike = ask(() => squared('x'));
  if (alike === undefined)
    return {
      gives: 'a pure number',
      asks: `${list(names)} must be ${names.length === 1 ? 'one' : 'pure numbers'}`,
    };
  const asks = `the units of ${list(names)} must agree`;
  return { gives: alike.dims === '' ? 'a pure number' : 'their unit', asks };
}

function squared(name: string): Unit {
  return { any: false, dims: `${name}^2`, label: undefined };
}

function told({ label, dims }: Unit): string {
  if (label !== undefined) return label;
  if (dims === '') return 'a pure number';
  const powers = dims.split(' ').map((part) => {
    const [name = part, power = '1'] = part.split('^');
    return { name, power: Number(power) / 2 };
  });
  const above = powers.filter((p) => p.power > 0).map((p) => raised(p.name, p.power));
  const below = powers.filter((p) => p.power < 0).map((p) => raised(p.name, -p.power));
  const top = above.length === 0 ? '1' : above.join(' · ');
  return `the unit of ${below.length === 0 ? top : `${top} / ${below.join(' / ')}`}`;
}

function raised(name: string, power: number): string {
  if (power === 0.5) return `√\`${name}\``;
  return power === 1 ? `\`${name}\`` : `\`${name}\`^${power}`;
}

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
