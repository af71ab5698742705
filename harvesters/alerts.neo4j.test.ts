import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { finding, words } from '#graph-schema/findings/finding.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { raiseAlerts, readAlerts, watchSources } from './alerts.ts';
import type { Cause } from './causes.ts';
import { freshnessOf } from './freshness.ts';
import { channelsOf } from './notify/channels.ts';
import { tellAlerts } from './notify/notify.ts';
import {
  type MailReceiver,
  receiveMail,
  receivePosts,
  textOf,
  type WebhookReceiver,
} from './notify/testing/receivers.ts';
import { sourceFileSchema } from './source-file.ts';
import type { Source } from './sources.ts';
import { END, harvestInto, record, sourceThat } from './testing/scripted.ts';

let database: Database;
let mail: MailReceiver;
let webhook: WebhookReceiver;
let settings: Record<string, string>;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  [mail, webhook] = await Promise.all([receiveMail(), receivePosts()]);
  settings = {
    TRAME_SMTP_URL: mail.url,
    TRAME_ALERT_TO: 'a@exemple.org',
    TRAME_ALERT_FROM: 'trame@exemple.org',
    TRAME_ALERT_WEBHOOK: webhook.url,
  };
});
afterAll(async () => {
  await Promise.all([mail?.close(), webhook?.close()]);
  await database.close();
});
beforeEach(async () => {
  await database.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n');
  Object.assign(mail, { manners: 'takes' }).mails.length = 0;
  Object.assign(webhook, { status: 200 }).posts.length = 0;
});

const start = new Date('2024-05-02T00:00:00Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const rejects = (source: string, rejected = 9): Cause => ({
  source,
  finding: finding('source-rejects', { source, seen: 20, rejected }),
});

describe('an alert', () => {
  test('is opened once, kept while its cause lasts, and closed when that has gone', async () => {
    expect(await raiseAlerts(database, [rejects('b'), rejects('a')], start)).toEqual({
      opened: ['a/source-rejects', 'b/source-rejects'],
      closed: [],
    });
    expect(await raiseAlerts(database, [rejects('a', 12), rejects('b')], later(10))).toEqual({
      opened: [],
      closed: [],
    });
    const open = await readAlerts(database, { all: false });
    expect(open[0]).toMatchObject({ id: 'a/source-rejects', times: 1, finding: { particulars: { rejected: 12 } } });
    expect(Date.parse(open[0]!.openedAt)).toBe(start.getTime());
    expect(await raiseAlerts(database, [rejects('a')], later(20))).toEqual({
      opened: [],
      closed: ['b/source-rejects'],
    });
    expect((await readAlerts(database, { all: false })).map(({ id }) => id)).toEqual(['a/source-rejects']);
    expect(await readAlerts(database, { all: true })).toHaveLength(2);
  });

  test('that comes back is a new one', async () => {
    await raiseAlerts(database, [rejects('a')], start);
    await raiseAlerts(database, [], later(10));
    expect(await raiseAlerts(database, [rejects('a')], later(20))).toMatchObject({ opened: ['a/source-rejects'] });
    expect(await readAlerts(database, { all: true })).toMatchObject([{ times: 2, state: 'open', closedAt: null }]);
  });

  test('is opened by one of several workers that look at once', async () => {
    const causes = Array.from({ length: 20 }, (_, index) => rejects(`s${index}`));
    const raised = await Promise.all(
      Array.from({ length: 6 }, (_, index) => raiseAlerts(database, causes.toReversed(), later(index))),
    );
    expect(raised.flatMap(({ opened }) => opened)).toHaveLength(20);
    const closed = await Promise.all([7, 8, 9].map((minutes) => raiseAlerts(database, [], later(minutes))));
    expect(closed.flatMap((one) => one.closed)).toHaveLength(20);
  });

  test('is not changed by a judgement that is older than the latest', async () => {
    await raiseAlerts(database, [rejects('a')], later(10));
    expect((await raiseAlerts(database, [], start)).closed).toEqual([]);
    await raiseAlerts(database, [], later(20));
    expect((await raiseAlerts(database, [rejects('a')], later(15))).opened).toEqual([]);
    expect(await readAlerts(database, { all: false })).toEqual([]);
  });

  test('is forgotten half a year after it was closed', async () => {
    await raiseAlerts(database, [rejects('a')], start);
    await raiseAlerts(database, [], later(10));
    await raiseAlerts(database, [], later(170 * 24 * 60));
    expect(await readAlerts(database, { all: true })).toHaveLength(1);
    await raiseAlerts(database, [], later(181 * 24 * 60));
    expect(await readAlerts(database, { all: true })).toEqual([]);
  });
});

