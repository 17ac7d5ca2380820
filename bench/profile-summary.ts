/** Reads a CPU profile of V8: which functions and which packages the time went to. */
export interface CpuProfile {
  nodes: {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
  samples: number[];
  /** Microseconds before each sample. */
  timeDeltas: number[];
}

export interface Share {
  readonly name: string;
  /** Of the busy time, 0 to 1. */
  readonly share: number;
}

export interface ProfileSummary {
  readonly functions: readonly Share[];
  readonly packages: readonly Share[];
}

/** Idle time is left out; what is left is 1. */
export const summarizeProfile = (profile: CpuProfile): ProfileSummary => {
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const byFunction = new Map<string, number>();
  const byPackage = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of profile.samples.entries()) {
    const frame = frames.get(id);
    const time = profile.timeDeltas[index] ?? 0;
    if (frame === undefined || frame.functionName === '(idle)') continue;
    busy += time;
    const place = placeOf(frame.url);
    const name = `${frame.functionName || '(anonymous)'}  ${place.file}:${frame.lineNumber + 1}`;
    byFunction.set(name, (byFunction.get(name) ?? 0) + time);
    byPackage.set(place.package, (byPackage.get(place.package) ?? 0) + time);
  }
  const shares = (times: ReadonlyMap<string, number>): Share[] =>
    [...times].map(([name, time]) => ({ name, share: time / busy })).sort((a, b) => b.share - a.share);
  return { functions: shares(byFunction), packages: shares(byPackage) };
};

const placeOf = (url: string): { package: string; file: string } => {
  const modules = url.lastIndexOf('/node_modules/');
  if (modules !== -1) {
    const file = url.slice(modules + '/node_modules/'.length);
    const [scope = '', name = ''] = file.split('/');
    return { package: scope.startsWith('@') ? `${scope}/${name}` : scope, file };
  }
  if (url.startsWith('node:')) return { package: 'node', file: url };
  if (url === '') return { package: '(native, garbage collection)', file: '' };
  const build = url.lastIndexOf('/build/');
  return { package: '(latchkey)', file: build === -1 ? url : url.slice(build + 1) };
};
