import {
  type Frame,
  type Gathered,
  namesIn,
  type Shape,
  type SpecOf,
} from '../../../engine/sdk/index.js';
import { detector, type Seen } from '../../kinds/detector.js';
import type { event } from '../../kinds/event.js';
import { columnsIn, withContext } from '../../kinds/namespace.js';
import { definitionsOf } from '../../kinds/occurrence.js';
import { boundFrames } from '../../kinds/programs.js';

/** Columns the event reads of each port: all that its formulas name, read or not, for an unavailable event tells which is not there. */
export function readBy(
  spec: SpecOf<typeof event>,
  ins: Readonly<Partial<Record<keyof Seen, Shape>>>,
  spacing: number,
): Readonly<Record<keyof Seen, readonly string[]>> {
  const { reads } = detector(spec, ins, spacing).program;
  const named = definitionsOf(spec).flatMap(({ tree }) => [...namesIn(tree)]);
  const self = [...new Set([...(reads.self ?? []), ...named])];
  return {
    features: [...new Set(['ts', ...columnsIn(ins.features, self)])],
    context: [...new Set(['symbol', 'ts', ...columnsIn(ins.context, self)])],
    funding: reads.funding ?? ['ts'],
  };
}

/** What the event reads of each symbol, as frames by the port formulas read them at. */
export function framesOf(
  features: readonly Gathered<Frame>[],
  context: Frame | undefined,
  funding: readonly Gathered<Frame>[] | undefined,
): readonly Readonly<Record<string, Frame>>[] {
  return features.map((item, i) => {
    const self = context ? withContext(item.value, symbolOf(item), context) : item.value;
    return boundFrames({ self, funding: funding?.[i]?.value });
  });
}

/** The symbol of a gathered table. */
export function symbolOf({ at }: Gathered<Frame>): string {
  return at.symbol ?? Object.values(at)[0] ?? '';
}
