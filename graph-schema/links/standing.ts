/** What is known of an address, and what an answer makes of it. Pure: a clock and the limits go in. */
import type { LinkLimits } from './limits.ts';

/** Why an address did not answer as it should, in French and English. */
export const LINK_REASONS = {
  'not-found': ['introuvable (404)', 'not found (404)'],
  gone: ['retirée (410)', 'gone (410)'],
  'web-page': ['une page web au lieu d’une image', 'a web page in place of a picture'],
  'host-unknown': ['aucune machine de ce nom', 'no machine of that name'],
  'address-invalid': ['adresse mal écrite', 'the address is written wrongly'],
  refused: ['accès refusé', 'access refused'],
  status: ['réponse inattendue', 'an unexpected answer'],
  'server-fault': ['serveur en panne', 'the server is out of order'],
  busy: ['le serveur demande d’attendre', 'the server asks to wait'],
  timeout: ['pas de réponse à temps', 'no answer in time'],
  unreachable: ['serveur injoignable', 'the server cannot be reached'],
  'redirect-endless': ['renvois sans fin', 'redirects without end'],
  certificate: ['certificat non valable', 'the certificate is not valid'],
  'private-address': ['adresse d’un réseau privé, non demandée', 'address in a private network, not asked for'],
  'source-unknown': ['source inconnue ici ou hors de son accord', 'source unknown here or outside its agreement'],
  'host-resting': ['serveur laissé en paix', 'server left alone'],
} as const;
export type LinkReason = keyof typeof LINK_REASONS;

/** What came of asking. `gone`: there is surely nothing; `unsure`: another day may tell; `wait`: not asked, or asked to come back later. */
export type Answer =
  | { readonly kind: 'well'; readonly status: number; readonly movedTo?: string | undefined }
  | { readonly kind: 'gone' | 'unsure'; readonly reason: LinkReason; readonly status?: number | undefined }
  | {
      readonly kind: 'wait';
      readonly reason: LinkReason;
      readonly until: Date;
      readonly status?: number | undefined;
      /** The server itself said so: its whole host is left alone until then. */
      readonly asked?: boolean;
    };

export const LINK_STATES = ['alive', 'dead', 'unsure'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** What is kept of an address. Times are ISO 8601, UTC. */
export interface Standing {
  /** Undefined until it was asked for. */
  readonly state?: LinkState | undefined;
  readonly status?: number | undefined;
  readonly reason?: LinkReason | undefined;
  readonly checkedAt?: string | undefined;
  /** Days on which there was surely nothing, since it last answered well. */
  readonly failures: number;
  /** The latest of them. */
  readonly failedAt?: string | undefined;
  /** Times in a row that nothing could be told. */
  readonly silent: number;
  readonly lastAlive?: string | undefined;
  /** Where it sends on to. */
  readonly movedTo?: string | undefined;
  /** Until then its host asked to be left alone. */
  readonly notBefore?: string | undefined;
  readonly next: string;
}

const DAY_MS = 86_400_000;

/** What is known after an answer. A server that keeps silent never makes an address dead; only its own word on several days does. */
export function standingAfter(before: Standing, answer: Answer, now: Date, limits: LinkLimits): Standing {
  const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString();
  const at = now.toISOString();
  if (answer.kind === 'wait') {
    const until = answer.until.toISOString();
    return { ...before, ...(answer.asked ? { checkedAt: at, notBefore: until } : {}), next: until };
  }
  const known = { status: answer.status, checkedAt: at, lastAlive: before.lastAlive };
  if (answer.kind === 'well') {
    const { movedTo } = answer;
    return { ...known, state: 'alive', failures: 0, silent: 0, lastAlive: at, movedTo, next: inDays(limits.againDays) };
  }
  const { failures, failedAt } = before;
  if (answer.kind === 'unsure') {
    const silent = before.silent + 1;
    const days = Math.min(limits.failedAgainDays * 2 ** Math.min(silent - 1, 10), limits.againDays);
    const state = before.state === 'dead' ? 'dead' : 'unsure';
    return { ...known, state, reason: answer.reason, failures, failedAt, silent, next: inDays(days) };
  }
  const failed = failures + (failedAt !== undefined && dayOf(failedAt) === dayOf(at) ? 0 : 1);
  const isDead = failed >= limits.deadAfterFailures;
  return {
    ...known,
    state: isDead ? 'dead' : 'unsure',
    reason: answer.reason,
    failures: failed,
    failedAt: at,
    silent: 0,
    next: inDays(isDead ? limits.againDays : limits.failedAgainDays),
  };
}

const dayOf = (iso: string): string => iso.slice(0, 10);
