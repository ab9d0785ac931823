import { join } from 'node:path';
import type { Logger } from 'winston';
import { toJson } from '../diag/json.js';
import type { RunEvent } from '../run/events.js';
import type { Reporter } from './reporter.js';

/** The log of a run is a reporter that must be waited for: lines are written in the background. */
export interface RunLog extends Reporter {
  /** Where it is, once something was worth logging. */
  readonly path: string | undefined;
  flush(): Promise<void>;
}

/**
 * `log.jsonl` in the folder of a run: what nodes said, warnings, failures, executed items with their timings. The logging library
 * is loaded with the first such event: a run in which nothing happens never needs it.
 */
export function runLog(lake: string): RunLog {
  let path: string | undefined;
  let logger: Promise<Logger> | undefined;
  let run = '';
  const write = (level: string, message: string, facts: object) => {
    path ??= join(lake, 'runs', run, 'log.jsonl');
    logger ??= open(path);
    const at = new Date().toISOString();
    void logger.then((l) => l.log({ level, message, at, ...facts }));
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
      const open = await logger;
      if (!open) return;
      // The logger ends before its file does.
      const written = open.transports.map(
        (transport) => new Promise((resolve) => transport.on('finish', resolve)),
      );
      open.end();
      await Promise.all(written);
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
      const { item, node, outcome, key, timings, problems } = event;
      if (outcome === 'failed') {
        return {
          level: 'error',
          message: 'failed',
          facts: { item, node, key, problems: toJson(problems ?? []) },
        };
      }
      return outcome === 'done'
        ? { level: 'info', message: outcome, facts: { item, node, key, timings } }
        : undefined;
    }
    default:
      return undefined;
  }
}

async function open(path: string): Promise<Logger> {
  const { createLogger, format, transports } = await import('winston');
  return createLogger({
    level: 'info',
    format: format.json(),
    transports: [new transports.File({ filename: path })],
  });
}
