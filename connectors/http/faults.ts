/** What goes wrong between us and a partner, as SourceErrors. */
import { SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { AddressRefused } from './address-guard.ts';
import { redacted } from './url.ts';

/** Which of our clocks ran out. */
export type Phase = 'connect' | 'headers' | 'idle' | 'rate' | 'total';

/** `ms` is how long was waited. */
export function timedOut(url: URL, phase: Phase, ms: number): SourceError {
  return new SourceError('transient', finding('http-timeout', { url: redacted(url.href), phase, ms }));
}

export function stopped(url: URL): SourceError {
  return new SourceError('transient', finding('http-stopped', { url: redacted(url.href) }));
}

/** A fault before the first byte of the body. */
export function connectionFault(url: URL, cause: unknown): SourceError {
  const fault = rootOf(cause);
  const refused = refusedIn(cause);
  if (refused !== undefined) {
    return new SourceError(
      'config',
      finding('http-address-refused', { host: refused.host, address: refused.address }),
      { cause },
    );
  }
  const code = codeOf(fault);
  if (code === 'ENOTFOUND')
    return new SourceError('config', finding('http-host-unknown', { host: url.hostname }), { cause });
  if (code.includes('CERT') || code.includes('SELF_SIGNED') || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') {
    return new SourceError('config', finding('http-certificate', { host: url.hostname, detail: code }), { cause });
  }
  return new SourceError(
    'transient',
    finding('http-unreachable', { url: redacted(url.href), detail: describe(fault) }),
    { cause },
  );
}

/** A fault within the body: what came until then is not the whole. `bytes` came, as transferred. */
export function brokenOff(url: URL, bytes: number, cause: unknown): SourceError {
  const detail = typeof cause === 'string' ? cause : describe(rootOf(cause));
  return new SourceError('transient', finding('http-broken-off', { url: redacted(url.href), bytes, detail }), {
    cause,
  });
}

export function tooLarge(url: URL, limit: number): SourceError {
  return new SourceError('config', finding('http-too-large', { url: redacted(url.href), limit }));
}

/** A name that resolves to several addresses fails with all their faults at once. */
function rootOf(cause: unknown): unknown {
  if (cause instanceof AggregateError && cause.errors.length > 0) return cause.errors[0];
  return cause;
}

function refusedIn(cause: unknown): AddressRefused | undefined {
  for (let error = cause; error instanceof Error; error = error.cause)
    if (error instanceof AddressRefused) return error;
  return undefined;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code ?? '') : '';
}

function describe(cause: unknown): string {
  const code = codeOf(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  return code === '' || message.includes(code) ? message : `${code}: ${message}`;
}
