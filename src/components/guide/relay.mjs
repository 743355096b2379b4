// Run “node relay.mjs”, and give http://localhost:8787/?url= as the address of your relay.
import { createServer } from 'node:http'
const page = 'https://contrail.example' // the address of this page: no other may use the relay
const hosts = ['api.adsb.lol', 'opendata.adsb.fi'] // whom it may ask
const kept = /^(content-(encoding|length)|transfer-encoding|connection|set-cookie|access-control-.*)$/
createServer(async (request, response) => {
  response.setHeader('Access-Control-Allow-Origin', page)
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, *')
  response.setHeader('Access-Control-Expose-Headers', '*')
  if (request.headers.origin !== page) return response.writeHead(403).end()
  if (request.method === 'OPTIONS') return response.writeHead(204).end()
  try {
    const url = new URL(new URL(request.url, 'http://relay').searchParams.get('url'))
    if (url.protocol !== 'https:' || !hosts.includes(url.host)) return response.writeHead(403).end()
    const headers = {}
    for (const name of ['accept', 'authorization', 'content-type', 'if-none-match'])
      if (request.headers[name]) headers[name] = request.headers[name]
    const body = []
    for await (const part of request) body.push(part)
    const { method } = request
    const sent = method === 'POST' ? Buffer.concat(body) : undefined
    const answer = await fetch(url, { method, headers, body: sent, redirect: 'error' })
    for (const [name, value] of answer.headers) if (!kept.test(name)) response.setHeader(name, value)
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()))
  } catch {
    response.writeHead(502).end()
  }
}).listen(8787, 'localhost')
