import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { bind } from '../expr/bind.js';
import { type CheckPort, evaluateCheck } from '../expr/check.js';
import { foundBy } from '../expr/found.js';
import type { Tree } from '../expr/tree.js';
import type { Binding, Check, Dimension, Point } from '../graph/graph.js';
import type { See } from '../plan/see.js';
import type { At, Judgement } from '../plan/walk.js';
import { decodeColumn } from '../store/codecs/column.js';
import type { Objects } from '../store/object.js';
import type { Stored, StoredFrame } from '../store/stored.js';
import { readValue } from '../store/value.js';
import type { Json } from '../yaml/value.js';
import { pointsIn } from './points.js';

const report = reporter({
  'run/check-lost': '`{text}` looks at object {object}, which is {state}.',
  'run/check-value': '`{text}` must be true or false, not {found}.',
});

/** Looks into stored values for the questions that steer a run: check formulas and run-time dimensions. */
export class Look {
  readonly #points = new WeakMap<Stored, readonly Point[]>();

  constructor(readonly objects: Objects) {}

  /** The rows of a stored table, or the entries of a stored list, as points. */
  points(dimension: Dimension, stored: Stored): readonly Point[] {
    const known = this.#points.get(stored);
    if (known) return known;
    const read = readValue(this.objects, stored);
    if (read.state !== 'ok') {
      const lost = read.objects[0];
      return refuse(
        report('run/check-lost', dimension.place, {
          text: dimension.name,
          object: lost?.hash,
          state: lost?.state,
        }),
      );
    }
    const points = pointsIn(dimension, read.value);
    this.#points.set(stored, points);
    return points;
  }

  /** Is a check formula true? Missing counts as false. `found` tells what it looked at. */
  judge(check: Check, see: See, { binding, round }: At): Judgement {
    const ports: Record<string, CheckPort> = {};
    for (const [name, means] of Object.entries(check.names)) {
      if (means.kind === 'dimension')
        ports[name] = { kind: 'json', value: binding.get(means.dimension)?.value ?? null };
      else ports[name] = this.#port(see(means), check);
    }
    const tree = bound(check, binding, round);
    const found = evaluateCheck(tree, ports);
    if (found !== null && typeof found !== 'boolean')
      return refuse(report('run/check-value', check.place, { text: check.text, found }));
    return { holds: found === true, found: () => foundBy(tree, ports).join(', ') };
  }

  #port(stored: Stored | readonly Stored[] | undefined, check: Check): CheckPort {
    if (!stored) return { kind: 'scalar', value: null };
    if (isList(stored)) return { kind: 'many', ports: stored.map((s) => this.#port(s, check)) };
    switch (stored.kind) {
      case 'frame':
        return {
          kind: 'frame',
          rows: stored.rows,
          names: stored.columns.map((c) => c.name),
          column: (name) => this.#column(stored, name, check),
        };
      case 'scalar':
        return { kind: 'scalar', value: stored.value };
      case 'json': {
        const read = readValue(this.objects, stored);
        if (read.state === 'ok')
          return { kind: 'json', value: JSON.parse(JSON.stringify(read.value)) };
        const lost = read.objects[0];
        return refuse(
          report('run/check-lost', check.place, {
            text: check.text,
            object: lost?.hash,
            state: lost?.state,
          }),
        );
      }
      default:
        return { kind: 'scalar', value: stored.name };
    }
  }

  #column(stored: StoredFrame, name: string, check: Check) {
    const column = stored.columns.find((c) => c.name === name);
    if (!column) return undefined;
    const read = this.objects.read(column.object);
    if (read.state === 'ok') return decodeColumn(read.bytes);
    return refuse(
      report('run/check-lost', check.place, {
        text: check.text,
        object: read.hash,
        state: read.state,
      }),
    );
  }
}

/** The tree of a check, with the `$names` bound that depend on the item or the round. */
function bound(check: Check, binding: Binding, round: Readonly<Record<string, Json>>): Tree {
  if (check.params.length === 0) return check.tree;
  const constants: Record<string, Json> = {};
  for (const param of check.params) {
    const value = param.at(binding, round);
    if (value !== undefined) constants[param.name] = value;
  }
  return bind(check.tree, constants, (problem) => refuse(problem));
}

function isList(stored: Stored | readonly Stored[]): stored is readonly Stored[] {
  return Array.isArray(stored);
}
