import type { Diagnostic, Place } from '../diag/diagnostic.js';
import { type Compilation, openSession } from './compile.js';
import { composedSet, formulaSources } from './composed.js';
import { contractIds, loadContract } from './contract-files.js';
import type { Session } from './scope.js';
import { kindOfFile } from './spec-file.js';
import { checkTested } from './spec-group.js';

type Where = Pick<Compilation, 'root' | 'catalogue' | 'pack' | 'specs'>;

/** Every spec and contract of a project, whoever uses it: how many files there are, and what is wrong with them. */
export function checkSpecs(where: Where): {
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
      specs.specs(kind, file, startOf(file), problems);
      problems.add(...checkTested(project.yaml(file).value, catalogue.kinds));
    }
  }
  for (const [id, file] of contractIds(session)) {
    files++;
    checkContract(session, id, file);
  }
  return { files, problems: problems.all };
}

/** What is wrong with some spec files, each read by the kind that it says it is; composed operators and contracts too. */
export function checkFiles(where: Where, files: readonly string[]): readonly Diagnostic[] {
  const session = openSession({ ...where, file: '', sets: [], folders: [] });
  const { problems, project, specs, catalogue } = session;
  const contracts = new Map([...contractIds(session)].map(([id, file]) => [file, id]));
  const operators = Object.keys(catalogue.operators);
  const formulas = composedSet(formulaSources(where.root), operators, where.pack).problems;
  for (const file of files) {
    const contract = contracts.get(file);
    if (contract !== undefined) checkContract(session, contract, file);
    else if (kindOfFile(project.yaml(file).value) === 'formula')
      problems.add(...formulas.filter((p) => p.place?.file === file));
    else
      problems.add(
        ...specs.problemsOf(file),
        ...checkTested(project.yaml(file).value, catalogue.kinds),
      );
  }
  return problems.all;
}

function checkContract(session: Session, id: string, file: string): void {
  loadContract(session, id, { node: 'a node', port: id, place: startOf(file) });
}

function startOf(file: string): Place {
  return { file, line: 1, col: 1, length: 1 };
}
