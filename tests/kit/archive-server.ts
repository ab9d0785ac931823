import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { crc32, deflateRawSync } from 'node:zlib';

/*
 * A venue on this machine: an archive of zips with checksums, and the endpoints of Binance's REST that a download asks, with
 * answers of the genuine shapes. Rows are a function of symbol and time alone, so that archive and REST agree. Faults are
 * decided request by request.
 */

const DAY = 86_400_000;
const FIVE = 300_000;

/**
 * What goes wrong with one request; `truncate` and `drop` break the connection, `stall` never says anything more, `unsized` does
 * not tell how long the body is, which is no fault.
 */
export type Fault =
  | 'drop'
  | 'truncate'
  | 'stall'
  | 'unsized'
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
      /** Send this many milliseconds late. */
      readonly late?: number;
    };

/** Decides on one request. @param count  1 for the first request to that path. */
export type Faults = (path: string, count: number, total: number) => Fault | undefined;

interface Answer {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export class ArchiveServer {
  /** Bodies by path, without the leading slash. */
  readonly files = new Map<string, Uint8Array>();
  /** Paths with their query, in the order they were asked for. */
  readonly asked: string[] = [];
  faults: Faults = () => undefined;
  /** Symbols that the endpoints know. */
  symbols: readonly string[] = ['BTCUSDT', 'ETHUSDT'];
  /** Endpoints have no rows from this time on: the symbols ended. */
  ended = Number.POSITIVE_INFINITY;
  /** Endpoints of bars have no row of such a time. */
  without: (time: number) => boolean = () => false;
  /** The address, http://127.0.0.1:port, from `start` on. */
  base = '';
  readonly #server: Server;
  readonly #counts = new Map<string, number>();

  constructor() {
    this.#server = createServer((request, response) => this.#serve(request, response));
  }

  /** @returns the address */
  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.base = `http://127.0.0.1:${address.port}`;
    return this.base;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** Forget what was asked and what was to go wrong. */
  calm(): void {
    this.asked.length = 0;
    this.#counts.clear();
    this.faults = () => undefined;
    this.ended = Number.POSITIVE_INFINITY;
    this.without = () => false;
  }

  /** Put a zip with one CSV and its checksum into the archive. */
  publish(name: string, csv: string): Uint8Array {
    const entry = name.slice(name.lastIndexOf('/') + 1).replace(/\.zip$/, '.csv');
    return this.publishBytes(name, zipOf(entry, csv));
  }

  /** The same with bytes of any kind. @param digest  What the checksum says, the truth by default. */
  publishBytes(name: string, bytes: Uint8Array, digest = sha256(bytes)): Uint8Array {
    this.files.set(name, bytes);
    const file = name.slice(name.lastIndexOf('/') + 1);
    this.files.set(`${name}.CHECKSUM`, Buffer.from(`${digest}  ${file}\n`));
    return bytes;
  }

