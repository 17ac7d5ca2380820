/** @returns one line for each house rule that is broken, and how many files were read */
export const checkArchitecture: () => { problems: string[]; files: number };
