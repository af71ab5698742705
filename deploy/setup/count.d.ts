/** The types of count.js; see there. */
export function countJson(report: string, exitCode: number): { passed: number; failed: number };
export function countLines(lines: string[], exitCode: number): { passed: number; failed: number };
