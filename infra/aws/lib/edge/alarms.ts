import type { Names } from "../names.ts";
import { Alarms, awsMetric, percent } from "../watch/alarms.ts";
import type { Http } from "./http.ts";

/** Answers that fail, in percent, over this many minutes, once there were so many. */
const FAILING = { percent: 5, minutes: 15, least: 20 };
/** Seconds that one answer in a hundred may take; API Gateway itself gives up after 30. */
const SLOW = 10;

/** The alarms of the HTTP API: what people who wait for an answer would notice. */
export function watch(http: Http, names: Names): void {
  const alarms = new Alarms(http, names);
  const of = (metric: string, statistic = "Sum") =>
    awsMetric("AWS/ApiGateway", metric, { ApiId: http.api.apiId }, statistic, FAILING.minutes);
  alarms.on("critical", "http-fails", "The API fails: nobody can decide. The access log names the routes.", {
    metric: percent(
      "answers that failed, in percent",
      of("5xx"),
      [of("Count")],
      FAILING.least,
      FAILING.minutes,
    ),
    above: FAILING.percent,
    silence: "fine",
  });
  alarms.on("warning", "http-slow", `One answer of the API in a hundred takes more than ${SLOW} s.`, {
    metric: of("Latency", "p99"),
    above: SLOW * 1000,
    silence: "fine",
  });
}
