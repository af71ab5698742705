import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { finding } from '#graph-schema/findings/finding.ts';
import { channelsOf } from './channels.ts';
import { mailChannel } from './mail.ts';
import { messageOf, type ToldAlert, testMessage } from './message.ts';
import {
  type MailReceiver,
  PASSWORD,
  receiveMail,
  receivePosts,
  textOf,
  type WebhookReceiver,
} from './testing/receivers.ts';
import { SIGNATURE, signatureOf, webhookChannel } from './webhook.ts';

const alert = (source: string, state: 'open' | 'closed' = 'open', code = 'source-rejects' as const): ToldAlert => ({
  id: `${source}/${code}`,
  source,
  state,
  finding: finding(code, { source, seen: 20, rejected: 9 }),
  openedAt: '2024-05-02T00:00:00Z',
  closedAt: state === 'open' ? null : '2024-05-03T00:00:00Z',
});
const failing: ToldAlert = {
  ...alert('zut'),
  id: 'zut/source-failing',
  finding: finding('source-failing', { source: 'zut', count: 2, reasonFr: 'Raison.', reasonEn: 'Reason.' }),
};

describe('a message', () => {
  test('holds several alerts, the worst first, French first and English under it', () => {
    const { subject, text, alerts } = messageOf([alert('b', 'closed'), alert('a'), failing]);
    expect(subject).toBe('Trame : 2 sources à voir, 1 alerte réglée / 2 sources to look at, 1 alert settled');
    expect(alerts.map(({ id }) => id)).toEqual(['zut/source-failing', 'a/source-rejects', 'b/source-rejects']);
    const [fr = '', en = ''] = text.split('— English —');
    expect(fr).toContain('Les 2 dernières moissons de « zut » ont échoué. La dernière raison : Raison.\n  → Lancez');
    expect(fr).toContain('Réglé : 9 des 20 notices');
    expect(en).toContain('Settled : 9 of the 20 records');
    expect(text).not.toMatch(/\{\w+\}/);
  });

  test.each([
    [[alert('a')], 'Trame : 1 source à voir / 1 source to look at'],
    [[failing, alert('zut')], 'Trame : 1 source à voir / 1 source to look at'],
    [[alert('a', 'closed'), alert('b', 'closed')], 'Trame : 2 alertes réglées / 2 alerts settled'],
  ])('has a subject that counts sources', (alerts, subject) => {
    expect(messageOf(alerts).subject).toBe(subject);
  });
});

describe('mail', () => {
  let server: MailReceiver;
  beforeAll(async () => {
    server = await receiveMail();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.manners = 'takes';
    server.mails.length = 0;
  });
  const channel = (url = server.url, waitMs = 2_000) =>
    mailChannel(
      { server: new URL(url), to: 'a@exemple.org, b@exemple.org', from: 'Trame <trame@exemple.org>' },
      waitMs,
    );

  test('arrives, with its accents', async () => {
    expect(await channel().send(messageOf([alert('a')]))).toBeUndefined();
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]).toMatch(/^To: a@exemple\.org, b@exemple\.org\r$/m);
    expect(textOf(server.mails[0]!)).toContain('9 des 20 notices de la dernière moisson complète de « a »');
  });

  test('that a server refuses is told without the password, even where the server says it', async () => {
    server.manners = 'echo-password';
    const fault = await channel().send(testMessage());
    expect(fault).toMatchObject({
      code: 'alert-mail-failed',
      particulars: { detailFr: 'le serveur refuse le nom ou le mot de passe (535)' },
    });
    expect(JSON.stringify(fault)).not.toContain(PASSWORD);
  });

  test('to a server that does not answer, or is not there, ends in time', async () => {
    server.manners = 'silent';
    const silent = await channel(server.url, 200).send(testMessage());
    expect(silent?.particulars['detailEn']).toBe('the server does not answer');
    const nobody = await channel('smtp://127.0.0.1:1', 500).send(testMessage());
    expect(nobody?.particulars['detailEn']).toBe('the server cannot be reached');
  });

  test('never gives its password to a server that does not encrypt, but on this machine', async () => {
    const mapped = server.url.replace('127.0.0.1', '[::ffff:127.0.0.1]');
    expect(await channel(mapped).send(testMessage())).toMatchObject({
      particulars: { detailEn: 'the connection could not be encrypted' },
    });
  });

  test('to a server that dribbles is cut off', async () => {
    const sockets = new Set<Socket>();
    const dribbler = createServer((socket) => {
      sockets.add(socket);
      socket.write('220 bonjour\r\n');
      const timer = setInterval(() => socket.write('2'), 50);
      socket.on('close', () => clearInterval(timer)).on('error', () => undefined);
    });
    await new Promise<void>((done) => dribbler.listen(0, '127.0.0.1', done));
    const { port } = dribbler.address() as { port: number };
    const begun = Date.now();
    expect(await channel(`smtp://127.0.0.1:${port}`, 150).send(testMessage())).toMatchObject({
      code: 'alert-mail-failed',
    });
    expect(Date.now() - begun).toBeLessThan(2_000);
    for (const socket of sockets) socket.destroy();
    dribbler.close();
  });
});

