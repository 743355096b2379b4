export const partIds = ['duckdb', 'charts', 'map', 'models'] as const
export type PartId = (typeof partIds)[number]

/** Files of each heavy part, relative to the page, and their bytes: as they travel (gzip) and unpacked. */
export type PartFiles = Record<PartId, { names: string[]; packed: number; unpacked: number }>

/** Whose files are whose, by the names that the build gives them. */
const patterns: Record<PartId, RegExp> = {
  duckdb: /\/duckdb-eh-[\w-]+\.wasm$/,
  charts: /\/echarts-[\w-]+\.js$/,
  map: /\/countries-50m-[\w-]+\.js$/,
  models: /\/(hrm-worker-[\w-]+\.js|tfjs-backend-wasm-simd-[\w-]+\.wasm)$/,
}

/**
 * @param files name and content of every file of the build
 * @param packedSize bytes of a content as it travels
 * @throws Error where a part has no file, because a name has changed
 */
export function partFilesOf(
  files: readonly [name: string, content: Uint8Array][],
  packedSize: (content: Uint8Array) => number,
): PartFiles {
  const parts = partIds.map((id) => {
    const own = files.filter(([name]) => patterns[id].test(name))
    if (own.length === 0) throw new Error(`No file of the build is of the part “${id}”.`)
    const sum = (bytes: (content: Uint8Array) => number) =>
      own.reduce((all, [, content]) => all + bytes(content), 0)
    const names = own.map(([name]) => name).sort()
    return [id, { names, packed: sum(packedSize), unpacked: sum((content) => content.byteLength) }]
  })
  return Object.fromEntries(parts) as PartFiles
}
