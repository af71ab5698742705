/** Alerts by e-mail, over SMTP (RFC 5321). */
import { isIP } from 'node:net';
import { createTransport, type NodemailerError } from 'nodemailer';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type Channel, type Detail, detail, WAIT_MS } from './channel.ts';
import type { Message } from './message.ts';

export interface MailSettings {
  /** `smtps://user:password@host:465`, or `smtp://` (587), which is encrypted by STARTTLS. */
  readonly server: URL;
  readonly to: string;
  readonly from: string;
}

/** So many waits the whole of it may take, however slowly the server answers. */
const MOST_WAITS = 3;

export function mailChannel({ server, to, from }: MailSettings, waitMs = WAIT_MS): Channel {
  return {
    name: 'mail',
    async send({ subject, text }: Message): Promise<Finding | undefined> {
      const transport = createTransport(optionsOf(server, waitMs));
      try {
        await transport.sendMail({ from, to, subject, text, signal: AbortSignal.timeout(MOST_WAITS * waitMs) });
        return undefined;
      } catch (fault) {
        return finding('alert-mail-failed', { ...wordsOf(fault as NodemailerError) });
      } finally {
        transport.close();
      }
    },
  };
}

function optionsOf(server: URL, waitMs: number) {
  const secure = server.protocol === 'smtps:';
  const host = server.hostname.replace(/^\[|\]$/g, '');
  const user = decodeURIComponent(server.username);
  const pass = decodeURIComponent(server.password);
  return {
    host,
    port: server.port === '' ? (secure ? 465 : 587) : Number(server.port),
    secure,
    // A password never crosses a network in clear.
    requireTLS: !secure && user !== '' && !isLoopback(host),
    ...(user === '' ? {} : { auth: { user, pass } }),
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    dnsTimeout: waitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || (isIP(host) === 4 && host.startsWith('127.')) || host === '::1';
}

/** By the fault's code alone: what the server said may hold the password that it was given. */
function wordsOf({ code, responseCode }: NodemailerError): Detail {
  const status = typeof responseCode === 'number' ? ` (${responseCode})` : '';
  switch (code) {
    case 'EAUTH':
      return detail(
        `le serveur refuse le nom ou le mot de passe${status}`,
        `the server refuses the name or password${status}`,
      );
    case 'EENVELOPE':
      return detail(
        `le serveur refuse l’expéditeur ou le destinataire${status}`,
        `the server refuses the sender or recipient${status}`,
      );
    case 'EDNS':
      return detail('le nom du serveur n’existe pas', 'the server’s name does not exist');
    case 'ETLS':
      return detail('la connexion n’a pas pu être chiffrée', 'the connection could not be encrypted');
    case 'EABORT':
    case 'ETIMEDOUT':
      return detail('le serveur ne répond pas', 'the server does not answer');
    case 'ESOCKET':
    case 'ECONNECTION':
      return detail('le serveur ne peut pas être joint', 'the server cannot be reached');
    default:
      return detail(`le serveur ne l’a pas pris${status}`, `the server did not take it${status}`);
  }
}
