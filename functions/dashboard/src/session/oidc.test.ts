// @vitest-environment node
import { expect, test, vi } from "vitest";
import type { Config } from "./config";
import { answered, question, SignInError } from "./oidc";

const SYSTEM = "http://127.0.0.1:4700";
const config: Config = {
  sandbox: true,
  issuer: SYSTEM,
  authorizationEndpoint: `${SYSTEM}/authorize`,
  tokenEndpoint: `${SYSTEM}/token`,
  clientId: "royal-api",
  live: "ws://127.0.0.1:4700/live",
};

vi.stubGlobal("location", { origin: SYSTEM });

const part = (value: object) =>
  btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** The issuer's token, with these claims in place of the usual ones. */
function idToken(nonce: string, instead: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: SYSTEM, aud: "royal-api", sub: "olivia", nonce, iat: now, exp: now + 60 };
  return `${part({ alg: "ES256" })}.${part({ ...usual, ...instead })}.${part({})}`;
}

/** Has the issuer answer an exchange in this way; says what it was sent. */
function issuerAnswers(body: object, status = 200): () => URLSearchParams {
  const sent = vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(body, { status }));
  return () => sent.mock.calls[0]?.[1]?.body as URLSearchParams;
}

const given = (token: string) => ({
  access_token: token,
  id_token: token,
  token_type: "Bearer",
  expires_in: 60,
});

test("the question keeps to itself what proves that it was asked here", async () => {
  const { url, pending } = await question(config, "/inbox/1", false);
  const asked = new URL(url).searchParams;
  expect(url.startsWith(`${SYSTEM}/authorize?`)).toBe(true);
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: "code",
    client_id: "royal-api",
    redirect_uri: `${location.origin}/signed-in`,
    code_challenge_method: "S256",
    state: pending.state,
    nonce: pending.nonce,
  });
  expect(asked.get("code_challenge")).toHaveLength(43);
  expect(url).not.toContain(pending.verifier);
  expect(asked.has("prompt")).toBe(false);
  const again = await question(config, "/", true);
  expect(new URL(again.url).searchParams.get("prompt")).toBe("login");
  expect(again.pending.state).not.toBe(pending.state);
});

test("the issuer's answer is good for the token that it gives", async () => {
  const { pending } = await question(config, "/", false);
  const token = idToken(pending.nonce);
  const sent = issuerAnswers(given(token));
  expect(await answered(config, `?code=c&state=${pending.state}&iss=${SYSTEM}`, pending)).toBe(token);
  expect(Object.fromEntries(sent())).toMatchObject({ code: "c", code_verifier: pending.verifier });
});

test("an answer that somebody else arranged is not taken", async () => {
  const { pending } = await question(config, "/", false);
  const cases: [search: string, token: string, kind: SignInError["kind"]][] = [
    ["?code=c&state=other", idToken(pending.nonce), "broken"],
    [`?code=c&state=${pending.state}&iss=https://evil.example`, idToken(pending.nonce), "broken"],
    [`?state=${pending.state}&error=access_denied`, idToken(pending.nonce), "refused"],
    [`?code=c&state=${pending.state}`, idToken("of another sign-in"), "broken"],
    [`?code=c&state=${pending.state}`, idToken(pending.nonce, { aud: "another" }), "broken"],
    [`?code=c&state=${pending.state}`, idToken(pending.nonce, { iss: "https://evil.example" }), "broken"],
    [`?code=c&state=${pending.state}`, idToken(pending.nonce, { exp: 5 }), "broken"],
  ];
  for (const [search, token, kind] of cases) {
    issuerAnswers(given(token));
    await expect(answered(config, search, pending), search + token).rejects.toEqual(new SignInError(kind));
  }
});

test("what goes wrong on the way is told apart from a refusal", async () => {
  const { pending } = await question(config, "/", false);
  const search = `?code=c&state=${pending.state}`;
  issuerAnswers({ error: "invalid_grant" }, 400);
  await expect(answered(config, search, pending)).rejects.toMatchObject({ kind: "refused" });
  issuerAnswers({}, 500);
  await expect(answered(config, search, pending)).rejects.toMatchObject({ kind: "broken" });
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("offline"));
  await expect(answered(config, search, pending)).rejects.toMatchObject({ kind: "broken" });
  const { sandbox: _, ...rest } = config;
  await expect(answered({ ...rest, sandbox: false }, search, pending)).rejects.toMatchObject({
    kind: "broken",
  });
});
