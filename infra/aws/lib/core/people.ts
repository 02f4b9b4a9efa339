import { Duration, type RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnUserPoolGroup,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  type UserPoolDomain,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import type { Context } from "../context.ts";

/** Where the page is while somebody works on it. */
const AT_HOME = "http://localhost:5173";

/** Who may sign in, in which roles: nobody signs up by themselves, and a group is a role. */
export class People extends Construct {
  private readonly pool: UserPool;
  private readonly client: UserPoolClient;
  private readonly domain: UserPoolDomain;

  constructor(
    scope: Construct,
    private readonly context: Context,
    removalPolicy: RemovalPolicy,
  ) {
    super(scope, "People");
    const { catalog, environment, names } = context;
    this.pool = new UserPool(this, "Pool", {
      userPoolName: names.house,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: environment.name === "dev" ? Mfa.OPTIONAL : Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: environment.keeps,
      removalPolicy,
    });
    for (const groupName of catalog.roles) {
      new CfnUserPoolGroup(this, `Role-${groupName}`, { userPoolId: this.pool.userPoolId, groupName });
    }
    this.client = this.page();
    const domainPrefix = `${names.house}-${Stack.of(this).account}`;
    this.domain = this.pool.addDomain("Domain", { cognitoDomain: { domainPrefix } });
  }

  /** Who signs people's tokens. */
  get issuer(): string {
    return `https://cognito-idp.${Stack.of(this).region}.${Stack.of(this).urlSuffix}/${this.pool.userPoolId}`;
  }

  /** For whom their tokens are made: the page. */
  get audience(): string {
    return this.client.userPoolClientId;
  }

  /** Where people sign in; `/oauth2/authorize` and `/oauth2/token` follow. */
  get signInUrl(): string {
    return this.domain.baseUrl();
  }

  /** The page signs in with a code and PKCE: it has no secret to keep. */
  private page(): UserPoolClient {
    const page = this.context.environment.pageUrl ?? AT_HOME;
    return this.pool.addClient("Page", {
      userPoolClientName: this.context.names.of("page"),
      generateSecret: false,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${page}/signed-in`],
        logoutUrls: [`${page}/`],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
  }
}
