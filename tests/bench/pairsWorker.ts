import { runPairs, singleSymbol } from './pairs.ts'

interface Port {
  on?(event: 'message', listener: (message: unknown) => void): void
  postMessage(message: unknown): void
}

/** The same in a worker of the browser and of Node. */
async function portHere(): Promise<Port> {
  if ('WorkerGlobalScope' in globalThis) return globalThis
  const { parentPort } = await import('node:worker_threads')
  return parentPort!
}

const days = 1260
const port = await portHere()
const answer = (message: unknown): void => {
  const { share, shares } = message as { share: number; shares: number }
  runPairs(singleSymbol(days), share, shares)
  port.postMessage('done')
}
if (port.on) port.on('message', answer)
else globalThis.addEventListener('message', ({ data }) => answer(data))
port.postMessage('ready')
