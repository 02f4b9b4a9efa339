import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { pageHeaders } from "./headers.ts";

/** What the page is made of. */
export interface PageProps {
  /** Host of the HTTP API. */
  readonly api: string;
  /** Paths that the API answers, as CloudFront's patterns. */
  readonly patterns: readonly string[];
  /** Other origins that the page talks to. */
  readonly origins: readonly string[];
  /** The page's own name, with its certificate in us-east-1; without one it has CloudFront's. */
  readonly domain?: { readonly name: string; readonly certificateArn: string } | undefined;
  readonly webAclArn?: string | undefined;
  readonly removal: RemovalPolicy;
}

/**
 * The page: static files in a private bucket behind CloudFront, and the API behind the same name, so that nothing has
 * to be allowed to another origin. The views' paths are the page's own business: whatever is no file is its one document.
 */
export class Page extends Construct {
  readonly bucket: Bucket;
  readonly distribution: Distribution;
  /** Where people open it. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: PageProps) {
    super(scope, id);
    this.bucket = this.files(props.removal);
    const api = this.toApi(props.api);
    this.distribution = new Distribution(this, "Distribution", {
      comment: "the page and the API behind one name",
      defaultRootObject: "index.html",
      defaultBehavior: this.ownFiles(props.origins),
      additionalBehaviors: Object.fromEntries(props.patterns.map((pattern) => [pattern, api])),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: this.logs(props.removal),
      ...(props.webAclArn && { webAclId: props.webAclArn }),
      ...(props.domain && {
        domainNames: [props.domain.name],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: Certificate.fromCertificateArn(this, "Certificate", props.domain.certificateArn),
      }),
    });
    this.url = `https://${props.domain?.name ?? this.distribution.distributionDomainName}`;
  }

  private files(removalPolicy: RemovalPolicy): Bucket {
    return new Bucket(this, "Files", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy,
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    });
  }

  private logs(removalPolicy: RemovalPolicy): Bucket {
    return new Bucket(this, "Logs", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.OBJECT_WRITER,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy,
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    });
  }

  private ownFiles(origins: readonly string[]): BehaviorOptions {
    const views = new EdgeFunction(this, "Views", {
      runtime: FunctionRuntime.JS_2_0,
      comment: "whatever is no file is the page's one document",
      code: FunctionCode.fromInline(VIEWS),
    });
    return {
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: pageHeaders(this, "Headers", origins),
      functionAssociations: [{ function: views, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
  }

  private toApi(host: string): BehaviorOptions {
    return {
      origin: new HttpOrigin(host, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
  }
}

/** Files have a dot in their last part; views have none. */
export const VIEWS = `function handler(event) {
  var request = event.request;
  var last = request.uri.split("/").pop();
  if (!last.includes(".")) request.uri = "/index.html";
  return request;
}`;
