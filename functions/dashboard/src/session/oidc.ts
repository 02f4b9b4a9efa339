import * as oauth from "oauth4webapi";
import type { Config } from "./config";
import type { Pending } from "./pending";

const SCOPE = "openid profile";

/** What went wrong while signing in, in the words of the page: `refused` by the issuer, or `broken` on the way. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  constructor(readonly kind: "refused" | "broken") {
    super(kind);
  }
}

/** A question to the issuer: where it is asked, and what to remember of it. */
export interface Question {
  readonly url: string;
  readonly pending: Pending;
}

/** Asks the issuer who is there (authorization code with PKCE); `again` has it ask even whom it knows. */
export async function question(config: Config, back: string, again: boolean): Promise<Question> {
  const verifier = oauth.generateRandomCodeVerifier();
  const pending = { state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce(), verifier, back };
  const url = new URL(config.authorizationEndpoint);
  const asked = {
    response_type: "code",
    client_id: config.clientId,
    redirect_uri: returnTo(),
    scope: SCOPE,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...(again && { prompt: "login" }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href, pending };
}

/** The token that the issuer's answer is good for. */
export async function answered(config: Config, search: string, pending: Pending): Promise<string> {
  const server = issuer(config);
  const client = { client_id: config.clientId };
  try {
    const answer = oauth.validateAuthResponse(server, client, new URLSearchParams(search), pending.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      answer,
      returnTo(),
      pending.verifier,
      // Only a sandbox is on a machine's own loopback, without TLS.
      { [oauth.allowInsecureRequests]: config.sandbox },
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: pending.nonce,
      requireIdToken: true,
    });
    return tokens.id_token ?? tokens.access_token;
  } catch (error) {
    const refused =
      error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError;
    throw new SignInError(refused ? "refused" : "broken");
  }
}

function issuer(config: Config): oauth.AuthorizationServer {
  return {
    issuer: config.issuer,
    authorization_endpoint: config.authorizationEndpoint,
    token_endpoint: config.tokenEndpoint,
    id_token_signing_alg_values_supported: ["ES256", "RS256", "EdDSA"],
  };
}

function returnTo(): string {
  return `${location.origin}/signed-in`;
}
