/** The channels that the operator has set up, by environment variables. */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Channel } from './channel.ts';
import { mailChannel } from './mail.ts';
import { webhookChannel } from './webhook.ts';

export interface Channels {
  readonly channels: readonly Channel[];
  /** What is wrong with the settings of the others. */
  readonly findings: readonly Finding[];
}

/** How each setting is written; also what is told where it is wrong. */
export const ALERT_SETTINGS = {
  TRAME_SMTP_URL: 'smtps://nom:mot-de-passe@smtp.exemple.org:465',
  TRAME_ALERT_TO: 'conservation@exemple.org, informatique@exemple.org',
  TRAME_ALERT_FROM: 'Trame <trame@exemple.org>',
  TRAME_ALERT_WEBHOOK: 'https://exemple.org/alertes',
  TRAME_ALERT_SECRET: 'un texte long, connu des deux côtés / a long text, known to both sides',
} as const;
type Setting = keyof typeof ALERT_SETTINGS;

/** Reads the settings. None at all is no fault: alerts are then seen by `trame status` and `trame alerts` only. */
export function channelsOf(environment: NodeJS.ProcessEnv): Channels {
  const read = [mailOf(environment), webhookOf(environment)];
  return {
    channels: read.flatMap((one) => (one && 'name' in one ? [one] : [])),
    findings: read.flatMap((one) => (one && 'code' in one ? [one] : [])),
  };
}

function mailOf(environment: NodeJS.ProcessEnv): Channel | Finding | undefined {
  const given = settingOf(environment, 'TRAME_SMTP_URL');
  const to = settingOf(environment, 'TRAME_ALERT_TO');
  const from = settingOf(environment, 'TRAME_ALERT_FROM');
  if (given === undefined && to === undefined) return undefined;
  const server = addressOf(given, ['smtp:', 'smtps:']);
  if (server === undefined) return wrong('TRAME_SMTP_URL');
  if (to === undefined) return wrong('TRAME_ALERT_TO');
  return from === undefined ? wrong('TRAME_ALERT_FROM') : mailChannel({ server, to, from });
}

function webhookOf(environment: NodeJS.ProcessEnv): Channel | Finding | undefined {
  const given = settingOf(environment, 'TRAME_ALERT_WEBHOOK');
  if (given === undefined) return undefined;
  const address = addressOf(given, ['http:', 'https:']);
  if (address === undefined) return wrong('TRAME_ALERT_WEBHOOK');
  return webhookChannel({ address, secret: settingOf(environment, 'TRAME_ALERT_SECRET') });
}

/** An empty setting is none. */
function settingOf(environment: NodeJS.ProcessEnv, name: Setting): string | undefined {
  return environment[name]?.trim() || undefined;
}

/** Undefined where it is no such address, or its name or password is not written as one. */
function addressOf(given: string | undefined, protocols: readonly string[]): URL | undefined {
  const address = given === undefined ? null : URL.parse(given);
  if (address === null || !protocols.includes(address.protocol) || address.hostname === '') return undefined;
  return decodes(address.username) && decodes(address.password) ? address : undefined;
}

/** A `%` that a password has must be written `%25`. */
function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function wrong(variable: Setting): Finding {
  return finding('alert-setting-wrong', { variable, example: `${variable}="${ALERT_SETTINGS[variable]}"` });
}
