/** `/agendas/{name}.ics`: agendas as their programs write them, lines folded at 75 bytes, ended by CR LF. */
import { type Answer, file, NOT_FOUND, text } from '../answer.ts';
import { AGENDAS, type AgendaName } from './events.ts';

/** What agendas in the wild do. `cut-off`: it ends in the middle. `web-page`: a login page. `emptied`: a calendar without events. `unfolded`: long lines are broken without a sign. */
export type Fault =
  | 'cut-off'
  | 'web-page'
  | 'emptied'
  | 'no-uid'
  | 'unfolded'
  | 'bare-line-feeds'
  | 'latin-1'
  | 'ends-before-start'
  | 'ten-thousand'
  | 'every-second'
  | 'unknown-zone';

const FOLD = 75;
const TYPE = 'text/calendar; charset=utf-8';

/** Answers what stands under `/agendas`; undefined for other addresses. */
export function agendasStand(
  _base: () => string,
  { faults = new Set() }: { readonly faults?: ReadonlySet<Fault> } = {},
) {
  return (url: URL): Answer | undefined => {
    if (!url.pathname.startsWith('/agendas/')) return undefined;
    const [, name = ''] = /^\/agendas\/([a-z-]+)\.ics$/.exec(url.pathname) ?? [];
    if (!Object.hasOwn(AGENDAS, name)) return NOT_FOUND;
    if (faults.has('web-page')) return text(200, 'text/html; charset=utf-8', '<!doctype html><p>Identifiez-vous.</p>');
    return file(TYPE, bytesOf(name as AgendaName, faults));
  };
}

function bytesOf(name: AgendaName, faults: ReadonlySet<Fault>): Uint8Array {
  const { title, events } = AGENDAS[name]();
  const kept = faults.has('emptied') ? [] : [...events.map((lines) => withFaults(lines, faults)), ...more(faults)];
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//demonstration//agenda//FR',
    `X-WR-CALNAME:${title}`,
    ...kept.flatMap((one) => ['BEGIN:VEVENT', 'DTSTAMP:20241231T120000Z', ...one, 'END:VEVENT']),
    'END:VCALENDAR',
  ];
  const end = faults.has('bare-line-feeds') ? '\n' : '\r\n';
  const whole = lines.map((line) => folded(line, end, faults.has('unfolded') ? '' : ' ')).join(end) + end;
  // Latin-1 has no typographic apostrophe.
  const bytes = faults.has('latin-1') ? Buffer.from(whole.replaceAll('’', "'"), 'latin1') : Buffer.from(whole);
  return faults.has('cut-off') ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
}

/** `mark` begins a line that goes on; without it the line is just broken. */
function folded(line: string, end: string, mark: string): string {
  if (mark === '') return line.replace(/^(DESCRIPTION:.{30})/, `$1${end}`);
  // At half of what is allowed in bytes, no letter is cut in two.
  return line.match(new RegExp(`.{1,${Math.floor(FOLD / 2)}}`, 'gu'))?.join(`${end}${mark}`) ?? line;
}

function withFaults(lines: readonly string[], faults: ReadonlySet<Fault>): readonly string[] {
  return lines
    .filter((line) => !(faults.has('no-uid') && line.startsWith('UID:')))
    .map((line) =>
      faults.has('ends-before-start') && line.startsWith('DTEND') ? line.replace(/:20\d\d/, ':2023') : line,
    )
    .map((line) => (faults.has('unknown-zone') ? line.replace(/TZID=[^:]+/, 'TZID=Heure du clocher') : line));
}

function more(faults: ReadonlySet<Fault>): readonly (readonly string[])[] {
  const endless = (rule: string) => [
    `UID:${rule.toLowerCase().replace(/[^a-z0-9]+/g, '-')}@demonstration.example.org`,
    'SUMMARY:Répétition de démonstration',
    'DTSTART:20240101T080000Z',
    `RRULE:${rule}`,
  ];
  return [
    ...(faults.has('ten-thousand') ? [endless('FREQ=DAILY;COUNT=10000')] : []),
    ...(faults.has('every-second') ? [endless('FREQ=SECONDLY')] : []),
  ];
}
