/** The stand-in of OpenAgenda on loopback, read as a source would. */
import { afterEach } from 'vitest';
import { all, contextForTests } from '#connectors/conformance.ts';
import type { ApiCursor } from '../api/paged.ts';
import { type Loopback, serveLoopback } from '../http/loopback.ts';
import { send } from '../partners/answer.ts';
import { eventsOf, isShown } from '../partners/openagenda/events.ts';
import { type Moderation, moderation, type OpenAgendaFault, openagendaStand } from '../partners/openagenda/stand.ts';
import { openAgenda } from './connector.ts';
import { openAgendaOptions } from './options.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});

export interface Site extends Loopback {
  readonly asked: string[];
  readonly moderated: Moderation;
  broken: boolean;
}

/** Serves the stand-in until the test has ended. */
export async function serve(...faults: readonly OpenAgendaFault[]): Promise<Site> {
  const asked: string[] = [];
  const moderated = moderation();
  const stand = openagendaStand(() => site.origin, { faults: new Set(faults), moderated });
  const loopback = await serveLoopback((request, response) => {
    const url = new URL(request.url ?? '/', site.origin);
    asked.push(decodeURIComponent(`${url.pathname}${url.search}`));
    if (site.broken && asked.length > 2) return void response.destroy();
    const answer = stand(url, { headers: request.headers });
    if (answer) send(request, response, answer);
    else response.writeHead(404).end();
  });
  const site: Site = { ...loopback, asked, moderated, broken: false };
  open.push(site);
  return site;
}

export const optionsOf = (site: Site, more: object = {}) =>
  openAgendaOptions.parse({
    url: `${site.origin}/openagenda`,
    agendas: [9001],
    key: 'demonstration',
    size: 10,
    ...more,
  });

/** A context that is closed after the test. */
export function context(now: Date = new Date()) {
  const made = contextForTests({ now: () => now });
  open.push({ stop: made.close });
  return made;
}

/** One reading of a site, from a checkpoint where there is one. */
export async function readSite(site: Site, more: object = {}, now?: Date, from?: ApiCursor) {
  const { context: used, told } = context(now);
  return { ...(await all(openAgenda.read(optionsOf(site, more), used, from))), told, site };
}

export async function harvest(faults: readonly OpenAgendaFault[], more: object = {}) {
  return readSite(await serve(...faults), more);
}

/** The numbers of the events that an agenda shows. */
export const shown = (agenda: number): readonly string[] =>
  (eventsOf(agenda) ?? []).filter(isShown).map(({ uid }) => String(uid));
