// A real OpenID provider on loopback, in the shape of one of the large ones, with their own API beside it:
//   google   addresses in the id token with email_verified, the secret by Basic or in the body, a People API
//   kakao    no email_verified, the secret in the body only, scopes of its own, a user API that knows more
//   plain    as the standard has it: claims come from userinfo alone
//
//   node provider.mjs SHAPE MODULES      MODULES is the folder that holds oidc-provider
//
// Prints its port and serves until its standard input closes. Tests steer it by POST /control.

import http from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const [shape, modules] = process.argv.slice(2);
console.info = console.warn = () => {};
const { Provider, interactionPolicy } = await import(pathToFileURL(`${modules}/oidc-provider/lib/index.js`));

const CLIENT = { id: 'picstargram', secret: 'a secret only the tests know' };
const PEOPLE = {
  'https://www.googleapis.com/auth/user.birthday.read': ['birthdays'],
  'https://www.googleapis.com/auth/user.gender.read': ['genders'],
  'https://www.googleapis.com/auth/user.phonenumbers.read': ['phoneNumbers'],
};
const CLAIMS = {
  google: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'picture'] },
  kakao: { openid: ['sub'], account_email: ['email'], profile_nickname: ['nickname'], profile_image: ['picture'] },
  plain: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username', 'picture', 'birthdate', 'gender'] },
};
const METHODS = {
  google: ['client_secret_basic', 'client_secret_post'],
  kakao: ['client_secret_post'],
  plain: ['client_secret_basic'],
};

// By id: { claims, api }.
const accounts = new Map();
let trouble = { down: false, slow: 0 };
let photo = Buffer.alloc(0);
let issuer;
let provider;
// Who asked for what, for tests that count.
const asked = {};

function key() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), alg: 'RS256', use: 'sig' };
}

// Google lets people choose among their accounts.
const policy = interactionPolicy.base();
policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);

// With a key of its own: a new one has rotated.
function make() {
  const made = new Provider(issuer, {
    clients: [{
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      redirect_uris: ['https://example.org/set-by-redirectUriAllowed'],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: METHODS[shape][0],
    }],
    clientAuthMethods: METHODS[shape],
    jwks: { keys: [key()] },
    claims: CLAIMS[shape],
    scopes: ['openid', ...(shape === 'google' ? Object.keys(PEOPLE) : [])],
    conformIdTokenClaims: shape === 'plain',
    pkce: { required: () => true },
    cookies: { keys: ['only for tests'] },
    features: { devInteractions: { enabled: false }, userinfo: { enabled: true } },
    interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => accounts.has(id)
      ? { accountId: id, claims: async () => ({ sub: id, ...accounts.get(id).claims }) }
      : undefined,
    // The site's clock may be ahead by what a test lets pass.
    ttl: { AuthorizationCode: 60, AccessToken: 600, IdToken: 7200, Interaction: 600, Session: 600, Grant: 600 },
  });
  // Each test's site has a port of its own; what matters here is the path.
  made.Client.prototype.redirectUriAllowed = (uri) => /^http:\/\/127\.0\.0\.1:\d+\/auth\/[a-z-]+\/callback$/.test(uri);
  return made;
}

async function text(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function control(request, response) {
  const order = JSON.parse(await text(request));
  for (const [id, account] of Object.entries(order.accounts ?? {})) accounts.set(id, account);
  if (order.trouble) trouble = { ...trouble, ...order.trouble };
  if (order.photo) photo = Buffer.from(order.photo, 'base64');
  if (order.rotate) provider = make();
  json(response, 200, asked);
}

// What a person sees over there: who they are, and whether they agree.
async function interaction(request, response) {
  const details = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><html lang="en"><title>Provider</title><link rel="icon" href="data:,">
<main><h1>Sign in at the provider</h1><form method="post"><label>Account <input name="account"></label>
<button name="answer" value="yes">Agree</button><button name="answer" value="no">Refuse</button></form></main></html>`);
    return;
  }
  const form = new URLSearchParams(await text(request));
  if (form.get('answer') === 'no') {
    const refusal = { error: 'access_denied', error_description: 'they said no' };
    await provider.interactionFinished(request, response, refusal, { mergeWithLastSubmission: false });
    return;
  }
  const denied = form.getAll('deny');
  const scopes = details.params.scope.split(' ');
  const grant = new provider.Grant({ accountId: form.get('account'), clientId: details.params.client_id });
  grant.addOIDCScope(scopes.filter((scope) => !denied.includes(scope)).join(' '));
  if (denied.length > 0) grant.rejectOIDCScope(denied.join(' '));
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, { select_account: {}, login: { accountId: form.get('account') }, consent: { grantId } });
}

// Who an access token belongs to, and what it opens.
async function bearer(request) {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  const token = scheme === 'Bearer' && await provider.AccessToken.find(value);
  return token ? { account: accounts.get(token.accountId), id: token.accountId, scopes: token.scope.split(' ') } : undefined;
}

// https://developers.google.com/people/api/rest/v1/people/get
async function people(request, response, url) {
  const who = await bearer(request);
  if (!who) return json(response, 401, { error: { code: 401, status: 'UNAUTHENTICATED' } });
  const allowed = ['photos', ...who.scopes.flatMap((scope) => PEOPLE[scope] ?? [])];
  const wanted = (url.searchParams.get('personFields') ?? '').split(',');
  if (wanted.some((field) => !allowed.includes(field))) return json(response, 403, { error: { code: 403, status: 'PERMISSION_DENIED' } });
  return json(response, 200, Object.fromEntries(wanted.filter((field) => field in who.account.api).map((field) => [field, who.account.api[field]])));
}

// https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#req-user-info
async function kakaoUser(request, response) {
  const who = await bearer(request);
  if (!who) return json(response, 401, { msg: 'this access token does not exist', code: -401 });
  return json(response, 200, { id: Number(who.id), kakao_account: who.account.api });
}

const server = http.createServer(async (request, response) => {
  try {
    const url = new URL(request.url, issuer);
    asked[url.pathname] = (asked[url.pathname] ?? 0) + 1;
    if (url.pathname === '/control') return await control(request, response);
    if (trouble.slow > 0) await new Promise((resolve) => setTimeout(resolve, trouble.slow));
    if (trouble.down) return json(response, 503, { error: 'temporarily_unavailable' });
    if (url.pathname === '/photo.jpg') return response.writeHead(200, { 'content-type': 'image/jpeg' }).end(photo);
    if (url.pathname.startsWith('/interaction/')) return await interaction(request, response);
    if (shape === 'google' && url.pathname === '/v1/people/me') return await people(request, response, url);
    if (shape === 'kakao' && url.pathname === '/v2/user/me') return await kakaoUser(request, response);
    return await provider.callback()(request, response);
  } catch (error) {
    console.error(error);
    if (!response.headersSent) json(response, 500, { error: String(error) });
  }
});

server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  provider = make();
  console.log(server.address().port);
});
// The tests are gone.
process.stdin.resume().on('end', () => process.exit(0));
