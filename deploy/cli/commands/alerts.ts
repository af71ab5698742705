import { Command } from 'commander';
import { words } from '#graph-schema/findings/finding.ts';
import { type Alert, readAlerts } from '#harvesters/alerts.ts';
import { dayAndHour } from '#harvesters/causes.ts';
import { ALERT_SETTINGS, channelsOf } from '#harvesters/notify/channels.ts';
import { testMessage } from '#harvesters/notify/message.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { withHub } from '../hub.ts';

interface Options {
  readonly all?: boolean;
  readonly json?: boolean;
  readonly test?: boolean;
}

export function alertsCommand(): Command {
  return new Command('alerts')
    .description(
      'les alertes ouvertes, et où elles ont été dites (docs/alerts.md) / the open alerts, and where they were told',
    )
    .option('--all', 'aussi celles qui sont réglées, gardées six mois / the settled ones too, kept for six months')
    .option('--json', 'pour un programme / for a program')
    .option('--test', 'envoie un message d’essai par courriel et webhook / send a test message by mail and webhook')
    .action((options: Options) => (options.test ? sendTest() : list(options)));
}

async function list({ all = false, json = false }: Options): Promise<void> {
  const alerts = await withHub(({ database }) => readAlerts(database, { all }), json);
  console.log(json ? JSON.stringify(alerts.map(forPrograms), null, 2) : alertsText(alerts));
}

/** The newest first. */
export function alertsText(alerts: readonly Alert[]): string {
  if (alerts.length === 0) return 'Aucune alerte / no alert.';
  return alerts
    .map(({ finding, openedAt, closedAt, told }) => {
      const opened = dayAndHour(new Date(openedAt));
      const until = closedAt === null ? '' : `, réglée le ${dayAndHour(new Date(closedAt))}`;
      const where = told.length > 0 ? `dite par ${told.toSorted().join(' et ')}` : 'dite nulle part';
      return `${opened}${until} (${where})\n${tellFinding(finding)}`;
    })
    .join('\n\n');
}

function forPrograms({ finding, ...alert }: Alert) {
  const { severity, text, remedy } = words(finding);
  return { ...alert, cause: finding.code, severity, text, remedy, particulars: finding.particulars };
}

async function sendTest(): Promise<void> {
  const { channels, findings } = channelsOf(process.env);
  if (channels.length === 0 && findings.length === 0) throw new Complaint(nothingSetUp());
  const faults = [...findings];
  for (const channel of channels) {
    const fault = await channel.send(testMessage());
    if (fault) faults.push(fault);
    else console.log(`${channel.name} : le message d’essai est parti / the test message was sent.`);
  }
  if (faults.length > 0) throw new Complaint(faults.map(tellFinding).join('\n'));
}

function nothingSetUp(): string {
  const settings = Object.entries(ALERT_SETTINGS).map(([name, example]) => `  ${name}="${example}"`);
  return [
    'Ni courriel ni webhook n’est réglé : les alertes ne se voient que par `trame alerts`.',
    'Neither mail nor webhook is set up: alerts are seen by `trame alerts` only.',
    'Réglages / settings (docs/alerts.md) :',
    ...settings,
  ].join('\n');
}
