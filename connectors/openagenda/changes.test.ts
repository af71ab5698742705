/** Changes alone, between two readings of everything: what the moderators of agendas do meanwhile. */
import { describe, expect, test } from 'vitest';
import { idsOf } from '#connectors/conformance.ts';
import type { ApiCursor } from '../api/paged.ts';
import type { Message } from '../connector.ts';
import { readSite, type Site, serve, shown } from './testing.ts';

const HOUR_MS = 3_600_000;
const hoursIn = (hours: number) => new Date(Date.UTC(2025, 0, 10) + hours * HOUR_MS);
const WHEN = hoursIn(0.5).toISOString();

const lastCursor = (messages: readonly Message<ApiCursor>[]): ApiCursor | undefined =>
  messages.flatMap((message) => (message.kind === 'checkpoint' ? [message.cursor] : [])).at(-1);
const said = (messages: readonly Message<ApiCursor>[]) =>
  messages.flatMap((message) =>
    message.kind === 'record' || message.kind === 'deleted' ? [[message.kind, message.id]] : [],
  );

/** Reads everything, lets `moderate` do its work, and reads again so many hours later. */
async function between(agendas: readonly number[], moderate: (site: Site) => void, hours = 1) {
  const site = await serve();
  const first = await readSite(site, { agendas }, hoursIn(0));
  expect(first.messages.at(-1)).toMatchObject({ coverage: 'snapshot' });
  moderate(site);
  site.asked.length = 0;
  return readSite(site, { agendas }, hoursIn(hours), lastCursor(first.messages));
}

describe('openagenda, an hour after it was read whole', () => {
  test('asks for what changed since then, less an hour, and what was removed', async () => {
    const { messages, site } = await between([9001], () => undefined);
    expect(site.asked).toHaveLength(1);
    expect(site.asked[0]).toContain('updatedAt[gte]=2025-01-09T23:00:00.000Z');
    expect(site.asked[0]).toContain('removed=null');
    expect(messages.map(({ kind }) => kind)).toEqual(['checkpoint', 'end']);
    expect(messages.at(-1)).toMatchObject({ coverage: 'changes' });
  });

  test('a corrected event comes again, a removed one is deleted, and nothing is said of the others', async () => {
    const { messages, told } = await between([9001], ({ moderated }) => {
      moderated.corrected.set('9001/101', WHEN);
      moderated.removed.set('9001/102', WHEN);
    });
    expect(said(messages)).toEqual([
      ['record', '101'],
      ['deleted', '102'],
    ]);
    expect(told).toEqual([]);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', coverage: 'changes' });
  });

  test.each([
    ['first', [9001, 9002]],
    ['last', [9002, 9001]],
  ])('an event that was removed from one agenda and stands in another is not deleted (read %s)', async (_, agendas) => {
    const shared = shown(9001).filter((id) => shown(9002).includes(id));
    expect(shared).toHaveLength(1);
    const { messages } = await between(agendas, ({ moderated }) => {
      moderated.removed.set(`9001/${shared[0]}`, WHEN);
      moderated.removed.set('9001/102', WHEN);
    });
    expect(said(messages).toSorted()).toEqual([
      ['deleted', '102'],
      ['record', shared[0]],
    ]);
  });

  test('an event that was removed from both agendas is deleted once', async () => {
    const [shared] = shown(9001).filter((id) => shown(9002).includes(id));
    const { messages } = await between([9001, 9002], ({ moderated }) => {
      moderated.removed.set(`9001/${shared}`, WHEN);
      moderated.removed.set(`9002/${shared}`, WHEN);
    });
    expect(said(messages)).toEqual([['deleted', shared]]);
  });

  test('more changes than a page holds: all of them, also from a checkpoint in their midst', async () => {
    const site = await serve();
    const first = await readSite(site, {}, hoursIn(0));
    const changed = shown(9001).slice(0, 25);
    for (const [index, id] of changed.entries())
      (index % 2 === 0 ? site.moderated.corrected : site.moderated.removed).set(`9001/${id}`, WHEN);
    const from = lastCursor(first.messages);
    const second = await readSite(site, {}, hoursIn(1), from);
    expect(idsOf(second.messages).toSorted()).toEqual(changed.toSorted());
    const cursors = second.messages.flatMap((message) => (message.kind === 'checkpoint' ? [message.cursor] : []));
    const rest = await readSite(site, {}, hoursIn(2), cursors[0]);
    expect([...idsOf(second.messages).slice(0, 10), ...idsOf(rest.messages)].toSorted()).toEqual(changed.toSorted());
    expect(rest.messages.at(-1)).toMatchObject({ coverage: 'changes' });
  });

  test('one that was taken back to be moderated is not named; a day later everything is read, and it is missing', async () => {
    const unpublish = ({ moderated }: Site) => void moderated.unpublished.add('9001/101');
    const soon = await between([9001], unpublish);
    expect(said(soon.messages)).toEqual([]);
    const later = await between([9001], unpublish, 25);
    expect(later.messages.at(-1)).toMatchObject({ coverage: 'snapshot' });
    expect(idsOf(later.messages).toSorted()).toEqual(
      shown(9001)
        .filter((id) => id !== '101')
        .toSorted(),
    );
  });
});
