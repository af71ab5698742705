import { readFileSync } from 'node:fs';

/** Most memory that this process ever held, in megabytes (10^6 bytes). */
export function peakMemory(): number {
  return (peakFromLinux() ?? process.resourceUsage().maxRSS * 1024) / 1e6;
}

/** On Linux `maxRSS` may be that of the parent, kept across exec: the kernel's own mark of this program is right. Bytes. */
function peakFromLinux(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
