import { AskFailed } from '../contract.ts'
import type { Answer, Ask } from '../contract.ts'
import type { Platform } from '../platform.ts'
import type { Pass } from './allowList.ts'
import { failureOf } from './statusFailure.ts'

export const timeoutMs = 30_000
export const largestAnswer = 64 * 1024 * 1024

/** Sends one request where its pass allows it, and reads the whole answer. Throws `AskFailed`. */
export async function send(
  platform: Pick<Platform, 'now' | 'after' | 'fetch' | 'online'>,
  pass: Pass,
  ask: Ask,
  etag: string | null,
): Promise<Answer> {
  const address = pass.addressFor(ask.url)
  const host = new URL(ask.url).host
  if (!platform.online())
    throw new AskFailed('offline', 'There is no network. It goes on as soon as there is.')
  const stop = new AbortController()
  const stopped = () => stop.abort()
  pass.signal.addEventListener('abort', stopped)
  let late = false
  const callOff = platform.after(timeoutMs, () => {
    late = true
    stop.abort()
  })
  try {
    const response = await platform.fetch(address, {
      method: ask.body ? 'POST' : 'GET',
      headers: { ...ask.headers, ...(etag === null ? {} : { 'If-None-Match': etag }) },
      body: ask.body ? new URLSearchParams(ask.body) : undefined,
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'manual',
      signal: stop.signal,
    })
    const header = (name: string) => response.headers.get(name)
    const failure = failureOf({ status: response.status, header }, host, platform.now())
    if (failure !== null) {
      stop.abort()
      throw failure
    }
    const unchanged = response.status === 304
    const text = unchanged ? '' : await textOf(response, host)
    return { unchanged, text, header, at: platform.now() }
  } catch (error) {
    if (error instanceof AskFailed) throw error
    if (late)
      throw new AskFailed(
        'timeout',
        `${host} did not answer within ${timeoutMs / 1000} seconds. It is asked again.`,
      )
    if (pass.signal.aborted) throw new AskFailed('not-allowed', 'The source was turned off.')
    if (!platform.online())
      throw new AskFailed('offline', 'The network was lost. It goes on as soon as it is back.')
    throw new AskFailed(
      'refused',
      `${host} did not answer a page: it is out of reach, or refuses browsers. If it stays so, set a relay.`,
    )
  } finally {
    callOff()
    pass.signal.removeEventListener('abort', stopped)
  }
}

async function textOf(response: Response, host: string): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.length
    if (bytes > largestAnswer) {
      await reader.cancel()
      throw new AskFailed(
        'too-large',
        `${host} sent more than ${largestAnswer / 1024 / 1024} MB. Ask for less: a smaller area or a shorter time.`,
      )
    }
    text += decoder.decode(value, { stream: true })
  }
}
