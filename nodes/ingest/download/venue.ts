import pLimit, { type LimitFunction } from 'p-limit';
import type { ParamValue } from '../../../engine/sdk/index.js';
import type { network } from '../../kinds/network.js';
import { Budget } from './budget.js';
import { now } from './clock.js';
import { type Answer, once, type Taker } from './request.js';
import { backoffOf, pause } from './wait.js';

export type Network = ParamValue<typeof network>;

/** How patient we are. */
export interface Manners {
  /** Times a request is tried that fails on the way. */
  readonly attempts: number;
  /** Milliseconds before the second try; twice as long before each further one. */
  readonly backoff: number;
  /** Milliseconds that a host may ask one request to wait, all in all. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** Says that a request is made again, and why. */
  again(url: string, why: string, wait: number): void;
  /** Stops everything. */
  refuse(code: string, facts: Readonly<Record<string, string | number>>): never;
}

/** What asking came to in the end. */
export type Had<T> =
  | { readonly kind: 'got'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'never'; readonly status: number; readonly said: string }
  | { readonly kind: 'gave-up' };

/** Makes what takes the bytes of one attempt. */
type MakeTaker<T> = () => Taker<T> | Promise<Taker<T>>;

/** Requests that failed for good, after which no more are made. */
const HOPELESS = 5;
/** Times a request looks for a host that nobody ever reached: a name that does not resolve will not do so after minutes either. */
const SEARCHES = 3;

type Again = Extract<Answer<unknown>, { readonly kind: 'again' }>;

/** What a request counts, and against which budget. */
interface Cost {
  readonly budget: string;
  readonly weight: number;
}

/** How one request has fared. */
interface Tally {
  /** Failures on the way. */
  tries: number;
  /** Times it was one too many. */
  limited: number;
  /** Milliseconds that the host asked for. */
  waited: number;
}

interface Host {
  readonly name: string;
  readonly base: string;
  /** Until then it asked to be left alone. */
  until: number;
  /** There was a connection to it in this run. */
  reached: boolean;
}

/** The hosts of a venue: asks politely, and again where that may help. */
export class Venue {
  readonly #hosts: ReadonlyMap<string, Host>;
  readonly #budgets: ReadonlyMap<string, Budget>;
  /** Most at once, for each budget and for the archive: a request holds its place while it waits to be tried again. */
  readonly #limits: ReadonlyMap<string, LimitFunction>;
  readonly #files: LimitFunction;
  /** Requests that failed too often. */
  readonly failures: { readonly url: string; readonly why: string }[] = [];

  constructor(
    readonly network: Network,
    readonly manners: Manners,
  ) {
    this.#hosts = new Map(
      Object.entries(network.hosts).map(([name, base]) => {
        return [name, { name, base, until: 0, reached: false }];
      }),
    );
    const budgets = Object.entries(network.budgets);
    this.#budgets = new Map(budgets.map(([name, limit]) => [name, new Budget(limit)]));
    this.#limits = new Map(budgets.map(([name]) => [name, pLimit(network.at_once)]));
    this.#files = pLimit(network.at_once);
  }

  /** A file of the archive. */
  file<T>(path: string, taker: MakeTaker<T>): Promise<Had<T>> {
    return this.#files(() => this.#persist(this.network.archive, `/${path}`, undefined, taker));
  }

  /** An endpoint, at the host of a budget. */
  endpoint<T>(path: string, budget: string, weight: number, taker: MakeTaker<T>): Promise<Had<T>> {
    const host = this.network.budgets[budget]?.host ?? '';
    const ask = () => this.#persist(host, path, { budget, weight }, taker);
    const limit = this.#limits.get(budget);
    return limit ? limit(ask) : ask();
  }

  /** Address of a path at a host. */
  url(host: string, path: string): string {
    return `${this.#hostOf(host).base}${path}`;
  }

  async #persist<T>(
    hostName: string,
    path: string,
    cost: Cost | undefined,
    taker: MakeTaker<T>,
  ): Promise<Had<T>> {
    const { attempts, signal } = this.manners;
    const host = this.#hostOf(hostName);
    const url = `${host.base}${path}`;
    const tally = { tries: 0, limited: 0, waited: 0 };
    // A host that fails all the time is left alone; what has come is kept.
    while (this.failures.length < HOPELESS) {
      if (cost) await this.#budgets.get(cost.budget)?.admit(cost.weight, signal);
      const answer = await this.#whenWelcome(host, url, taker);
      if (answer.kind === 'halt') return this.manners.refuse(answer.code, answer.facts);
      if (answer.kind === 'got') this.#note(cost, answer.headers);
      if (answer.kind !== 'again') return answer;
      const wait = this.#waitAfter(answer, host, url, tally);
      if (tally.tries >= attempts) {
        this.failures.push({ url, why: answer.why });
        break;
      }
      // Everybody who asks this host waits: to go on asking is what gets an address banned.
      if (answer.limited) host.until = Math.max(host.until, now() + wait);
      if (tally.waited > this.manners.patience) this.#refuseBan(host, wait);
      this.manners.again(url, answer.why, wait);
      await pause(wait, signal);
    }
    return { kind: 'gave-up' };
  }

  /** Counts a failure. Waits that the host asks for are none of ours; they end where patience does. */
  #waitAfter(answer: Again, host: Host, url: string, tally: Tally): number {
    if (answer.limited) tally.limited++;
    else tally.tries++;
    if (!host.reached && tally.tries >= Math.min(SEARCHES, this.manners.attempts))
      this.#refuseUnreached(host, answer.why);
    const count = answer.limited ? tally.limited : tally.tries;
    const wait = Math.max(backoffOf(this.manners.backoff, count, url), answer.after ?? 0);
    if (answer.limited || answer.after !== undefined) tally.waited += wait;
    return wait;
  }

  async #whenWelcome<T>(host: Host, url: string, taker: MakeTaker<T>): Promise<Answer<T>> {
    const { signal } = this.manners;
    while (host.until > now()) await pause(host.until - now(), signal);
    const answer = await once(url, await taker(), { silence: this.network.silence, signal });
    host.reached ||= answer.kind !== 'again' || answer.unreached === undefined;
    return answer;
  }

  #note(cost: Cost | undefined, headers: Headers): void {
    if (!cost) return;
    const header = this.network.budgets[cost.budget]?.told_by;
    const used = header === undefined ? null : headers.get(header);
    if (used !== null && /^\d{1,9}$/.test(used)) this.#budgets.get(cost.budget)?.told(Number(used));
  }

  #refuseUnreached({ base }: Host, why: string): never {
    return this.manners.refuse('ingest/unreachable', { host: new URL(base).host, why });
  }

  #refuseBan({ name }: Host, wait: number): never {
    const seconds = Math.ceil(wait / 1000);
    const patience = Math.floor(this.manners.patience / 1000);
    return this.manners.refuse('ingest/banned', { host: name, seconds, patience });
  }

  #hostOf(name: string): Host {
    const host = this.#hosts.get(name);
    // `shape` refuses a market that names a host it does not declare.
    if (!host) throw new Error(`There is no host ${name}`);
    return host;
  }
}
