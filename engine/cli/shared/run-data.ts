import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import { suggestion } from '../../diag/suggest.js';
import type { Manifest } from '../../ledger/manifest.js';
import { type RunEntry, readItems, readManifest } from '../../ledger/runs.js';
import { isKey } from '../../store/digest.js';
import type { RunRecord } from '../../store/record.js';
import type { Store } from '../../store/store.js';
import type { Stored } from '../../store/stored.js';
import { readValue, type Value } from '../../store/value.js';
import { type RunItem, runItems } from './run-items.js';

const report = reporter({
  'cli/no-item': 'Run {run} has no item or stage "{name}".',
  'cli/no-port': '{stage} has no output "{port}".',
  'cli/several-ports': '{stage} has several outputs: {ports}.',
  'cli/no-record': '{item} gave nothing in run {run}: it ended as {outcome}.',
  'cli/lost': 'Object {object} of {item}.{port} is {state}.',
});

/** An output of one item. */
export interface ItemOutput {
  readonly item: RunItem;
  readonly port: string;
  readonly stored: Stored;
}

/** A run as it lies in the lake: its items, their records and values. Needs neither the pipeline nor any plugin. */
export class RunData {
  readonly manifest: Manifest;
  readonly items: readonly RunItem[];

  constructor(
    readonly store: Store,
    readonly entry: RunEntry,
  ) {
    this.manifest = readManifest(entry);
    this.items = runItems(this.manifest, readItems(entry));
  }

  /** The record of an item; undefined for skipped and failed items, and where gc or damage took it. */
  record(item: RunItem): RunRecord | undefined {
    if (item.key === undefined || !isKey(item.key)) return undefined;
    const entry = this.store.records.find(item.key);
    return entry && this.store.records.read(entry);
  }

  /** The records of all items, by the names that the items have in this run: a record tells who made it first. */
  records(): readonly RunRecord[] {
    return this.items.flatMap((item) => {
      const record = this.record(item);
      return record ? [{ ...record, item: item.item }] : [];
    });
  }

  /**
   * The outputs that a reference means: `features@BTCUSDT`, `features`, `clean.bars`, `clean@BTCUSDT.bars`, `clean.bars@BTCUSDT`.
   * Without a port: the only one, or the one named like the stage.
   * @throws cli/no-item, cli/no-port, cli/several-ports, cli/no-record
   */
  outputs(reference: string): readonly ItemOutput[] {
    const { items, port } = this.#resolve(reference);
    const found = items.flatMap((item) => {
      const record = this.record(item);
      return record ? [{ item, record }] : [];
    });
    const [first] = items;
    if (found.length === 0 && first) this.noRecord(first);
    return found.map(({ item, record }) => {
      const name = port ?? this.plainPort(record) ?? severalPorts(item.stage, record);
      const stored = Object.hasOwn(record.outputs, name) ? record.outputs[name] : undefined;
      if (!stored) return noPort(item.stage, name, record);
      return { item, port: name, stored };
    });
  }

  /** @throws cli/no-record */
  noRecord({ item, outcome, key }: RunItem): never {
    const removed = 'its results were removed since; run the pipeline again';
    const hint = key === undefined ? undefined : removed;
    const facts = { item, run: this.entry.id, outcome };
    return refuse(report('cli/no-record', undefined, facts, { hint }));
  }

  /** The record of the one item that a reference names without a port; undefined for outputs and for several items. */
  recordNamed(reference: string): RunRecord | undefined {
    const { items, port } = this.#resolve(reference);
    const [item] = items;
    return item && items.length === 1 && port === undefined ? this.record(item) : undefined;
  }

  /** The items that a reference names. @throws cli/no-item, cli/no-port */
  itemsNamed(reference: string): readonly RunItem[] {
    return this.#resolve(reference).items;
  }

  /** The output that a stage means without naming one: its only one, or the one named like the stage. */
  plainPort({ item, outputs }: RunRecord): string | undefined {
    const stage = item.split('@')[0] ?? item;
    const ports = Object.keys(outputs);
    const own = stage.slice(stage.lastIndexOf('/') + 1);
    return ports.length === 1 ? ports[0] : ports.find((port) => port === own);
  }

  /** The value of an output. @throws cli/lost */
  value({ item, port, stored }: ItemOutput, columns?: readonly string[]): Value {
    const read = readValue(this.store.objects, stored, columns);
    if (read.state === 'ok') return read.value;
    const [lost] = read.objects;
    // Out of the way, so that the next run sees at once that it has to be made.
    for (const { hash } of read.objects) this.store.objects.discard(hash);
    const hint = 'run the pipeline again: it is made anew';
    return refuse(
      report(
        'cli/lost',
        undefined,
        { object: lost?.hash, item: item.item, port, state: lost?.state },
        { hint },
      ),
    );
  }

  #resolve(reference: string): {
    readonly items: readonly RunItem[];
    readonly port: string | undefined;
  } {
    for (const { name, port } of readings(reference)) {
      const items = this.items.filter((i) => i.item === name || i.stage === name);
      if (items.length > 0) return { items, port };
    }
    const stages = [...new Set(this.items.map((i) => i.stage))];
    const inner = stages.filter((stage) => stage.startsWith(`${reference}/`));
    const names = [...stages, ...this.items.map((i) => i.item)];
    const hint =
      inner.length > 0
        ? `it is a pipeline; its stages are ${inner.join(', ')}`
        : suggestion(reference, names);
    return refuse(
      report('cli/no-item', undefined, { run: this.entry.id, name: reference }, { hint }),
    );
  }
}

/** `a.b@c` may be item `a@c`, port `b`; `a@c.b` too, unless an id holds the dot. The longest name comes first. */
function readings(
  reference: string,
): readonly { readonly name: string; readonly port: string | undefined }[] {
  const found: { name: string; port: string | undefined }[] = [
    { name: reference, port: undefined },
  ];
  const before = /^([^.@]+)\.([a-z_][a-z0-9_]*)(@.*)?$/.exec(reference);
  if (before) found.push({ name: `${before[1]}${before[3] ?? ''}`, port: before[2] });
  const after = /^(.+)\.([a-z_][a-z0-9_]*)$/.exec(reference);
  if (after) found.push({ name: after[1] ?? '', port: after[2] });
  return found;
}

function severalPorts(stage: string, record: RunRecord): never {
  const ports = Object.keys(record.outputs);
  const hint = `such as ${stage}.${ports[0]}`;
  return refuse(report('cli/several-ports', undefined, { stage, ports }, { hint }));
}

function noPort(stage: string, port: string, record: RunRecord): never {
  const hint = suggestion(port, Object.keys(record.outputs));
  return refuse(report('cli/no-port', undefined, { stage, port }, { hint }));
}
