/** A definition as people read it: those that no formula may name start with `=`, such as the `side` of an event. */
export function shown(id: string): string {
  return id.replace(/^=+/, '');
}
