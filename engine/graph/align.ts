import { type Place, reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import type { PortSpec } from '../sdk/port.js';
import type { Dimension, Input } from './graph.js';
import type { Wire } from './scope.js';
import { freeDims } from './select.js';

const report = reporter({
  'graph/gathers': 'Input "{port}" takes one value, but "{source}" has one for every {dimensions}.',
  'graph/select-depends': '"{dimension}" goes with "{fixed}", which is held at one id here.',
});

/** How the dimensions of a source meet those of a taker. */
export type Alignment = Pick<Input, 'fixed' | 'shared' | 'gathered'>;

/** Match dimensions by identity: shared ones are matched, those of the source alone are gathered. */
export function align(wire: Wire, dims: readonly Dimension[]): Alignment {
  const free = freeDims(wire);
  return {
    fixed: wire.fixed,
    shared: free.filter((d) => dims.includes(d)),
    gathered: free.filter((d) => !dims.includes(d)),
  };
}

/** Refuse alignments that have no meaning: several values for one, or a matched dimension cut loose from its own. */
export function checkAlignment(
  { fixed, shared, gathered }: Alignment,
  port: string,
  spec: PortSpec,
  wire: Wire,
  place: Place,
  problems: Problems,
): boolean {
  const source = `${wire.source.stage.path}.${wire.source.port}`;
  for (const dimension of shared) {
    const held = fixed.find((f) => dimension.depends.includes(f.dimension))?.dimension;
    if (!held) continue;
    const hint = `select "${dimension.name}" too, or leave "${held.name}" free`;
    const facts = { dimension: dimension.name, fixed: held.name };
    problems.add(report('graph/select-depends', place, facts, { hint }));
    return false;
  }
  if (gathered.length === 0 || spec.many) return true;
  const names = gathered.map((d) => d.name);
  const first = gathered[0]?.name;
  const hint = `add it to the stage (foreach: ${names.length === 1 ? first : `[${names.join(', ')}]`}), or select one: ${wire.source.stage.path.split('/').pop()}.${wire.source.port}@${first}=…`;
  problems.add(report('graph/gathers', place, { port, source, dimensions: names }, { hint }));
  return false;
}
