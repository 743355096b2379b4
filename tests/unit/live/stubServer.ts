import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerOf, type StubAnswer } from './sources/stubAnswers.ts'
import { stubWorld, type StubWorld } from './sources/stubWorld.ts'

/**
 * How the next requests are answered. `ok` speaks each protocol, ETags and limits included.
 * - `limit`: 429 with Retry-After and X-Rate-Limit-Retry-After-Seconds; `limit-github`: 403 with 0 remaining and a reset;
 *   `limit-secondary`: 403 with Retry-After; `refused`: 403; `unauthorised`: 401; `missing`: 404; `server`: 500
 * - `timeout`: no answer at all; `cut`: the connection breaks in the middle; `truncated`: 200 with half the JSON;
 *   `page`: 200 with HTML; `empty`: 200 with nothing
 * - `ahead`, `behind`: the clock of the source is ten minutes off; `duplicates`: every row twice; `shuffled`: rows
 *   in another order
 */
export type StubMode =
  | 'ok'
  | 'limit'
  | 'limit-github'
  | 'limit-secondary'
  | 'refused'
  | 'unauthorised'
  | 'missing'
  | 'server'
  | 'timeout'
  | 'cut'
  | 'truncated'
  | 'page'
  | 'empty'
  | 'ahead'
  | 'behind'
  | 'duplicates'
  | 'shuffled'

export interface StubRequest {
  method: string
  /** The address that was asked for; of a request through the relay, that behind it. */
  url: string
  path: string
  query: URLSearchParams
  headers: Record<string, string>
  body: string
  viaRelay: boolean
  status: number
}

export interface Stub {
  /** Such as http://127.0.0.1:40123. */
  origin: string
  /** What to set as the relay: any address behind it is answered by its path, whatever its host. */
  relay: string
  requests: StubRequest[]
  /** What the sources know; tests change it. */
  world: StubWorld
  /** All answers from now on, or as many as `times`, after which it is `ok` again. */
  setMode(mode: StubMode, times?: number): void
  close(): Promise<void>
}

const exposed = [
  'ETag',
  'Link',
  'Retry-After',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Rate-Limit-Remaining',
  'X-Rate-Limit-Retry-After-Seconds',
]
const cors = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*, Authorization',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Expose-Headers': exposed.join(', '),
}

/** A server on this machine that answers as OpenSky, readsb, GitHub, npm, status pages and vendors do. */
export async function startStub(world: StubWorld = stubWorld()): Promise<Stub> {
  const requests: StubRequest[] = []
  let mode: StubMode = 'ok'
  let left = Infinity

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end()
    const body = await bodyOf(request)
    const asked = addressOf(request)
    const current = mode
    if (--left <= 0) mode = 'ok'
    const record: StubRequest = {
      method: request.method ?? 'GET',
      url: asked.url.href,
      path: asked.url.pathname,
      query: asked.url.searchParams,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body,
      viaRelay: asked.viaRelay,
      status: 0,
    }
    requests.push(record)
    if (current === 'timeout') return
    const answer = failureOf(current, world.now()) ?? answerOf(record, world, current)
    record.status = answer.status
    const headers = { ...cors, 'Content-Type': answer.type, ...answer.headers }
    if (current === 'cut') {
      response.writeHead(answer.status, { ...headers, 'Content-Length': Buffer.byteLength(answer.body) })
      response.write(answer.body.slice(0, answer.body.length / 2))
      setTimeout(() => response.destroy(), 5)
      return
    }
    const text =
      current === 'truncated' ? answer.body.slice(0, Math.floor(answer.body.length / 2)) : answer.body
    response.writeHead(answer.status, headers).end(text)
  }
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    relay: `${origin}/relay/`,
    requests,
    world,
    setMode(next, times = Infinity) {
      mode = next
      left = times
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** `/relay/` + the encoded address stands for that address. */
function addressOf(request: IncomingMessage): { url: URL; viaRelay: boolean } {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
  if (!url.pathname.startsWith('/relay/')) return { url, viaRelay: false }
  return { url: new URL(decodeURIComponent((request.url ?? '').slice('/relay/'.length))), viaRelay: true }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

function failureOf(mode: StubMode, now: number): StubAnswer | null {
  const message = (status: number, text: string, headers: Record<string, string> = {}): StubAnswer => ({
    status,
    type: 'application/json',
    headers,
    body: JSON.stringify({ message: text }),
  })
  switch (mode) {
    case 'limit':
      return message(429, 'Too Many Requests', {
        'Retry-After': '30',
        'X-Rate-Limit-Retry-After-Seconds': '30',
      })
    case 'limit-github':
      return message(403, 'API rate limit exceeded for 203.0.113.7.', {
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': String(Math.ceil(now / 1000) + 600),
      })
    case 'limit-secondary':
      return message(403, 'You have exceeded a secondary rate limit.', { 'Retry-After': '60' })
    case 'refused':
      return message(403, 'Forbidden')
    case 'unauthorised':
      return message(401, 'Bad credentials')
    case 'missing':
      return message(404, 'Not Found')
    case 'server':
      return message(500, 'Internal Server Error')
    case 'page':
      return {
        status: 200,
        type: 'text/html',
        headers: {},
        body: '<!doctype html><title>Down for maintenance</title>',
      }
    case 'empty':
      return { status: 200, type: 'application/json', headers: {}, body: '' }
    case 'ok':
    case 'timeout':
    case 'cut':
    case 'truncated':
    case 'ahead':
    case 'behind':
    case 'duplicates':
    case 'shuffled':
      return null
  }
}
