import { differences } from '../../plan/explain.js';
import type { Reason } from '../../plan/reason.js';
import { History } from '../../run/history.js';
import type { Project } from '../../run/project.js';
import type { Timings } from '../../store/record.js';
import type { Json, JsonObject } from '../../yaml/value.js';
import { type Giver, giversOf, idsOf } from './givers.js';
import type { RunData } from './run-data.js';
import type { RunItem } from './run-items.js';

/** What a port was given, and by which outputs of the run. */
export interface RecordedInput {
  readonly port: string;
  /** Content by the label of the item that gave it: digests, by column where it is a table. */
  readonly content: Json;
  /** `item.port` of each; more than one brought an equal content, or several items are gathered. */
  readonly from: readonly string[];
}

/** What the record of an item in a run says. No pipeline is compiled, no plugin is loaded: files may have changed since. */
export interface Recorded {
  readonly item: string;
  readonly run: string;
  readonly pipeline: string;
  readonly profile: string | null;
  readonly sets: readonly string[];
  /** How the item ended in this run. */
  readonly outcome: string;
  readonly node: string;
  readonly key: string;
  /** When it was executed, and the item it was then: another, or one of another run, may have had the same key. */
  readonly at: string;
  readonly as: string;
  readonly preimage: JsonObject;
  readonly inputs: readonly RecordedInput[];
  readonly timings: Timings;
  readonly warnings: readonly Json[];
  /** The nearest record of the item that earlier runs had under another key. */
  readonly earlier: { readonly key: string; readonly at: string } | undefined;
  /** What differs from that one. */
  readonly reasons: readonly Reason[];
}

/** @returns undefined for an item that gave nothing, and where gc or damage took the record. */
export function recorded(project: Project, run: RunData, item: RunItem): Recorded | undefined {
  const record = run.record(item);
  if (!record) return undefined;
  const { manifest, entry } = run;
  const { pipeline, profile, sets } = manifest;
  const history = new History(project, { pipeline, profile, sets, before: entry.id });
  const earlier = history.record(item.item, record.preimage, record.key);
  const { node, key, at, preimage, timings, warnings } = record;
  return {
    item: item.item,
    run: entry.id,
    pipeline,
    profile,
    sets,
    outcome: item.outcome,
    node,
    key,
    at,
    as: record.item,
    preimage,
    inputs: inputsOf(run, item, preimage),
    timings,
    warnings,
    earlier: earlier && { key: earlier.key, at: earlier.at },
    reasons: earlier ? differences(earlier.preimage, preimage) : [],
  };
}

function inputsOf(run: RunData, item: RunItem, preimage: JsonObject): readonly RecordedInput[] {
  const ports = Object.entries(Object(preimage.inputs));
  if (ports.length === 0) return [];
  const records = run.records().filter((record) => record.item !== item.item);
  const takes = run.manifest.stages[item.stage]?.takes;
  return ports.map(([port, given]) => {
    const content: JsonObject = Object(given);
    const givers = giversOf(records, content, takes?.[port]);
    return { port, content, from: nearest(givers, content, item.item) };
  });
}

/** Of a port that reads one item: where several gave the same, those that share the most ids with the reader. */
function nearest(givers: readonly Giver[], content: JsonObject, reader: string): readonly string[] {
  const own = idsOf(reader);
  const shared = ({ record }: Giver) => [...idsOf(record.item)].filter((id) => own.has(id)).length;
  const most = Math.max(...givers.map(shared));
  const one = Object.keys(content).join() === '';
  const found = one ? givers.filter((giver) => shared(giver) === most) : givers;
  return found.map(({ record, port }) => `${record.item}.${port}`);
}