describe('a webhook', () => {
  let server: WebhookReceiver;
  beforeAll(async () => {
    server = await receivePosts();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.status = 200;
    server.posts.length = 0;
  });
  const send = (secret?: string, waitMs = 2_000) =>
    webhookChannel({ address: new URL(server.url), secret }, waitMs).send(messageOf([alert('a')]));

  test('gets the alerts as JSON, signed', async () => {
    expect(await send('clef')).toBeUndefined();
    const [{ headers, body }] = server.posts as [{ headers: Record<string, string>; body: string }];
    expect(headers[SIGNATURE]).toBe(signatureOf(body, 'clef'));
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body).alerts).toMatchObject([
      { id: 'a/source-rejects', source: 'a', cause: 'source-rejects', state: 'open', severity: 'warning' },
    ]);
  });

  test('is not signed without a secret', async () => {
    await send();
    expect(server.posts[0]?.headers).not.toHaveProperty(SIGNATURE);
  });

  test('that redirects, refuses, or does not answer is told, and never by its address', async () => {
    const told: unknown[] = [];
    for (const status of [302, 500]) {
      server.status = status;
      told.push(await send());
    }
    server.status = 0;
    told.push(await send(undefined, 200));
    expect(server.posts).toHaveLength(3);
    expect(told).toMatchObject([
      { particulars: { detailEn: 'it redirects (302), which is not followed' } },
      { particulars: { detailEn: 'it answered 500' } },
      { particulars: { detailEn: 'it does not answer' } },
    ]);
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  test('takes a name and a password in its address', async () => {
    const address = new URL(server.url);
    address.username = 'nom';
    address.password = 'mot';
    await webhookChannel({ address, secret: undefined }).send(testMessage());
    expect(server.posts[0]?.headers.authorization).toBe(`Basic ${Buffer.from('nom:mot').toString('base64')}`);
  });
});

describe('the settings', () => {
  const mail = {
    TRAME_SMTP_URL: 'smtps://u:p@smtp.exemple.org',
    TRAME_ALERT_TO: 'a@b.org',
    TRAME_ALERT_FROM: 'c@d.org',
  };
  const read = (environment: Record<string, string>) => {
    const { channels, findings } = channelsOf(environment);
    return [...channels.map(({ name }) => name), ...findings.map(({ particulars }) => particulars['variable'])];
  };

  test.each([
    [{}, []],
    [mail, ['mail']],
    [{ ...mail, TRAME_ALERT_WEBHOOK: 'https://exemple.org/x' }, ['mail', 'webhook']],
    [{ TRAME_SMTP_URL: '', TRAME_ALERT_WEBHOOK: ' ' }, []],
    [{ ...mail, TRAME_ALERT_TO: '' }, ['TRAME_ALERT_TO']],
    [{ ...mail, TRAME_ALERT_FROM: '' }, ['TRAME_ALERT_FROM']],
    [{ ...mail, TRAME_SMTP_URL: 'https://exemple.org' }, ['TRAME_SMTP_URL']],
    [{ ...mail, TRAME_SMTP_URL: 'smtps://u:100%@exemple.org' }, ['TRAME_SMTP_URL']],
    [{ TRAME_ALERT_TO: 'a@b.org' }, ['TRAME_SMTP_URL']],
    [{ TRAME_ALERT_WEBHOOK: 'exemple.org/x' }, ['TRAME_ALERT_WEBHOOK']],
  ])('%j', (environment, expected) => {
    expect(read(environment)).toEqual(expected);
  });

  test('that are wrong are told without what they hold', () => {
    const { findings } = channelsOf({ TRAME_SMTP_URL: 'smtp//u:secret@x', TRAME_ALERT_TO: 'a@b.org' });
    expect(JSON.stringify(findings)).not.toContain('secret');
  });
});
