import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'winston';
import { toJson } from '../diag/json.js';
import type { RunEvent } from '../run/events.js';
import type { Reporter } from './reporter.js';

/** The log of a run is a reporter that must be waited for: lines are written in the background. */
export interface RunLog extends Reporter {
  /** Where it is, once something was worth logging. */
  readonly path: string | undefined;
  /** @returns why lines are missing, if they are: the log is no result, and a run goes on without it. */
  flush(): Promise<string | undefined>;
}

/**
 * `log.jsonl` in the folder of a run: what nodes said, warnings, failures. How every item ended is in `items.jsonl`, its timings
 * are in its record. The logging library is loaded with the first such event: a quiet run never needs it.
 */
export function runLog(lake: string): RunLog {
  let path: string | undefined;
  let log: Promise<Log> | undefined;
  let run = '';
  let failure: unknown;
  const fail = (thrown: unknown) => {
    failure ??= thrown;
  };
  const write = (level: string, message: string, facts: object) => {
    if (failure !== undefined) return;
    path ??= join(lake, 'runs', run, 'log.jsonl');
    log ??= open(path, fail);
    const at = new Date().toISOString();
    log.then(({ logger }) => logger.log({ level, message, at, ...facts })).catch(fail);
  };
  return {
    get path() {
      return path;
    },
    take(event) {
      if (event.event === 'run-started') run = event.run;
      const line = lineOf(event);
      if (line) write(line.level, line.message, line.facts);
    },
    close: () => {},
    async flush() {
      const opened = await log?.catch(fail);
      if (opened && failure === undefined) await ended(opened);
      if (failure === undefined) return undefined;
      return `${path}: ${failure instanceof Error ? failure.message : String(failure)}`;
    },
  };
}

interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts: object;
}

function lineOf(event: RunEvent): Line | undefined {
  switch (event.event) {
    case 'item-log':
      return {
        level: 'info',
        message: event.message,
        facts: { item: event.item, facts: event.facts },
      };
    case 'warning':
      return {
        level: 'warn',
        message: event.problem.message,
        facts: { item: event.item, problem: toJson([event.problem])[0] },
      };
    case 'item-ended': {
      const { item, node, outcome, key, problems } = event;
      if (outcome === 'failed') {
        return {
          level: 'error',
          message: 'failed',
          facts: { item, node, key, problems: toJson(problems ?? []) },
        };
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

interface Log {
  readonly logger: Logger;
  readonly file: WriteStream;
}

/** The file is our own stream: the logging library's keeps to itself that a disk is full, and then never ends. */
async function open(path: string, fail: (thrown: unknown) => void): Promise<Log> {
  const { createLogger, format, transports } = await import('winston');
  const file = createWriteStream(path, { flags: 'a' }).on('error', fail);
  const to = [new transports.Stream({ stream: file })];
  const logger = createLogger({ level: 'info', format: format.json(), transports: to });
  return { logger: logger.on('error', fail), file };
}

/** The logger ends before its file does. */
async function ended({ logger, file }: Log): Promise<void> {
  await new Promise<void>((resolve) => void logger.on('finish', resolve).end());
  if (file.closed) return;
  await new Promise<void>((resolve) => void file.on('close', resolve).end());
}