test('what says of itself that it is not to be seen is no fault of its source; what cannot be read is', async () => {
  const ofTwelve = (row: string) =>
    sourceThat(async function* () {
      for (let id = 1; id <= 12; id += 1) yield record(id, id > 6 ? row : `Objet ${id}`);
      yield { kind: 'checkpoint', cursor: 1, passEnded: true };
      yield END;
    });
  const told = async (row: string) => {
    await harvestInto(database, ofTwelve(row));
    const [state] = await freshnessOf(database, [ofTwelve(row)], new Date());
    return state!.causes.map((cause) => cause.finding.code);
  };
  expect(await told('private')).toEqual([]);
  expect(await told('bad')).toEqual(['source-rejects']);
});

describe('telling', () => {
  const tell = (quietSeconds = 0) => tellAlerts(database, channelsOf(settings).channels, quietSeconds);
  const posted = () => webhook.posts.map(({ body }) => JSON.parse(body).alerts.map((one: { id: string }) => one.id));

  test('is one message a channel, once per cause, and once more when it is over', async () => {
    await raiseAlerts(database, [rejects('a'), rejects('b')], start);
    expect(await tell()).toEqual([]);
    await raiseAlerts(database, [rejects('a'), rejects('b')], later(10));
    await tell();
    expect(posted()).toEqual([['a/source-rejects', 'b/source-rejects']]);
    expect(mail.mails).toHaveLength(1);
    await raiseAlerts(database, [rejects('a')], later(20));
    await tell();
    await tell();
    expect(posted()).toHaveLength(2);
    expect(posted()[1]).toEqual(['b/source-rejects']);
    expect(mail.mails).toHaveLength(2);
    expect(textOf(mail.mails[1]!)).toContain('Réglé : 9 des 20 notices de la dernière moisson complète de « b »');
  });

  test('leaves some quiet between two messages, so that what comes one by one comes together', async () => {
    await raiseAlerts(database, [rejects('a')], start);
    await tell(60);
    await raiseAlerts(database, [rejects('a'), rejects('b')], later(1));
    await tell(60);
    await raiseAlerts(database, [rejects('b'), rejects('c')], later(2));
    await tell(60);
    expect(posted()).toEqual([['a/source-rejects']]);
    await database.run("MATCH (a:Alert) SET a.toldAt = a.toldAt - duration('PT61S')");
    await tell(60);
    expect(posted()[1]).toEqual(['b/source-rejects', 'c/source-rejects', 'a/source-rejects']);
    expect(mail.mails).toHaveLength(2);
  });

  test('is not doubled by workers that tell at once', async () => {
    await raiseAlerts(database, [rejects('a'), rejects('b')], start);
    await Promise.all([tell(), tell(), tell(), tell()]);
    expect(posted()).toEqual([['a/source-rejects', 'b/source-rejects']]);
    expect(mail.mails).toHaveLength(1);
  });

  test('is tried again through the channel that failed, and through no other', async () => {
    webhook.status = 500;
    await raiseAlerts(database, [rejects('a')], start);
    expect(await tell()).toMatchObject([{ code: 'alert-webhook-failed' }]);
    expect(await readAlerts(database, { all: false })).toMatchObject([{ told: ['mail'] }]);
    webhook.status = 200;
    expect(await tell()).toEqual([]);
    expect(webhook.posts).toHaveLength(2);
    expect(mail.mails).toHaveLength(1);
    expect((await readAlerts(database, { all: false }))[0]!.told.toSorted()).toEqual(['mail', 'webhook']);
  });

  test('of its end goes only to those that were told of it', async () => {
    webhook.status = 500;
    await raiseAlerts(database, [rejects('a')], start);
    await tell();
    webhook.status = 200;
    await raiseAlerts(database, [], later(10));
    await tell();
    expect(webhook.posts).toHaveLength(1);
    expect(mail.mails).toHaveLength(2);
  });

  test('leaves alone what this version has no words for', async () => {
    await raiseAlerts(database, [rejects('a')], start);
    await database.run("MATCH (a:Alert) SET a.cause = 'of-another-version'");
    expect(await tell()).toEqual([]);
    expect(webhook.posts).toHaveLength(0);
    expect(await readAlerts(database, { all: true })).toEqual([]);
  });

  test('is taken over from a worker that died while it told', async () => {
    await raiseAlerts(database, [rejects('a')], start);
    await database.run("MATCH (a:Alert) SET a.claim = 'dead', a.claimedUntil = datetime() + duration('PT1M')");
    await tell();
    expect(webhook.posts).toHaveLength(0);
    await database.run("MATCH (a:Alert) SET a.claimedUntil = datetime() - duration('PT1S')");
    await tell();
    expect(posted()).toEqual([['a/source-rejects']]);
  });
});

