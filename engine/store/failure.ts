import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';

const report = reporter({
  'store/disk-full': 'The disk is full: {path} could not be written.',
  'store/read-only': 'The file system is read-only: {path} could not be written.',
  'store/no-rights': 'There is no permission for {path}.',
  'store/not-a-folder': '{path} is a file where a folder is expected.',
  'store/a-folder': '{path} is a folder where a file is expected.',
  'store/link-loop': '{path} is a link that leads back to itself.',
  'store/too-many-open': 'Too many files are open: {path} could not be opened.',
});

const BY_ERRNO: Readonly<Record<string, Parameters<typeof report>[0]>> = {
  ENOSPC: 'store/disk-full',
  EDQUOT: 'store/disk-full',
  EROFS: 'store/read-only',
  EACCES: 'store/no-rights',
  EPERM: 'store/no-rights',
  ENOTDIR: 'store/not-a-folder',
  EISDIR: 'store/a-folder',
  ELOOP: 'store/link-loop',
  EMFILE: 'store/too-many-open',
  ENFILE: 'store/too-many-open',
};

/**
 * Run a piece of file work; what a person can mend becomes a refusal that names the path, the rest is thrown on.
 * @throws store/disk-full, store/read-only, store/no-rights, store/not-a-folder, store/a-folder, store/link-loop, store/too-many-open
 */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    return explain(path, error);
  }
}

/** The same for work that ends later. */
export async function guardedLater<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    return explain(path, error);
  }
}

function explain(path: string, error: unknown): never {
  const code = BY_ERRNO[errno(error) ?? ''];
  if (code === undefined) throw error;
  return refuse(report(code, undefined, { path }));
}

/** The problem of a file that stands where a folder is needed. */
export function notAFolder(path: string): Diagnostic {
  return report('store/not-a-folder', undefined, { path });
}

/** The same, with undefined where the file is absent. */
export function unlessAbsent<T>(path: string, work: () => T): T | undefined {
  return guarded(path, () => {
    try {
      return work();
    } catch (error) {
      if (errno(error) === 'ENOENT') return undefined;
      throw error;
    }
  });
}

/** The system's name of a failure, e.g. `ENOENT`. */
export function errno(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
