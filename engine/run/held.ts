import { check } from '../frame/contract.js';
import { isFrame } from '../frame/frame.js';
import { contractOf } from '../graph/contracts.js';
import type { Graph, Stage } from '../graph/graph.js';
import type { Entry } from '../plan/entry.js';
import type { Outputs } from '../plan/outcome.js';
import { sha256 } from '../store/digest.js';
import type { Objects } from '../store/object.js';
import type { RecordHead } from '../store/record.js';
import type { Stored } from '../store/stored.js';
import { readValue } from '../store/value.js';
import { canonical } from '../yaml/canonical.js';
import type { Json, JsonObject } from '../yaml/value.js';

type Verdict = 'kept' | 'broken' | 'unknown';

/**
 * Contracts are not in keys: a result may have been recorded under others than those of today. Records tell which they were found
 * to keep, and what was held to others is looked at again.
 */
export class Held {
  readonly #digests = new Map<Stage, string | undefined>();

  constructor(
    readonly graph: Graph,
    readonly objects: Objects,
  ) {}

  /** Digest of the contracts at a stage's ports; undefined where there is none. */
  digest(stage: Stage): string | undefined {
    if (this.#digests.has(stage)) return this.#digests.get(stage);
    const contracts = contractsOf(stage, this.graph);
    const digest =
      Object.keys(contracts).length === 0
        ? undefined
        : sha256(canonical(withoutDocs(contracts))).slice(0, 16);
    this.#digests.set(stage, digest);
    return digest;
  }

  /**
   * Do a known result, and the inputs it was made from, keep the contracts of today? `unknown` where some of it cannot be read:
   * whoever needs it runs its maker again, and that is checked.
   */
  verdict(entry: Entry, { held, outputs }: RecordHead): Verdict {
    if (held === this.digest(entry.stage)) return 'kept';
    const verdicts = this.#verdicts(entry, outputs);
    return verdicts.find((v) => v === 'broken') ?? verdicts.find((v) => v === 'unknown') ?? 'kept';
  }

  #verdicts({ stage, inputs }: Entry, outputs: Outputs): readonly Verdict[] {
    const given = Object.entries(outputs).map(([port, stored]) => {
      return this.#one(stored, stage.node.out[port]?.contract);
    });
    // The same inputs as an execution checks: others kept a contract when they were made.
    const taken = inputs.flatMap(({ port, promised, columns, items }) => {
      const contract = stage.node.in[port]?.contract;
      const checked = promised !== contract && columns === undefined;
      return checked ? items.map(({ stored }) => this.#one(stored, contract)) : [];
    });
    return [...given, ...taken];
  }

  #one(stored: Stored, contract: string | undefined): Verdict {
    const json = contract === undefined ? undefined : this.graph.contracts[contract];
    if (!json || stored.kind !== 'frame') return 'kept';
    const read = readValue(this.objects, stored);
    if (read.state !== 'ok' || !isFrame(read.value)) return 'unknown';
    return check(read.value, contractOf(json)).length === 0 ? 'kept' : 'broken';
  }
}

/** Words for people are no rule. */
export function withoutDocs(contracts: JsonObject): JsonObject {
  const entries = Object.entries(contracts).flatMap(([key, value]): [string, Json][] => {
    if (key === 'doc' && typeof value === 'string') return [];
    return [[key, isMap(value) ? withoutDocs(value) : value]];
  });
  return Object.fromEntries(entries);
}

function isMap(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The contracts that the ports of a stage's node name, by id. */
export function contractsOf({ node }: Stage, graph: Graph): Readonly<Record<string, JsonObject>> {
  const contracts: Record<string, JsonObject> = {};
  for (const { contract } of [...Object.values(node.in), ...Object.values(node.out)]) {
    const json = contract === undefined ? undefined : graph.contracts[contract];
    if (contract !== undefined && json) contracts[contract] = json;
  }
  return contracts;
}
