import * as v from 'valibot'
import { AskFailed, type PollContext } from '../contract.ts'
import { wholeAnswer } from './wholeAnswer.ts'

export const tokenOrigin = 'https://auth.opensky-network.org'
const tokenUrl = `${tokenOrigin}/auth/realms/opensky-network/protocol/openid-connect/token`
/** Renewed this long before it ends. */
const marginMs = 60_000

const tokenAnswer = v.object({
  access_token: v.pipe(v.string(), v.minLength(1, 'a token')),
  expires_in: v.optional(v.number(), 1800),
})

/** Tokens by client, in memory only: what a poll leaves for the next is written to disk, and a token is a key. */
const tokens = new Map<string, { token: string; until: number }>()

/** A token of the client (OAuth2, client credentials), asked for where none is valid; throws `AskFailed`. */
export async function openskyToken(context: PollContext): Promise<string> {
  const { clientId = '', clientSecret = '' } = context.secrets
  if (clientId === '' || clientSecret === '') {
    throw new AskFailed(
      'refused',
      'OpenSky needs the id and the secret of your API client: type both, or choose no account.',
    )
  }
  const key = keyOf(context)
  const known = tokens.get(key)
  if (known && context.now < known.until) return known.token
  const answer = await context.ask({
    url: tokenUrl,
    body: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
    cost: 0,
  })
  const { access_token, expires_in } = wholeAnswer(
    tokenAnswer,
    context.json(answer),
    'OpenSky’s login',
    'a token',
  )
  tokens.set(key, { token: access_token, until: context.now + expires_in * 1000 - marginMs })
  return access_token
}

/** The token was refused: the next poll asks for another. */
export function forgetToken(context: PollContext): void {
  tokens.delete(keyOf(context))
}

function keyOf({ secrets }: PollContext): string {
  return JSON.stringify([secrets.clientId, secrets.clientSecret])
}
