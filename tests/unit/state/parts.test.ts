import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { partFilesOf, type PartFiles } from '../../../src/state/partFiles.ts'
import { PartCancelled, Parts } from '../../../src/state/parts.svelte.ts'

const built: [string, Uint8Array][] = [
  ['assets/duckdb-eh-1a.wasm', new Uint8Array(100)],
  ['assets/echarts-2b.js', new Uint8Array(50)],
  ['assets/countries-50m-3c.js', new Uint8Array(30)],
  ['assets/hrm-worker-4d.js', new Uint8Array(20)],
  ['assets/tfjs-backend-wasm-simd-5e.wasm', new Uint8Array(10)],
  ['assets/index-6f.js', new Uint8Array(5)],
]
const files: PartFiles = partFilesOf(built, (content) => content.byteLength / 2)

describe('the files of the build', () => {
  test('are told apart by their names and summed', () => {
    expect(files.models).toEqual({
      names: ['assets/hrm-worker-4d.js', 'assets/tfjs-backend-wasm-simd-5e.wasm'],
      packed: 15,
      unpacked: 30,
    })
  })

  test('without one of a part do not pass: a name has changed', () => {
    expect(() => partFilesOf(built.slice(1), () => 1)).toThrow('duckdb')
  })
})

describe('a heavy part', () => {
  let send: (chunk: Uint8Array | null) => void
  beforeEach(() => {
    vi.stubGlobal('document', { baseURI: 'http://localhost/' })
    vi.stubGlobal(
      'fetch',
      vi.fn((_url: URL, { signal }: { signal: AbortSignal }) => {
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            send = (chunk) => (chunk ? controller.enqueue(chunk) : controller.close())
            signal.addEventListener('abort', () => controller.error(signal.reason))
          },
        })
        return Promise.resolve(new Response(body))
      }),
    )
  })
  afterEach(() => void vi.unstubAllGlobals())

  test('tells what of it has arrived, in bytes as they travel, and is fetched once', async () => {
    const parts = new Parts(files)
    const loaded = parts.load('charts')
    expect(parts.load('charts')).toBe(loaded)
    await vi.waitFor(() => expect(parts.arrivals[0]).toMatchObject({ id: 'charts', done: 0, total: 25 }))
    await vi.waitFor(() => expect(send).toBeTypeOf('function'))
    send(new Uint8Array(20))
    await vi.waitFor(() => expect(parts.arrivals[0].done).toBe(10))
    send(new Uint8Array(30))
    send(null)
    await loaded
    expect(parts.arrivals).toEqual([])
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  test('that was cancelled says so, and can be asked for again', async () => {
    const parts = new Parts(files)
    const loaded = parts.load('map')
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(1))
    parts.cancel('map')
    await expect(loaded).rejects.toThrow(PartCancelled)
    expect(parts.arrivals).toEqual([])
    const again = parts.load('map')
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2))
    send(null)
    await again
  })

  test('is imported without a word where the build left no list', async () => {
    await new Parts(null).load('duckdb')
    expect(fetch).not.toHaveBeenCalled()
  })
})
