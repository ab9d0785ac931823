import type { Catalogue } from '../../sdk/catalogue.js';

/** `.vscode/settings.json`: which schema goes with which files, for editors with yaml-language-server. */
export function editorSettings({ kinds }: Catalogue): string {
  const files = Object.values(kinds)
    .filter((kind) => kind.folder !== '')
    .map(({ kind, folder }) => [`./spec/schema/${kind}.json`, `spec/${folder}/**/*.yaml`]);
  const schemas = Object.fromEntries([
    ['./spec/schema/dag.json', 'dags/**/*.yaml'],
    ['./spec/schema/contract.json', 'spec/contracts/**/*.yaml'],
    ['./spec/schema/formula.json', 'spec/formulas/**/*.yaml'],
    ...files,
  ]);
  return `${JSON.stringify({ 'yaml.schemas': schemas }, null, 2)}\n`;
}
