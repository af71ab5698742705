/** Alerts by a POST of JSON to an address of the operator's own; therefore no address is out of bounds, but none is redirected to. */
import { createHmac } from 'node:crypto';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type Channel, type Detail, detail, WAIT_MS } from './channel.ts';
import type { Message } from './message.ts';

export interface WebhookSettings {
  readonly address: URL;
  /** Signs the body, so that the receiver knows who sent it. */
  readonly secret: string | undefined;
}

/** The header of the signature: `sha256=` and the HMAC-SHA-256 of the body's bytes in hexadecimal. */
export const SIGNATURE = 'x-trame-signature';

export function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

export function webhookChannel({ address, secret }: WebhookSettings, waitMs = WAIT_MS): Channel {
  return {
    name: 'webhook',
    async send({ subject, alerts }: Message): Promise<Finding | undefined> {
      const body = JSON.stringify({ subject, alerts });
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'Trame',
        ...(secret === undefined ? {} : { [SIGNATURE]: signatureOf(body, secret) }),
        ...credentialsOf(address),
      };
      try {
        const response = await fetch(withoutCredentials(address), {
          method: 'POST',
          body,
          headers,
          redirect: 'manual',
          signal: AbortSignal.timeout(waitMs),
        });
        await response.body?.cancel();
        return response.ok ? undefined : failed(wordsOfStatus(response.status));
      } catch (fault) {
        return failed(wordsOf(fault as Error));
      }
    },
  };
}

function failed(told: Detail): Finding {
  return finding('alert-webhook-failed', { ...told });
}

/** `fetch` refuses an address that carries a name and a password. */
function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function withoutCredentials(address: URL): URL {
  const bare = new URL(address);
  bare.username = '';
  bare.password = '';
  return bare;
}

function wordsOfStatus(status: number): Detail {
  return status >= 300 && status < 400
    ? detail(
        `il renvoie ailleurs (${status}), ce qui n’est pas suivi`,
        `it redirects (${status}), which is not followed`,
      )
    : detail(`il a répondu ${status}`, `it answered ${status}`);
}

/** By the kind of fault alone: its message may hold the address, and the address a token. */
function wordsOf({ name }: Error): Detail {
  return name === 'TimeoutError'
    ? detail('il ne répond pas', 'it does not answer')
    : detail('il ne peut pas être joint', 'it cannot be reached');
}
