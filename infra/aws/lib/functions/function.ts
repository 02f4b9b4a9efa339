import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  type IFunction,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IQueue, Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { FunctionEntry } from "../catalog.ts";
import type { Context } from "../context.ts";
import { watch } from "./alarms.ts";
import { codeOf } from "./code.ts";
import { follows, granted, takes, tellsOfItself } from "./grants.ts";
import { mapQueue, mapStream } from "./mappings.ts";
import { deadQueue, ownQueue } from "./queues.ts";
import type { Shared } from "./stack.ts";
import { variables } from "./variables.ts";

/** A function with all that is its own: role, queue, dead-letter queue, log, what wakes it, alarms. */
export class RoyalFunction extends Construct {
  /** What is called: the function, or the version of it that is in service. */
  readonly handler: IFunction;
  /** Its queue, if it wakes on one. */
  readonly queue: Queue | undefined;
  /** Where what it cannot handle ends, if it wakes on a queue or the stream. */
  readonly dead: Queue | undefined;
  private readonly program: LambdaFunction;
  /** All that it may do. CDK adds nothing to it, and it is part of the role: so it is there before the function. */
  private readonly may = new PolicyDocument();

  constructor(
    scope: Construct,
    readonly entry: FunctionEntry,
    private readonly context: Context,
    shared: Shared,
  ) {
    super(scope, entry.name);
    const queues = { entry, names: context.names, removalPolicy: this.removal() };
    const asks = entry.wakes.includes("queue");
    this.dead = asks || entry.wakes.includes("stream") ? deadQueue(this, queues) : undefined;
    this.queue = asks && this.dead ? ownQueue(this, queues, this.dead) : undefined;
    this.program = this.made(shared);
    const alias = shared.release?.alias(this.program);
    this.handler = alias ?? this.program;
    this.wakes();
    const alarm = watch(shared.alarms, this.watched());
    if (alias) shared.release?.careful(alias, entry.name, alarm);
  }

  /** Lets it write to open WebSocket connections, if the catalogue does: at `url`, `connections` as an ARN. */
  pushesTo(connections: string, url: string): void {
    if (!this.entry.grants.pushes) return;
    const actions = ["execute-api:ManageConnections"];
    this.may.addStatements(new PolicyStatement({ sid: "Pushes", actions, resources: [connections] }));
    this.program.addEnvironment("ROYAL_LIVE_URL", url);
  }

  /** Has what it is told without anybody waiting, and fails at three times, end in `dead`. */
  givesUpTo(dead: IQueue): void {
    this.may.addStatements(
      new PolicyStatement({ sid: "GivesUp", actions: ["sqs:SendMessage"], resources: [dead.queueArn] }),
    );
    this.handler.configureAsyncInvoke({ onFailure: new SqsDestination(dead), retryAttempts: 2 });
  }

  private made(shared: Shared): LambdaFunction {
    const { entry, context } = this;
    const { environment, names } = context;
    const logGroup = this.log();
    this.may.addStatements(
      ...tellsOfItself(this, names.log(entry.name)),
      ...granted(this, entry.grants, context),
    );
    return new LambdaFunction(this, "Function", {
      functionName: names.of(entry.name),
      description: entry.about,
      runtime: Runtime.PROVIDED_AL2023,
      handler: "bootstrap",
      architecture: environment.architecture === "arm64" ? Architecture.ARM_64 : Architecture.X86_64,
      code: codeOf(entry.name, environment.assets),
      layers: entry.grants.reads.includes("POLICY#") ? [shared.policies()] : [],
      memorySize: entry.memoryMb,
      timeout: Duration.seconds(entry.timeoutSeconds),
      environment: variables(this, entry, context),
      role: this.role().withoutPolicyUpdates(),
      tracing: Tracing.ACTIVE,
      logGroup,
      ...(environment.reserves && { reservedConcurrentExecutions: entry.concurrency }),
    });
  }

  private wakes(): void {
    const { entry, handler, queue, dead } = this;
    if (queue) {
      this.may.addStatements(takes(queue.queueArn));
      mapQueue(this, entry, handler, queue);
    }
    if (dead && entry.wakes.includes("stream")) {
      const streamArn = this.context.names.told(this, "table-stream");
      this.may.addStatements(...follows(streamArn, dead.queueArn));
      mapStream(this, entry, handler, { streamArn, dead });
    }
  }

  private role(): Role {
    return new Role(this, "Role", {
      description: `What ${this.entry.name} may do: its grants in the catalogue`,
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      inlinePolicies: { Grants: this.may },
    });
  }

  private log(): LogGroup {
    const { environment, names } = this.context;
    return new LogGroup(this, "Log", {
      logGroupName: names.log(this.entry.name),
      retention: environment.logDays as RetentionDays,
      removalPolicy: this.removal(),
    });
  }

  private removal(): RemovalPolicy {
    return this.context.environment.keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }

  private watched() {
    const { entry, queue, dead, context } = this;
    const wakes = context.catalog.schedules.filter((schedule) => schedule.function === entry.name);
    return {
      entry,
      ticks: wakes.some(({ every }) => every === "rate(1 minute)"),
      name: context.names.of(entry.name),
      queue: queue && context.names.of(entry.name),
      dead: dead && context.names.dead(entry.name),
    };
  }
}
