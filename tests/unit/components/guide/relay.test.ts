import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const guide = join(import.meta.dirname, '..', '..', '..', '..', 'src', 'components', 'guide', 'relay.mjs')
const page = 'http://page.example'
const folder = mkdtempSync(join(tmpdir(), 'relay-'))
const seen: string[] = []
const source = createServer((request, response) => {
  seen.push(`${request.method} ${request.url} ${request.headers.authorization}`)
  response.writeHead(request.url === '/gone' ? 429 : 200, { ETag: '"1"', 'Retry-After': '7' }).end('rows')
})
const port = (server: typeof source) => (server.address() as AddressInfo).port
const listening = (server: typeof source) =>
  new Promise<void>((resolve) => server.listen(0, 'localhost', () => resolve()))
let relay: ReturnType<typeof spawn>
let base = ''

/** The program of the guide, which asks by https alone; this source speaks http on this machine. */
beforeAll(async () => {
  await listening(source)
  const free = createServer()
  await listening(free)
  base = `http://localhost:${port(free)}/?url=`
  await new Promise((resolve) => free.close(resolve))
  const program = readFileSync(guide, 'utf8')
    .replace('https://contrail.example', page)
    .replace("'api.adsb.lol'", `'localhost:${port(source)}'`)
    .replace("'https:'", "'http:'")
    .replace('8787, ', `${new URL(base).port}, `)
  const file = join(folder, 'relay.mjs')
  writeFileSync(file, program)
  relay = spawn(process.execPath, [file])
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(base).then(
        () => true,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
})
afterAll(() => {
  relay.kill()
  source.close()
  rmSync(folder, { recursive: true })
})

const through = (url: string, init: RequestInit = {}, origin = page) =>
  fetch(base + encodeURIComponent(url), { ...init, headers: { ...init.headers, Origin: origin } })

test('the relay of the guide asks in the page’s place, and hands on what the source said', async () => {
  const answer = await through(`http://localhost:${port(source)}/a?b=1`, {
    headers: { Authorization: 'token x' },
  })
  expect(await answer.text()).toBe('rows')
  expect(answer.headers.get('access-control-allow-origin')).toBe(page)
  expect(answer.headers.get('etag')).toBe('"1"')
  expect(seen).toEqual(['GET /a?b=1 token x'])
  const limited = await through(`http://localhost:${port(source)}/gone`)
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
})

test('it asks nobody else, and for nobody else', async () => {
  const before = seen.length
  expect((await through('http://localhost:1/')).status).toBe(403)
  expect((await through(`http://localhost:${port(source)}/a`, {}, 'http://other.example')).status).toBe(403)
  expect((await through('no address')).status).toBe(502)
  expect(seen).toHaveLength(before)
})
