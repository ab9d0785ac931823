import { type Frame, isFrame } from '../../frame/frame.js';
import { bytes, count, duration, number, short } from '../../report/format.js';
import { frameTable } from '../../report/frame.js';
import { csv, table } from '../../report/table.js';
import type { RunRecord } from '../../store/record.js';
import type { Stored } from '../../store/stored.js';
import type { Value } from '../../store/value.js';
import type { Given } from './command.js';
import type { ItemOutput, RunData } from './run-data.js';
import type { RunItem } from './run-items.js';

/** How an item came about, and one line for each of its outputs. */
export function recordText(record: RunRecord): string {
  const { item, node, key, at, timings, outputs, warnings, log } = record;
  const times = Object.entries(timings).map(([name, ms]) => `${name} ${duration(ms)}`);
  const lines = [
    `${item}  (${node})`,
    `key ${key}`,
    `made ${at}: ${times.join(', ')}`,
    ...(warnings.length > 0 ? [`warnings: ${warnings.length}`] : []),
    'outputs:',
    ...Object.entries(outputs).map(([port, stored]) => `  ${port}: ${describe(stored)}`),
    ...(log.length > 0 ? ['log:', ...log.map((line) => `  ${line}`)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** One line on what is stored. */
function describe(stored: Stored): string {
  switch (stored.kind) {
    case 'frame': {
      const names = stored.columns.map((c) => c.name);
      const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
      return `frame, ${count(stored.rows)} rows × ${names.length} columns (${shown})`;
    }
    case 'scalar':
      return typeof stored.value === 'number' ? number(stored.value, 10) : String(stored.value);
    case 'json':
      return `json ${short(stored.object)}`;
    default:
      return `${stored.kind} "${stored.name}", ${bytes(stored.bytes)}`;
  }
}

/** A result that was found wanting, by `expect` of its stage, is stored as others are. */
function failed({ outcome }: RunItem): string {
  return outcome === 'failed' ? '; the item failed' : '';
}

/** Several outputs, one a line. @param without  Items that gave nothing. */
export function listText(
  outputs: readonly ItemOutput[],
  without: readonly RunItem[],
  json: boolean,
  width: number,
): string {
  if (json) {
    const plain = outputs.map(({ item, port, stored }) => ({
      item: item.item,
      at: item.at,
      port,
      outcome: item.outcome,
      stored,
    }));
    const none = without.map(({ item, at, outcome }) => ({ item, at, port: null, outcome }));
    return `${JSON.stringify([...plain, ...none], null, 2)}\n`;
  }
  const rows = [
    ...outputs.map(({ item, port, stored }) => [item.item, port, describe(stored) + failed(item)]),
    ...without.map(({ item, outcome }) => [item, '', `nothing: it ended as ${outcome}`]),
  ];
  return `${table([{ title: 'item' }, { title: 'output' }, { title: 'holds' }], rows, width)}\n`;
}

/** One output: a table, plain data, or the text of a file. */
export function valueText(run: RunData, output: ItemOutput, given: Given, width: number): string {
  const value = run.value(output, given.text('columns')?.split(','));
  if (!isFrame(value)) return `${plainText(value)}\n`;
  const rows = given.whole('rows', 20);
  if (given.flag('json')) {
    const asked =
      given.text('rows') === undefined ? value : value.slice(0, Math.min(rows, value.length));
    return `${JSON.stringify([...asked.rows()], null, 2)}\n`;
  }
  if (given.flag('csv')) return `${frameCsv(value)}\n`;
  return `${frameTable(value, { rows, width })}\n${count(value.length)} rows\n`;
}

/** Numbers keep every digit; a missing value is empty. */
function frameCsv(frame: Frame): string {
  const rows = Array.from({ length: frame.length }, (_, row) =>
    frame.names.map((name) => exact(frame, name, row)),
  );
  return csv(frame.names, rows);
}

function exact(frame: Frame, name: string, row: number): string {
  const column = frame.get(name);
  switch (column.dtype) {
    case 'time':
      return new Date(column.values[row] ?? 0).toISOString();
    case 'f64':
      return Number.isNaN(column.values[row]) ? '' : String(column.values[row]);
    case 'bool':
      return column.values[row] === 255 ? '' : String(column.values[row] === 1);
    default:
      return column.words[column.codes[row] ?? -1] ?? '';
  }
}

function plainText(value: Exclude<Value, Frame>): string {
  const file =
    typeof value === 'object' && value !== null && 'bytes' in value ? value.bytes : undefined;
  return ArrayBuffer.isView(file)
    ? Buffer.from(file.buffer, file.byteOffset, file.byteLength).toString('utf8')
    : JSON.stringify(value, null, 2);
}
