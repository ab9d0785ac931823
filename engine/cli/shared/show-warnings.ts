import { plural } from '../../report/format.js';
import type { Json } from '../../yaml/value.js';
import type { RunData } from './run-data.js';

/** A warning that an item gave when it was executed, in this run or in an earlier one. */
export interface ItemWarning {
  readonly item: string;
  readonly code: string;
  readonly message: string;
}

/** The warnings that a run's items gave. @param reference  Only of this item, stage or output. @throws cli/no-item, cli/no-port */
export function warningsOf(run: RunData, reference: string | undefined): readonly ItemWarning[] {
  const items = reference === undefined ? run.items : run.itemsNamed(reference);
  return items.flatMap((item) => {
    const record = run.record(item);
    return (record?.warnings ?? []).map((w) => ({ item: item.item, ...told(w, record?.item) }));
  });
}

/** A paragraph for each code and sentence, with the items that gave it. */
export function warningsText(warnings: readonly ItemWarning[]): string {
  if (warnings.length === 0) return 'no warnings\n';
  const groups = new Map<string, string[]>();
  for (const { item, code, message } of warnings) {
    const id = `${code}  ${message}`;
    const items = groups.get(id);
    if (items) items.push(item);
    else groups.set(id, [item]);
  }
  const lines = [...groups].flatMap(([id, items]) => [id, `  ${listed(items)}`]);
  return `${lines.join('\n')}\n${plural(warnings.length, 'warning')}\n`;
}

function listed(items: readonly string[]): string {
  const most = 6;
  const more = items.length > most ? ` and ${items.length - most} more` : '';
  return items.slice(0, most).join(', ') + more;
}

/** What was said, without the name of the item that said it: here it stands beside, and may be another that shares the record. */
export function told(
  warning: Json,
  item = '',
): { readonly code: string; readonly message: string } {
  const { code, message } = Object(warning);
  return { code: String(code), message: String(message).replace(`${item}: `, '') };
}