const DAILY = { schedule: '0 3 * * *' };
const source = (name: string, about: object = DAILY): Source =>
  ({
    name,
    about: sourceFileSchema.parse({
      name,
      title: name,
      licence: 'CC0 1.0',
      contact: 'https://example.org/',
      protocol: 'files',
      options: {},
      ...about,
    }),
  }) as Source;

interface Told {
  readonly hoursAgo: number;
  readonly outcome?: 'complete' | 'partial' | 'failed' | 'running';
  readonly more?: Record<string, unknown>;
  readonly codes?: readonly string[];
}

/** Runs as a harvest keeps them. */
async function write(name: string, runs: readonly Told[], about: Record<string, unknown> = {}): Promise<void> {
  const hours = (ago: number) => new Date(start.getTime() - ago * 3_600_000).toISOString();
  const complete = runs.filter(({ outcome = 'complete' }) => outcome === 'complete').map(({ hoursAgo }) => hoursAgo);
  await database.run(
    `CREATE (s:Source {name: $name}) SET s += $about, s.lastComplete = datetime($lastComplete)
     WITH s UNWIND $runs AS run CREATE (r:Run {source: $name})-[:OF]->(s)
     SET r += run.more, r.id = randomUUID(), r.outcome = run.outcome, r.startedAt = datetime(run.at), r.endedAt = datetime(run.at)
     WITH r, run UNWIND run.codes AS code
     CREATE (:Finding {id: r.id + code, code: code, examples: ['{"count":60,"limit":5}']})-[:IN]->(r)`,
    {
      name,
      about,
      lastComplete: complete.length > 0 ? hours(Math.min(...complete)) : null,
      runs: runs.map(({ hoursAgo, outcome = 'complete', more = {}, codes = [] }) => ({
        at: hours(hoursAgo),
        outcome,
        more,
        codes,
      })),
    },
  );
}

