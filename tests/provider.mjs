// A real OpenID provider (npm oidc-provider, certified) for the tests of the office's sign-in.
// Arguments: the office's origin, the client's secret or "". Prints its port; ends with its standard input.
import { generateKeyPairSync } from 'node:crypto'
import http from 'node:http'
import { Provider } from 'oidc-provider'

const [office, secret] = process.argv.slice(2)
const jwk = (type, options, alg, kid) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), alg, kid, use: 'sig'
})
const server = http.createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const client = alg => ({
    client_id: `doorstep-${alg}`,
    redirect_uris: [`${office}/sign-in/callback`],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    id_token_signed_response_alg: alg,
    application_type: 'native', // plain http on this machine
    ...(secret ? { client_secret: secret } : { token_endpoint_auth_method: 'none' })
  })
  const provider = new Provider(issuer, {
    clients: ['RS256', 'ES256', 'EdDSA'].map(client),
    jwks: { keys: [
      jwk('rsa', { modulusLength: 2048 }, 'RS256', 'r'),
      jwk('ec', { namedCurve: 'P-256' }, 'ES256', 'e'),
      jwk('ed25519', {}, 'EdDSA', 'd')
    ] },
    cookies: { keys: ['of-this-test'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) })
  })
  const answer = provider.callback()
  server.on('request', async (request, response) => {
    const [, place] = request.url.split('/')
    if (place !== 'interaction') return answer(request, response)
    // Its page to sign in: a name and a button. Posted, the person is signed in and lets the office know who they are.
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/html')
      return response.end('<form method="post"><label>Account <input name="account"></label><button>Sign in</button></form>')
    }
    let body = ''
    for await (const part of request) body += part
    const { params } = await provider.interactionDetails(request, response)
    const accountId = new URLSearchParams(body).get('account')
    const grant = new provider.Grant({ accountId, clientId: params.client_id })
    grant.addOIDCScope('openid')
    const consent = { grantId: await grant.save() }
    return provider.interactionFinished(request, response, { login: { accountId }, consent })
  })
  console.log(server.address().port)
})
process.stdin.on('end', () => process.exit()).resume()
