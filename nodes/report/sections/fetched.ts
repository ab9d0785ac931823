import type { JsonObject } from '../../../engine/sdk/index.js';
import { columns, type Origin, type Section } from '../page/document.js';
import { whole } from '../page/numbers.js';
import { numberIn, objectIn, objectsIn, textIn } from './read.js';

/** Folders of files and what became of these: `fetched` anew, `kept` as they were, `replaced`, or in quarantine. */
const STATES = ['fetched', 'kept', 'replaced', 'quarantined'] as const;
const MEBIBYTE = 1024 * 1024;

/** What was downloaded, by folder of the archive. */
export function fetchedSection(told: JsonObject, origin: Origin): Section {
  const folders = new Map<string, JsonObject[]>();
  for (const file of objectsIn(told, 'files')) {
    const name = textIn(file, 'name');
    const folder = name.slice(0, name.lastIndexOf('/'));
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const absent = numberIn(objectIn(told, 'counts'), 'absent') ?? 0;
  return {
    title: 'Files of the venue',
    blocks: [
      {
        kind: 'table',
        title: 'Files by folder',
        columns: columns(
          ['Folder'],
          ['Files', 'MiB', 'Fetched', 'Kept', 'Replaced', 'Quarantined'],
        ),
        rows: [...folders].map(([folder, files]) => [
          folder,
          whole(files.length),
          megabytes(files),
          ...STATES.map((state) => whole(files.filter((f) => textIn(f, 'state') === state).length)),
        ]),
        origin,
        note: `Asked for until ${textIn(told, 'until')}. ${whole(absent)} files that were asked for are not in the archive: days before a listing, or not published yet. What stands in quarantine has another checksum than the archive gives, and is not read.`,
      },
    ],
  };
}

function megabytes(files: readonly JsonObject[]): string {
  const bytes = files.reduce((sum, file) => sum + (numberIn(file, 'bytes') ?? 0), 0);
  return (bytes / MEBIBYTE).toFixed(1);
}
