import { contentOf } from '../../plan/key.js';
import type { RunRecord } from '../../store/record.js';
import { canonical } from '../../yaml/canonical.js';
import type { JsonObject } from '../../yaml/value.js';

/** An output whose content stands at a port of another item. */
export interface Giver {
  readonly record: RunRecord;
  readonly port: string;
}

/**
 * The outputs that brought what stands at a port in a preimage: content by the label of the item that gave it.
 * @param wires  The outputs (`stage.port`) that are wired to the port; undefined: any may be.
 */
export function giversOf(
  records: readonly RunRecord[],
  content: JsonObject,
  wires?: readonly string[],
): readonly Giver[] {
  const wanted = Object.entries(content).map(([label, part]) => ({
    ids: label === '' ? [] : label.split(':'),
    text: canonical(part),
  }));
  // A frame is read whole or by some columns: each way of reading is tried on every output.
  const views = new Set(Object.values(content).map((part) => Object.keys(Object(part)).join()));
  return records.flatMap((record) => {
    const { item, outputs } = record;
    const ids = idsOf(item);
    const own = wanted.filter((w) => w.ids.every((id) => ids.has(id)));
    if (own.length === 0) return [];
    return Object.entries(outputs).flatMap(([port, stored]) => {
      if (wires && !wires.includes(`${stageOf(item)}.${port}`)) return [];
      const texts = new Set(
        [...views].map((view) => canonical(contentOf(stored, view.split(',')))),
      );
      return own.some((w) => texts.has(w.text)) ? [{ record, port }] : [];
    });
  });
}

/** The ids of an item, those of its rounds too. */
export function idsOf(item: string): ReadonlySet<string> {
  return new Set(item.split('@')[1]?.split(/[:#]/) ?? []);
}

/** The stage of an item. */
export function stageOf(item: string): string {
  return item.split('@')[0] ?? item;
}
