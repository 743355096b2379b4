/** A failure as it crosses the edge of the worker: a sentence, never an exception. */
export const failed = (
  code: string,
  message: string,
  detail?: string,
): { ok: false; code: string; message: string; detail?: string } => ({
  ok: false,
  code,
  message,
  ...(detail !== undefined && { detail }),
})

export const superseded = failed('superseded', 'A newer run took its place.')

/** What is said of an exception nobody expected. */
export function crashed(cause: unknown): ReturnType<typeof failed> {
  return failed(
    'failed',
    'The run failed. Reset the parameters or load the data again.',
    cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
  )
}

/** Nothing is thrown across the worker's edge. */
export async function guarded<T>(compute: () => T | Promise<T>): Promise<T | ReturnType<typeof failed>> {
  try {
    return await compute()
  } catch (cause) {
    return crashed(cause)
  }
}
