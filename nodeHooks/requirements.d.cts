export function nodeProblem(version: string): string | undefined;
export function packagesProblem(folder: string): string | undefined;