  withdraw(name: string): void {
    this.files.delete(name);
    this.files.delete(`${name}.CHECKSUM`);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '';
    this.asked.push(url);
    const path = url.replace(/\?.*/, '');
    const count = (this.#counts.get(path) ?? 0) + 1;
    this.#counts.set(path, count);
    const answer = this.#answer(path, new URL(url, 'http://x').searchParams);
    const fault = this.faults(path, count, this.asked.length);
    if (fault === undefined) send(response, answer);
    else spoil(response, answer, fault);
  }

  #answer(path: string, query: URLSearchParams): Answer {
    const file = this.files.get(path.slice(1));
    if (file) return { status: 200, body: file };
    if (path.startsWith('/data/')) return { status: 404, body: NO_SUCH_KEY };
    const headers = { 'content-type': 'application/json', 'x-mbx-used-weight-1m': '5' };
    const symbol = query.get('symbol') ?? '';
    if (path.endsWith('/exchangeInfo')) return { ...json(exchangeInfo(this.symbols)), headers };
    if (!this.symbols.includes(symbol))
      return { status: 400, body: '{"code":-1121,"msg":"Invalid symbol."}', headers };
    const range = {
      symbol,
      from: Number(query.get('startTime')),
      to: Math.min(Number(query.get('endTime')), this.ended - 1),
      limit: Number(query.get('limit') ?? 500),
      without: this.without,
    };
    const rows = restRows(path, range);
    return rows === undefined ? { status: 404, body: 'not found' } : { ...json(rows), headers };
  }
}

const NO_SUCH_KEY =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>';

function json(value: unknown): Answer {
  return { status: 200, body: JSON.stringify(value) };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
  response.end(bytes);
}

function spoil(response: ServerResponse, answer: Answer, fault: Fault): void {
  if (fault === 'drop') {
    response.destroy();
    return;
  }
  const bytes = Buffer.from(answer.body);
  if (fault === 'unsized') {
    response.writeHead(answer.status, { ...answer.headers });
    response.write(bytes.subarray(0, bytes.length / 2));
    response.end(bytes.subarray(bytes.length / 2));
    return;
  }
  if (fault === 'truncate' || fault === 'stall') {
    response.writeHead(answer.status, { 'content-length': String(bytes.length) });
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
    if (fault === 'truncate') setTimeout(() => response.destroy(), 5);
    return;
  }
  const { status = answer.status, headers = answer.headers, body = answer.body, late = 0 } = fault;
  const spoilt = { status, body, ...(headers ? { headers } : {}) };
  setTimeout(() => send(response, spoilt), late);
}

interface Range {
  readonly symbol: string;
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly without: (time: number) => boolean;
}

function restRows(path: string, range: Range): readonly unknown[] | undefined {
  const { symbol, from, to, limit } = range;
  const times = (step: number) => {
    const found: number[] = [];
    for (let t = Math.ceil(from / step) * step; t <= to && found.length < limit; t += step)
      found.push(t);
    return found;
  };
  if (/[kK]lines$/.test(path))
    return times(FIVE)
      .filter((t) => !range.without(t))
      .map((t) => klineCells(symbol, t));
  if (path.endsWith('/fundingRate'))
    return times(DAY / 3).map((t) => {
      const fundingTime = t + 3; // the venue's stamps are some milliseconds late
      return { symbol, fundingTime, fundingRate: fundingRate(symbol, t), markPrice: '1.00000000' };
    });
  if (path.endsWith('/openInterestHist'))
    return times(FIVE).map((timestamp) => {
      const sumOpenInterest = `${1000 + ((timestamp / FIVE) % 97)}.5`;
      return { symbol, sumOpenInterest, sumOpenInterestValue: '250000.10000000', timestamp };
    });
  if (path.endsWith('/takerlongshortRatio'))
    return times(FIVE).map((timestamp) => ({ buySellRatio: '1.0600', buyVol: '1', timestamp }));
  if (path.endsWith('Ratio'))
    return times(FIVE).map((timestamp) => ({ symbol, longShortRatio: '1.4342', timestamp }));
  return undefined;
}

/** A bar as REST gives it: numbers for times and counts, texts for the rest. */
export function klineCells(symbol: string, time: number): readonly (string | number)[] {
  const price = 100 + symbol.charCodeAt(0) + ((time / FIVE) % 1009) / 100;
  const [low, high] = [(price - 0.5).toFixed(2), (price + 0.5).toFixed(2)];
  const close = (price + 0.1).toFixed(2);
  const end = time + FIVE - 1;
  return [
    time,
    price.toFixed(2),
    high,
    low,
    close,
    '12.500',
    end,
    (12.5 * price).toFixed(2),
    42,
    '6.100',
    '610',
    '0',
  ];
}

export function fundingRate(symbol: string, time: number): string {
  return ((time / DAY) * 3 + symbol.charCodeAt(0)) % 7 === 0 ? '0.00010000' : '0.00005000';
}

export const KLINE_HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';

/** The CSV that the archive keeps for [from, to). */
export function klineCsv(symbol: string, from: number, to: number): string {
  const lines = [KLINE_HEADER];
  for (let t = from; t < to; t += FIVE) lines.push(klineCells(symbol, t).join(','));
  return `${lines.join('\n')}\n`;
}

export function fundingCsv(symbol: string, from: number, to: number): string {
  const lines = ['calc_time,funding_interval_hours,last_funding_rate'];
  for (let t = from; t < to; t += DAY / 3) lines.push(`${t + 3},8,${fundingRate(symbol, t)}`);
  return `${lines.join('\n')}\n`;
}

function exchangeInfo(symbols: readonly string[]) {
  return {
    timezone: 'UTC',
    serverTime: 1_740_000_000_000,
    symbols: symbols.map((symbol) => ({
      symbol,
      contractType: 'PERPETUAL',
      status: 'TRADING',
      onboardDate: 1_569_398_400_000,
      deliveryDate: 4_133_404_800_000,
      underlyingSubType: ['PoW'],
    })),
  };
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A zip of one deflated entry, without time stamps: equal texts give equal bytes. @see PKWARE APPNOTE 6.3, section 4.3 */
export function zipOf(name: string, text: string): Buffer {
  const raw = Buffer.from(text);
  const body = deflateRawSync(raw);
  const file = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0); // version that is needed: 2.0
  common.writeUInt16LE(8, 4); // deflate
  common.writeUInt16LE(0x21, 8); // 1980-01-01
  common.writeUInt32LE(crc32(raw), 10);
  common.writeUInt32LE(body.length, 14);
  common.writeUInt32LE(raw.length, 18);
  common.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, file, body]);
  const made = Buffer.from('PK\x01\x02\x14\x00');
  const central = Buffer.concat([made, common, Buffer.alloc(14), file]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
