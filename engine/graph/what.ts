/**
 * How messages name a part of a value: the `.from` of `"span" of stage "raw"` is `"span.from" of stage "raw"`, and the
 * `.fires` of `Signal "JUMP"` is `"fires" of signal "JUMP"`.
 */
export function inside(what: string, step: string): string {
  const parts = /^"([^"]+)"( of .*)?$/s.exec(what);
  if (parts) return `"${parts[1]}${step}"${parts[2] ?? ''}`;
  const lower = what.slice(0, 1).toLowerCase() + what.slice(1);
  return `"${step.replace(/^\./, '')}" of ${lower}`;
}
