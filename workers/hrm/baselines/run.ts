/** How far training has come. */
export interface Progress {
  /** rounds, epochs or iterations done, and the most there can be: stopping early is usual */
  done: number
  total: number
  /** mean log loss so far; NaN where it is not known */
  trainLoss: number
  validationLoss: number
}

/** The outside of training: who may stop it and who watches. */
export interface Run {
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}

/** Longest stretch of work without a breath, in milliseconds: what a cancel has to wait for. */
const stretch = 30

/**
 * To be awaited between pieces of work. Lets waiting messages in, a cancel among them, when the last breath
 * is some time ago; rejects with the reason of the signal once it is aborted.
 */
export function breather({ signal }: Run): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last > stretch) {
      await letMessagesIn()
      last = performance.now()
    }
    signal?.throwIfAborted()
  }
}

/** A timer would wait 4 ms each time. */
function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
