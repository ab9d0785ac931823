import { type Periods, periodIn, periodsOf } from './periods.js';

/*
 * Files of a lake whose names tell months or days, found without opening one:
 * 1. files of one folder whose names are equal up to the date are a series;
 * 2. series that differ in one word, which is a folder and stands in the name, are a set: `prices/AAA/5m/AAA-5m-2024-01.zip` and
 *    `prices/BBB/5m/BBB-5m-2024-01.zip` are AAA and BBB of one set, which is called by its folder with a star for the word;
 * 3. folders such as `year=2024` say what the name says, and count as one.
 */

/** A file by its path within the lake. */
export interface File {
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** Files of one thing through time. */
export interface Series extends Periods {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
}

/** Series that are stored alike. */
export interface SeriesSet {
  /** Path within the lake; `*` stands for the word in which the series differ. */
  readonly folder: string;
  readonly series: readonly Series[];
  readonly files: readonly File[];
}

interface Group {
  /** Folders; those of the form `key=value` are `key=*`. */
  readonly folders: readonly string[];
  /** The name up to the date, without what joins the two. */
  readonly stem: string;
  readonly files: File[];
  readonly periods: string[];
}

/** The sets of series among some files, sorted by folder, and the files whose names tell no date. */
export function seriesOf(files: readonly File[]): {
  readonly sets: readonly SeriesSet[];
  readonly others: readonly File[];
} {
  const groups = new Map<string, Group>();
  const others: File[] = [];
  for (const file of files) {
    const folders = file.path.split('/').map((f) => f.replace(/^(\w+)=.*$/, '$1=*'));
    const found = periodIn(folders.pop() ?? '');
    if (!found) {
      others.push(file);
      continue;
    }
    const stem = found.before.replace(/[-_. ]+$/, '');
    const key = [...folders, stem].join('/');
    const group = groups.get(key) ?? { folders, stem, files: [], periods: [] };
    groups.set(key, group);
    group.files.push(file);
    group.periods.push(found.period);
  }
  return { sets: setsOf([...groups.values()]), others };
}

function setsOf(groups: readonly Group[]): readonly SeriesSet[] {
  const places = groups.map((group) => ({ group, ways: waysOf(group) }));
  const shared = new Map<string, number>();
  for (const { ways } of places) {
    for (const { key } of ways) shared.set(key, (shared.get(key) ?? 0) + 1);
  }
  const sets = new Map<string, { readonly folder: string; readonly of: [string, Group][] }>();
  for (const { group, ways } of places) {
    const common = ways.filter(({ key }) => (shared.get(key) ?? 0) > 1);
    const most = Math.max(0, ...common.map(({ key }) => shared.get(key) ?? 0));
    const way =
      common.find(({ first }) => first) ?? common.find(({ key }) => shared.get(key) === most);
    const folder = way?.folder ?? group.folders.join('/');
    const set = sets.get(folder) ?? { folder, of: [] };
    sets.set(folder, set);
    set.of.push([way?.word ?? group.stem, group]);
  }
  return [...sets.values()]
    .map(({ folder, of }) => ({
      folder,
      series: of
        .flatMap(([name, group]) => seriesFrom(name, group))
        .sort((a, b) => order(a.name, b.name)),
      files: of.flatMap(([, group]) => group.files),
    }))
    .sort((a, b) => order(a.folder, b.folder));
}

/** Words that are a folder and stand in the name, each with what is left when it is left out; whether the name begins with it. */
function waysOf({ folders, stem }: Group) {
  return folders.flatMap((word, at) => {
    const parts = stem.split(word);
    const whole = parts.length > 1 && parts.every((p, i) => isApart(p, i, parts.length));
    if (!whole) return [];
    const folder = folders.map((f, i) => (i === at ? '*' : f)).join('/');
    return [{ word, folder, key: `${folder}/${parts.join('*')}`, first: stem.startsWith(word) }];
  });
}

/** Is a piece of a name joined to the words beside it by a dash or the like? */
function isApart(part: string, i: number, count: number): boolean {
  return (i === 0 || /^($|[-_.])/.test(part)) && (i === count - 1 || /(^|[-_.])$/.test(part));
}

function seriesFrom(name: string, { files, periods }: Group): readonly Series[] {
  const found = periodsOf(periods);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return found ? [{ name, ...found, files: files.length, bytes }] : [];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
