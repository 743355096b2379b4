import { describe, expect, it } from 'vitest'
import { Pass, problemOfAddress, reachedOrigins } from '../../../../workers/live/ask/allowList.ts'

const own = ['https://api.example', 'http://localhost:8080']

describe('the allow-list', () => {
  it.each([
    'https://api.example/a?b=c',
    'http://localhost:8080/data/aircraft.json',
    'https://api.example:443/',
  ])('lets %s of the source through', (url) => {
    expect(new Pass(own, '').addressFor(url)).toBe(url)
  })

  it.each([
    'https://other.example/',
    'https://api.example.other.example/',
    'https://api.example:8443/',
    'http://api.example/',
    'http://localhost/',
    'https://api.example@other.example/',
    'https://user:word@api.example/',
    '//other.example/',
    'file:///etc/passwd',
    'data:text/plain,a',
    'blob:https://api.example/1',
    '',
  ])('lets %s not through', (url) => {
    expect(() => new Pass(own, '').addressFor(url)).toThrow()
    expect(() => new Pass(own, 'https://relay.example/?url=').addressFor(url)).toThrow()
  })

  it('reaches the relay alone where one is set, and for addresses of the source only', () => {
    const relay = 'https://relay.example/?url='
    expect(reachedOrigins(own, relay)).toEqual(['https://relay.example'])
    expect(new Pass(own, relay).addressFor('https://api.example/a?b=c')).toBe(
      'https://relay.example/?url=https%3A%2F%2Fapi.example%2Fa%3Fb%3Dc',
    )
    for (const unfit of ['http://relay.example/?url=', 'https://relay.example', 'relay'])
      expect(() => new Pass(own, unfit).addressFor('https://api.example/')).toThrow()
  })

  it('lets nothing through once the source is off', () => {
    const pass = new Pass(own, '')
    pass.revoke()
    expect(() => pass.addressFor('https://api.example/')).toThrow('The source is off')
    expect(pass.signal.aborted).toBe(true)
  })

  it('says what is wrong with an address', () => {
    expect(problemOfAddress('http://192.168.1.5/aircraft.json')).toMatch(/not encrypted.*localhost/)
    expect(problemOfAddress('http://[::1]:80/a')).toBe('')
    expect(problemOfAddress('aircraft')).toMatch(/is no address/)
  })
})
