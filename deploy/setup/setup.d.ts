/** The types of setup.js; see there. */
export const ROOT: string;
export class SetupProblem extends Error {}
export function isInstalledPackage(root?: string): boolean;
export function ensureDependencies(tell: (line: string) => void, root?: string): Promise<void>;
export function dependenciesAreFresh(root?: string): boolean;
export function node24Path(root?: string, running?: { version: string; execPath: string }): string;
export function environment(root?: string, env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