describe('how sources stand', () => {
  test('is read from their runs, the worst first', async () => {
    const broken = { reason: 'run-cut-short', particulars: '{"source":"brisee"}' };
    await write('fraiche', [{ hoursAgo: 2, more: { seen: 50, rejected: 0, live: 50 } }, { hoursAgo: 26 }]);
    await write('tardive', [{ hoursAgo: 40 }]);
    await write('brisee', [
      { hoursAgo: 1, outcome: 'running' },
      { hoursAgo: 2, outcome: 'failed', more: broken },
      { hoursAgo: 3, outcome: 'complete', more: { kind: 'replay' } },
      { hoursAgo: 4, outcome: 'failed', more: broken },
      { hoursAgo: 5 },
    ]);
    await write('maigre', [
      { hoursAgo: 2, more: { live: 80 } },
      { hoursAgo: 26, more: { live: 100 } },
      { hoursAgo: 24 * 31, more: { live: 900 } },
    ]);
    await write('partie', [{ hoursAgo: 2 }]);
    await write('essai', [{ hoursAgo: 2_000, outcome: 'partial' }]);
    const sources = ['tardive', 'fraiche', 'brisee', 'maigre', 'nouvelle'].map((name) => source(name));
    const rows = await freshnessOf(database, [...sources, source('essai', { trial: true })], start);
    expect(rows.map((row) => [row.source, row.state, ...row.causes.map((cause) => cause.finding.code)])).toEqual([
      ['brisee', 'failing', 'source-failing'],
      ['nouvelle', 'never'],
      ['tardive', 'late', 'source-late'],
      ['maigre', 'shrinking', 'source-shrinking'],
      ['partie', 'gone', 'source-gone'],
      ['essai', 'trial'],
      ['fraiche', 'fresh'],
    ]);
    expect(rows.at(-1)).toMatchObject({
      promise: 'daily',
      records: 50,
      ageSeconds: 7_200,
      next: new Date('2024-05-02T01:00:00Z'),
    });
    expect(rows[0]).toMatchObject({ reason: { code: 'run-cut-short' }, since: new Date('2024-05-01T20:00:00Z') });
    expect(rows[3]!.causes[0]!.finding.particulars).toMatchObject({ live: 80, highest: 100 });
  });

  test('tells what was hidden at once for a day, what waits, and when a cut run goes on', async () => {
    const resumesAt = new Date('2024-05-02T00:20:00Z');
    await write('vue', [{ hoursAgo: 1 }, { hoursAgo: 20, codes: ['mass-withdrawn'] }]);
    await write('jadis', [{ hoursAgo: 1 }, { hoursAgo: 25, codes: ['mass-withdrawn'] }]);
    await write('retenue', [{ hoursAgo: 1 }]);
    await database.run(
      `MATCH (s:Source {name: 'retenue'}) SET s.resumesAt = datetime('${resumesAt.toISOString()}')
       CREATE (:HeldBatch {id: 'lot-numero-1', source: 'retenue', kind: 'deletions', state: 'waiting', count: 40, limit: 5, openedAt: datetime('2024-05-01T10:00:00Z')})
       CREATE (:HeldBatch {id: 'lot-numero-2', source: 'retenue', kind: 'deletions', state: 'approved', count: 40, limit: 5, openedAt: datetime('2024-05-01T10:00:00Z')})`,
    );
    const rows = await freshnessOf(
      database,
      ['vue', 'jadis', 'retenue'].map((name) => source(name)),
      start,
    );
    expect(rows.map((row) => [row.source, ...row.causes.map((cause) => cause.finding.particulars)])).toEqual([
      ['jadis'],
      ['retenue', { source: 'retenue', batch: 'lot-nume', count: 40, limit: 5, since: '2024-05-01 12:00' }],
      ['vue', { source: 'vue', count: 60 }],
    ]);
    expect(rows[1]!.next).toEqual(resumesAt);
  });

  test('is looked at, raised and told by one call; the next tells nothing', async () => {
    await write('tardive', [{ hoursAgo: 40 }]);
    const told: string[] = [];
    const look = (now: Date) =>
      watchSources(database, [source('tardive')], now, settings, (found) => void told.push(words(found).text));
    expect(await look(start)).toMatchObject({ opened: ['tardive/source-late'], closed: [] });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('« tardive » n’a pas eu de moisson complète depuis le 2024-04-30 10:00');
    await look(later(10));
    expect(told).toHaveLength(1);
    expect(mail.mails).toHaveLength(1);
    await database.run(
      "MATCH (s:Source), (a:Alert) SET s.lastComplete = datetime($at), a.toldAt = a.toldAt - duration('PT9M1S')",
      { at: start.toISOString() },
    );
    expect(await look(later(20))).toMatchObject({ closed: ['tardive/source-late'] });
    expect(mail.mails).toHaveLength(2);
    expect(webhook.posts).toHaveLength(2);
  });

  test('that cannot be told says why, without what the settings hold', async () => {
    await write('tardive', [{ hoursAgo: 40 }]);
    mail.manners = 'echo-password';
    const told: string[] = [];
    const wrong = { ...settings, TRAME_ALERT_WEBHOOK: 'jeton-secret' };
    await watchSources(database, [source('tardive')], start, wrong, (found) => void told.push(words(found).text));
    expect(told.join('\n')).toMatch(/TRAME_ALERT_WEBHOOK manque ou n’est pas correct/);
    expect(told.join('\n')).toContain('le serveur refuse le nom ou le mot de passe (535)');
    expect(told.join('\n')).not.toContain('secret');
  });
});
