/** The types of machine.js; see there. */
export function javaCommand(env?: NodeJS.ProcessEnv): string | undefined;
export function hasMaven(env?: NodeJS.ProcessEnv): boolean;
export function hasDockerCommand(env?: NodeJS.ProcessEnv): boolean;
export function dockerEngine(env?: NodeJS.ProcessEnv): Promise<string | undefined>;
export function lackingForNeo4j(env?: NodeJS.ProcessEnv): Promise<string | undefined>;
export function lackingForEmbedded(jarsAreThere: boolean, env?: NodeJS.ProcessEnv): string | undefined;
