import { Refusal } from '../diag/refusal.js';
import { type Site, siteOf } from '../run/site.js';
import { retell, stands } from '../run/standing/retell.js';
import { readStanding, type Standing } from '../run/standing/standing.js';
import { errno } from '../store/failure.js';
import { Store } from '../store/store.js';
import { conclude } from './shared/conclude.js';
import { explain } from './shared/explain.js';
import type { Io } from './shared/io.js';
import { findPipeline } from './shared/pipeline.js';
import { questionOf } from './shared/question.js';
import { reporters } from './shared/reporters.js';

/**
 * Answer a command line as the last run of it did, if nothing has moved since.
 * @returns the exit code, or undefined: then it has to be run, which also tells whatever is wrong.
 */
export async function runAgain(io: Io): Promise<number | undefined> {
  if (io.argv[0] !== 'run') return undefined;
  const known = standingOf(io);
  return known && tell(known.site, known.store, known.standing, io);
}

function standingOf(io: Io) {
  try {
    const site = siteOf(io.cwd);
    const standing = readStanding(site.lake, questionOf(site, io));
    if (standing === undefined) return undefined;
    const store = Store.open(site.lake, standing.how);
    const same = findPipeline(site.root, io, standing.named) === standing.file;
    return same && stands(site, store, standing) ? { site, store, standing } : undefined;
  } catch (error) {
    // What cannot be read is for the run to tell.
    if (!(error instanceof Refusal) && errno(error) === undefined) throw error;
    return undefined;
  }
}

async function tell(site: Site, store: Store, standing: Standing, io: Io): Promise<number> {
  const told = await reporters(site, standing.shown, io);
  try {
    const { run, summary } = retell(site, standing, told.take);
    told.close();
    const where = { lake: site.lake, store };
    if (!standing.shown.json) await conclude(where, standing.start.pipeline, run, summary, io);
    return 0;
  } catch (error) {
    told.close();
    if (!(error instanceof Refusal)) throw error;
    io.err(explain(error.diagnostics, site.root, io.color.err));
    return 1;
  } finally {
    const unlogged = await told.flush();
    if (unlogged !== undefined) io.err(`the log of the run could not be written: ${unlogged}\n`);
  }
}
