/** Several alerts become one message: French first, English under it. Pure. */
import { type Finding, type Severity, words } from '#graph-schema/findings/finding.ts';

/** An alert to be told: that it is there (`open`), or that it is over (`closed`). */
export interface ToldAlert {
  readonly id: string;
  readonly source: string;
  readonly state: 'open' | 'closed';
  readonly finding: Finding;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly closedAt: string | null;
}

/** One alert as a program reads it. */
interface AlertForPrograms {
  readonly id: string;
  readonly source: string;
  readonly cause: string;
  readonly state: 'open' | 'closed';
  readonly severity: Severity;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly particulars: Finding['particulars'];
  readonly fr: { readonly text: string; readonly remedy: string };
  readonly en: { readonly text: string; readonly remedy: string };
}

export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly alerts: readonly AlertForPrograms[];
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** The worst first; what is over last. */
export function messageOf(told: readonly ToldAlert[]): Message {
  const alerts = told.map(forPrograms).sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
  return {
    subject: subjectOf(alerts),
    text: `${body(alerts, 'fr')}\n\n— English —\n\n${body(alerts, 'en')}\n`,
    alerts,
  };
}

/** What `trame alerts --test` sends. */
export function testMessage(): Message {
  const fr = 'Ceci est un essai : les alertes de Trame arrivent bien ici.';
  const en = 'This is a test: the alerts of Trame do arrive here.';
  return { subject: 'Trame : essai / test', text: `${fr}\n\n— English —\n\n${en}\n`, alerts: [] };
}

function forPrograms({ id, source, state, finding, openedAt, closedAt }: ToldAlert): AlertForPrograms {
  const { severity, ...fr } = words(finding, 'fr');
  const { text, remedy } = words(finding, 'en');
  const { code: cause, particulars } = finding;
  return { id, source, cause, state, severity, openedAt, closedAt, particulars, fr, en: { text, remedy } };
}

function order({ state, severity }: AlertForPrograms): number {
  return state === 'closed' ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}

function subjectOf(alerts: readonly AlertForPrograms[]): string {
  const sources = new Set(alerts.filter(({ state }) => state === 'open').map(({ source }) => source)).size;
  const over = alerts.filter(({ state }) => state === 'closed').length;
  const fr = [
    ...(sources > 0 ? [`${sources} source${sources > 1 ? 's' : ''} à voir`] : []),
    ...(over > 0 ? [`${over} alerte${over > 1 ? 's' : ''} réglée${over > 1 ? 's' : ''}`] : []),
  ];
  const en = [
    ...(sources > 0 ? [`${sources} source${sources > 1 ? 's' : ''} to look at`] : []),
    ...(over > 0 ? [`${over} alert${over > 1 ? 's' : ''} settled`] : []),
  ];
  return `Trame : ${fr.join(', ')} / ${en.join(', ')}`;
}

const SETTLED = { fr: 'Réglé', en: 'Settled' } as const;

function body(alerts: readonly AlertForPrograms[], language: 'fr' | 'en'): string {
  return alerts
    .map((alert) => {
      const { text, remedy } = alert[language];
      return alert.state === 'closed' ? `${SETTLED[language]} : ${text}` : `${text}\n  → ${remedy}`;
    })
    .join('\n\n');
}
