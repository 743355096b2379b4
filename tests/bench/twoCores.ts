import { median, print } from './figures.ts'

/** A worker in the browser or in Node, as far as the bench needs it. */
interface BenchWorker {
  send(message: unknown): void
  /** The next message. */
  next(): Promise<unknown>
  end(): void
}

async function start(): Promise<BenchWorker> {
  let hear: (message: unknown) => void = () => undefined
  const next = () => new Promise<unknown>((resolve) => (hear = resolve))
  if (typeof Worker === 'function') {
    const worker = new Worker(new URL('./pairsWorker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }) => hear(data))
    return { send: (message) => worker.postMessage(message), next, end: () => worker.terminate() }
  }
  const { Worker: NodeWorker } = await import('node:worker_threads')
  // A worker of Node does not load TypeScript by itself.
  const file = JSON.stringify(new URL('./pairsWorker.ts', import.meta.url).href)
  const load = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${file}, ${file}))`
  const worker = new NodeWorker(load, { eval: true })
  worker.on('message', (message: unknown) => hear(message))
  return { send: (message) => worker.postMessage(message), next, end: () => void worker.terminate() }
}

/** The 4,950 pairs shared between two workers, indicators computed anew in each; milliseconds until both are done. */
export async function benchTwoCores(): Promise<void> {
  const workers = await Promise.all([start(), start()])
  await Promise.all(workers.map((worker) => worker.next()))
  const times: number[] = []
  for (let round = 0; round < 9; round++) {
    const started = performance.now()
    const done = workers.map((worker) => worker.next())
    workers.forEach((worker, share) => worker.send({ share, shares: workers.length }))
    await Promise.all(done)
    times.push(performance.now() - started)
  }
  for (const worker of workers) worker.end()
  print('4,950 moving-average pairs, the same on two cores', median(times.slice(3)), 'ms', 80)
}
