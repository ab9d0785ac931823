import { join } from 'node:path';
import { hashOfFile, listed, stateOf } from './copy.js';
import type { PublishedFile, PublishedPort } from './published.js';

/** A file as the ledger lists it, listed anew if it was only touched; undefined where it is gone or another one. */
export function inPlace(
  folder: string,
  name: string,
  file: PublishedFile,
): PublishedFile | undefined {
  const path = join(folder, name);
  const state = stateOf(path, file);
  if (state === 'same') return file;
  return state === 'touched' ? listed(path, file.sha256, file) : undefined;
}

/** The same; a file that a process had put in place before it was killed counts as well. */
export function stands(
  folder: string,
  name: string,
  file: PublishedFile,
  { run, writing }: PublishedPort,
): PublishedFile | undefined {
  const own = { runs: file.runs ?? [run] };
  const found = inPlace(folder, name, file);
  if (found) return { ...found, ...own };
  const announced = writing[name] ?? [];
  const path = join(folder, name);
  const hash = announced.length > 0 ? hashOfFile(path) : undefined;
  const there = announced.find(({ sha256 }) => sha256 === hash);
  return there && listed(path, there.sha256, there);
}
