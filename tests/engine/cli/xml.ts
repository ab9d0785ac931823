/** An element of an XML text. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text right inside it. */
  readonly text: string;
}

const TOKEN = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/g;

/** The elements of an XML text in the order they begin. @throws Error where it is not well-formed. */
export function elements(text: string): readonly Element[] {
  const all: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: (typeof all)[number][] = [];
  for (const [token, close, name = '', attributes = '', alone, words] of text.matchAll(TOKEN)) {
    if (words !== undefined) {
      const last = open.at(-1);
      if (last) last.text += plain(words);
      else if (words.trim() !== '') throw new Error(`text outside: ${words}`);
    } else if (name === '') throw new Error(`a "${token}" that opens nothing`);
    else if (close === '/') {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`);
    } else {
      const made = { name, attributes: attributesOf(attributes), text: '' };
      all.push(made);
      if (alone !== '/') open.push(made);
    }
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> stays open`);
  return all;
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/([\w:-]+)="([^"]*)"/g)];
  const names = found.map(([, name = '']) => name);
  if (new Set(names).size < names.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, plain(value)]));
}

function plain(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot);)/.test(text)) throw new Error(`a bare "&": ${text}`);
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
