import { missingIn } from './blank.js';
import { partOf } from './in-groups.js';
import type { Groups } from './kernels/groups.js';
import type { Node, OpNode } from './node.js';
import type { Call, ClockRows } from './op.js';
import { type OpenInput, type OpenRows, openAfterGroups, openThrough } from './open-rows.js';
import { rowsBefore, settledInGroups } from './settled-groups.js';
import type { Series } from './types.js';

/** What is asked of the machine that computes the values. */
interface Host {
  settled(node: Node): number;
  value(node: Node): Series;
  clock(name: string | undefined): ClockRows;
  call(node: OpNode): Call;
}

/**
 * Keeps account of values whose rows do not settle from some row on: inside groups each group settles for itself, and what
 * comes back from groups that data decide is patchy.
 */
export class Patchwork {
  readonly #settled = new Map<Node, Int32Array>();
  readonly #open = new Map<Node, OpenRows>();

  constructor(readonly host: Host) {}

  /** For each group how many rows come before its first settled one; undefined of a value that is not in groups. */
  settledIn(node: Node): Int32Array | undefined {
    return this.#settled.get(node);
  }

  /** Rows of a patchy value that still depend on where the data start; undefined of others. */
  openIn(node: Node): OpenRows | undefined {
    if (!node.facts.patchy) return undefined;
    let open = this.#open.get(node);
    if (open === undefined && node.kind === 'column') {
      // Nobody can say why a row of what was computed before is missing.
      open = missingIn(this.host.value(node));
      this.#open.set(node, open);
    }
    return open;
  }

  /** Take note of a value while its inputs are there. */
  add(node: OpNode, rows: number): void {
    const { groups } = this.host.clock(node.facts.clock);
    if (groups !== undefined) this.#settled.set(node, this.#settle(node, groups));
    if (node.facts.patchy) this.#open.set(node, this.#opened(node, rows, groups));
  }

  /** A cross-section is open where that of any symbol is. */
  addOpen(node: OpNode, open: OpenRows): void {
    this.#open.set(node, open);
  }

  #settle(node: OpNode, groups: Groups): Int32Array {
    const { host } = this;
    const within = node.inputs.flatMap(({ node: from }) => {
      const settled = this.#settled.get(from);
      return settled === undefined ? [] : [{ settled, reach: from.facts.reach }];
    });
    if (within.length > 0) return settledInGroups(node, within, () => host.call(node));
    return rowsBefore(groups, Math.max(...node.inputs.map((i) => host.settled(i.node))));
  }

  #opened(node: OpNode, rows: number, groups: Groups | undefined): Uint8Array {
    const inputs = node.inputs.map((i) => i.node);
    const from = inputs.map((input) => this.host.clock(input.facts.clock).groups);
    const [key, inside] = inputs;
    const left = from[1];
    if (groups === undefined && key !== undefined && inside !== undefined && left !== undefined) {
      const settled = this.#settled.get(inside) ?? new Int32Array(left.starts.length);
      return openAfterGroups(left, settled, this.host.settled(key), this.openIn(inside), rows);
    }
    const entered = groups !== undefined && from.every((g) => g === undefined);
    const open = inputs.flatMap((input): readonly OpenInput[] => {
      const own = this.openIn(input);
      if (own === undefined) return [];
      if (entered) return [{ open: Uint8Array.from(groups.rows, (row) => own[row] ?? 0), back: 0 }];
      return [{ open: own, back: Math.max(0, node.facts.reach - input.facts.reach) }];
    });
    const out = openThrough(open, rows, groups);
    if (node.facts.patchy && open.length === 0) this.#openByItself(node, out, groups);
    return out;
  }

  /** What an operator leaves open although its arguments are settled from some row on. */
  #openByItself(node: OpNode, out: Uint8Array, groups: Groups | undefined): void {
    const { op, inputs } = node;
    if (op.open === undefined) return;
    const call = this.host.call(node);
    if (groups === undefined) {
      out.set(op.open(call, Math.max(...inputs.map((i) => this.host.settled(i.node)))));
      return;
    }
    for (let g = 0; g + 1 < groups.starts.length; g += 1) {
      const [from, to] = [groups.starts[g] ?? 0, groups.starts[g + 1] ?? 0];
      const before = inputs.map((i) => this.#settled.get(i.node)?.[g] ?? 0);
      out.set(op.open(partOf(call, from, to), Math.max(...before)), from);
    }
  }
}
