/** Receivers on loopback for the tests of the channels: an SMTP server and an HTTP server that keep what really came in. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** How the SMTP server behaves. `echo-password`: it refuses, and says the password in its answer, as bad servers do. */
export type MailManners = 'takes' | 'echo-password' | 'silent';

export interface MailReceiver {
  /** With a name and a password. */
  readonly url: string;
  readonly mails: string[];
  manners: MailManners;
  close(): Promise<void>;
}

export const PASSWORD = 'mot-de-passe@secret';

export async function receiveMail(): Promise<MailReceiver> {
  const receiver = { mails: [] as string[], manners: 'takes' as MailManners };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      if (receiver.manners === 'silent') return;
      if (receiver.manners === 'takes' && password === PASSWORD) return done(null, { user: username });
      done(new Error(`refused: ${username} ${password}`));
    },
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        receiver.mails.push(Buffer.concat(parts).toString());
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(receiver, {
    url: `smtp://trame:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
    close: () => new Promise<void>((done) => server.close(() => done())),
  });
}

export interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly posts: Posted[];
  /** What it answers; 0: nothing at all. */
  status: number;
  close(): Promise<void>;
}

export async function receivePosts(): Promise<WebhookReceiver> {
  const receiver = { posts: [] as Posted[], status: 200 };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    receiver.posts.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    if (receiver.status === 0) return;
    response.writeHead(receiver.status, receiver.status === 302 ? { location: '/elsewhere' } : {}).end('ok');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${port}/alertes?token=secret`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
}

/** The text of a mail as it was written: quoted-printable or base64 undone. */
export function textOf(mail: string): string {
  const [head = '', ...rest] = mail.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/content-transfer-encoding: quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
