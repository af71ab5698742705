import { readFileSync } from 'node:fs';

/** Most memory that this process ever held, in megabytes (10^6 bytes). */
export function peakMemory(): number {
  // On Linux `maxRSS` may be that of the parent, kept across exec: the kernel's own mark of this program is right.
  return peakMemoryOf('self') ?? (process.resourceUsage().maxRSS * 1024) / 1e6;
}

/** The same of another process; undefined where the system does not tell. */
export function peakMemoryOf(pid: number | 'self'): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
}
