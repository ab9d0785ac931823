import { unreachable } from '../diag/unreachable.js';
import type { Reason } from '../plan/reason.js';
import { cut } from './table.js';

/** A reason as people say it: `param fdr: 0.05 → 0.1`. */
export function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case 'never-ran':
      return 'never ran before';
    case 'network':
      return 'looks at the network, on every run';
    case 'node':
      return `node: ${reason.before} → ${reason.after}`;
    case 'param':
      return `param ${reason.path}: ${value(reason.before)} → ${value(reason.after)}`;
    case 'code':
      return `code ${reason.change}: ${reason.module}`;
    case 'package':
      return `package ${reason.name}: ${reason.before ?? 'absent'} → ${reason.after ?? 'absent'}`;
    case 'kernel':
      return 'the engine itself changed (frames, formulas or codecs)';
    case 'operator':
      return `operator ${reason.name} changed`;
    case 'format':
      return `format of the engine: ${reason.before} → ${reason.after}`;
    case 'along':
      return `input ${reason.port}, gathered over: ${reason.before} → ${reason.after}`;
    case 'input': {
      const column = reason.column === undefined ? '' : `, ${reason.column}`;
      return `input ${reason.port}${reason.at === '' ? '' : `@${reason.at}`}${column}: ${came(reason)}`;
    }
    case 'output':
      return `output ${reason.port}: ${reason.given ? 'given now' : 'no longer given'}`;
    case 'file':
      return `file ${reason.path}: ${came(reason)}`;
    case 'object':
      return `output ${reason.port} is ${reason.state} (object ${reason.object.slice(0, 10)})`;
    case 'same':
      return `made from the same as ${reason.item}, once for both`;
    case 'upstream':
      return `after ${listed(reason.items)}`;
    default:
      return unreachable(reason);
  }
}

/** Several reasons in one line, the first few in full. */
export function reasonsText(reasons: readonly Reason[], most = 3): string {
  const texts = reasons.slice(0, most).map(reasonText);
  const more = reasons.length > most ? [`${reasons.length - most} more`] : [];
  return [...texts, ...more].join('; ');
}

function came({
  before,
  after,
}: {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}): string {
  return before === undefined ? 'new' : after === undefined ? 'gone' : 'changed';
}

function value(json: unknown): string {
  return json === undefined ? 'absent' : cut(JSON.stringify(json), 60);
}

function listed(items: readonly string[]): string {
  const most = 3;
  return (
    items.slice(0, most).join(', ') +
    (items.length > most ? ` and ${items.length - most} more` : '')
  );
}
