import { existsSync, mkdirSync, promises, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RunningDigest } from '../../math/running-digest.js';
import { now } from './clock.js';
import type { Fit, Taker } from './request.js';

// A file of the folder is whole or not there: it grows under a name of its own beside its place, is flushed to the disk, and
// is renamed. What a killed run left behind is told by the process that is gone.

const PART = /^\.(.+)\.(\d+)-[0-9a-f-]{36}\.part$/;
/** A part that nobody wrote to for so long is nobody's, whatever process has its number today. */
const ABANDONED = 3_600_000;

/** A file that lies whole under a temporary name. */
export interface Part {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Take a body into a part of a file. @throws what the file system says no to */
export async function partTaker(path: string, limit: number): Promise<Taker<Part>> {
  mkdirSync(dirname(path), { recursive: true });
  const part = join(
    dirname(path),
    `.${basename(path)}.${process.pid}-${globalThis.crypto.randomUUID()}.part`,
  );
  const file = await promises.open(part, 'wx');
  const digest = new RunningDigest();
  const drop = async () => {
    await file.close();
    rmSync(part, { force: true });
  };
  return {
    limit,
    drop,
    async take(piece) {
      let at = 0;
      while (at < piece.length) at += (await file.write(piece, at)).bytesWritten;
      digest.add(piece);
    },
    async end(): Promise<Fit<Part>> {
      await file.sync();
      await file.close();
      return { value: { path: part, sha256: digest.hex(), bytes: digest.bytes } };
    },
  };
}

/** Give a part its name; whatever had it is gone. */
export async function put(part: string, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await promises.rename(part, path);
  await syncFolder(dirname(path));
}

/** Write a small file, whole or not at all. */
export async function putText(path: string, text: string): Promise<Part> {
  const bytes = new TextEncoder().encode(text);
  const taker = await partTaker(path, bytes.length);
  let made: Fit<Part> | undefined;
  try {
    await taker.take(bytes);
    made = await taker.end();
  } finally {
    if (!made) await taker.drop();
  }
  if (!('value' in made)) throw new Error(`${path} was not written`);
  await put(made.value.path, path);
  return made.value;
}

/** Make a rename survive a power cut, where the system lets folders be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await promises.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The SHA-256 of a file, read piece by piece. */
export async function digestOf(path: string): Promise<string> {
  const digest = new RunningDigest();
  const handle = await promises.open(path, 'r');
  try {
    const piece = new Uint8Array(1 << 20);
    for (;;) {
      const { bytesRead } = await handle.read(piece, 0, piece.length, null);
      if (bytesRead === 0) return digest.hex();
      digest.add(piece.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** Names in a folder, without the parts that killed runs left there, which are removed. */
export function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => {
    const writer = PART.exec(name)?.[2];
    if (writer !== undefined && abandoned(join(folder, name), Number(writer)))
      rmSync(join(folder, name), { force: true });
    return writer === undefined;
  });
}

function abandoned(part: string, writer: number): boolean {
  if (writer !== process.pid && !running(writer)) return true;
  const at = statSync(part, { throwIfNoEntry: false })?.mtimeMs;
  return at !== undefined && now() - at > ABANDONED;
}

function running(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    const coded = typeof thrown === 'object' && thrown !== null && 'code' in thrown;
    // EPERM: it runs, and is somebody else's.
    if (coded && thrown.code === 'EPERM') return true;
    if (coded && thrown.code === 'ESRCH') return false;
    throw thrown;
  }
}
