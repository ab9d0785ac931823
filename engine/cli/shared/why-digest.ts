import { plural } from '../../report/format.js';
import { stageOf } from './givers.js';
import type { Maker } from './makers.js';

/** Digits of a digest that are needed to trace it. */
export const LEAST_DIGITS = 6;
/** Makers that are told in full; of more each gets one line, and those alike share one. */
const TOLD = 3;
/** Items of a group that are named before the rest is counted. */
const NAMED = 3;

/** Who made what has a digest, in lines. */
export function digestText(makers: readonly Maker[]): string {
  const [first] = makers;
  if (!first) return '';
  const lines =
    makers.length > TOLD
      ? [...alike(makers), `${makers.length} outputs${inRun(first)}; ${hint(first)}`]
      : makers.map((maker) => {
          const { at, key, node } = maker;
          return `${named(maker)}\n  by ${node}${inRun(maker)}, made ${at}\n  key ${key}\n  ${hint(maker)}`;
        });
  return `${lines.join('\n')}\n`;
}

function inRun({ run, pipeline }: Maker): string {
  return run === undefined ? ', of a run that was removed' : `, in run ${run} of ${pipeline}`;
}

/** The run goes with the item: another run may call another result so. */
function hint({ item, key, run }: Maker): string {
  return run === undefined
    ? `\`dag why ${item}\` tells what an item of this name is made from today; this one had key ${key}`
    : `\`dag why ${item} --run ${run}\` tells what it is made from`;
}

function named({ item, port, what }: Maker): string {
  return `${item}${port === undefined ? '' : `.${port}`}  ${what}`;
}

/** A line for the makers of one stage and output that are told the same: the first, and how many more. */
function alike(makers: readonly Maker[]): readonly string[] {
  const groups = new Map<string, Maker[]>();
  for (const maker of makers) {
    const id = [stageOf(maker.item), maker.port, maker.what].join('\n');
    const group = groups.get(id);
    if (group) group.push(maker);
    else groups.set(id, [maker]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const names = others.slice(0, NAMED).map(({ item }) => item);
    const rest = others.length > NAMED ? ', …' : '';
    const more = `  and ${plural(others.length, 'more item')} alike: ${names.join(', ')}${rest}`;
    return others.length === 0 ? [named(first)] : [named(first), more];
  });
}
