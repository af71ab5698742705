/** The ways by which an alert leaves the house. */
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { Message } from './message.ts';

export interface Channel {
  readonly name: 'mail' | 'webhook';
  /** Sends one message, bounded in time. Gives why it was not taken, in words without any secret; never throws for that. */
  send(message: Message): Promise<Finding | undefined>;
}

/** For each wait: to connect, to be greeted, to be answered. */
export const WAIT_MS = 10_000;

/** A fault's particulars, one text for each language. */
export interface Detail {
  readonly detailFr: string;
  readonly detailEn: string;
}

export function detail(fr: string, en: string): Detail {
  return { detailFr: fr, detailEn: en };
}
