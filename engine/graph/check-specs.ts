import type { Diagnostic } from '../diag/diagnostic.js';
import { type Compilation, openSession } from './compile.js';
import { contractIds, loadContract } from './contract-files.js';

/** Every spec and contract of a project, whoever uses it: how many files there are, and what is wrong with them. */
export function checkSpecs(where: Pick<Compilation, 'root' | 'catalogue' | 'pack' | 'specs'>): {
  readonly files: number;
  readonly problems: readonly Diagnostic[];
} {
  const session = openSession({ ...where, file: '', sets: [], folders: [] });
  const { problems, project, specs, catalogue } = session;
  let files = 0;
  for (const kind of Object.values(catalogue.kinds)) {
    if (kind.folder === '') continue;
    for (const file of project.list(`${specs.folder}/${kind.folder}`, undefined, problems)) {
      files++;
      specs.specs(kind, file, { file, line: 1, col: 1, length: 1 }, problems);
    }
  }
  for (const [id, file] of contractIds(session)) {
    files++;
    const place = { file, line: 1, col: 1, length: 1 };
    loadContract(session, id, { node: 'a node', port: id, place });
  }
  return { files, problems: problems.all };
}
