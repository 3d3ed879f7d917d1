package holdfast.camel;

import java.util.Map;
import java.util.Set;

/**
 * The beans that routes may ask, and what for. Everything else that Spring holds, such as accounts
 * or the runs themselves, is out of their reach; a bean made for routes is added here.
 */
record RouteBeans(Map<String, Set<String>> methods) {

  /** What the service offers. */
  static final RouteBeans OFFERED =
      new RouteBeans(
          Map.ofEntries(
              Map.entry("backup", Set.of("claim", "dump", "compress", "seal", "transfer")),
              Map.entry("copies", Set.of("confirm", "look", "key", "tags", "compare")),
              Map.entry("catalog", Set.of("record")),
              Map.entry("restore", Set.of("claim", "load", "record")),
              Map.entry(
                  "verify",
                  Set.of(
                      "claim",
                      "prepare",
                      "restore",
                      "count",
                      "questions",
                      "sql",
                      "answer",
                      "unanswered",
                      "judge",
                      "failed",
                      "close")),
              Map.entry("closing", Set.of("failed", "ended")),
              Map.entry("proofs", Set.of("ticket", "settle")),
              Map.entry("bells", Set.of("ringAll", "again")),
              Map.entry("messages", Set.of("compose")),
              Map.entry("ownMark", Set.of("text")),
              Map.entry("envelope", Set.of("mail")),
              Map.entry(
                  "delivery",
                  Set.of("sent", "accepted", "taken", "posted", "queued", "shown", "failed")),
              Map.entry("passage", Set.of("room", "pass")),
              Map.entry("fallbacks", Set.of("look")),
              Map.entry("texting", Set.of("send")),
              Map.entry("posts", Set.of("slack", "teams", "pagerDuty", "webhook", "statusPage")),
              Map.entry("schedules", Set.of("wake", "wakeAll")),
              Map.entry("guard", Set.of("webhook", "topic", "operator", "queue")),
              Map.entry("inbox", Set.of("accept", "sweep")),
              Map.entry("subscriptions", Set.of("confirm")),
              Map.entry("alarms", Set.of("read")),
              Map.entry("instances", Set.of("open")),
              Map.entry("reconciler", Set.of("closeLapsed")),
              Map.entry("escalation", Set.of("tick")),
              Map.entry("probes", Set.of("look", "told")),
              Map.entry("incidents", Set.of("take")),
              Map.entry("auditor", Set.of("look")),
              Map.entry("watches", Set.of("look")),
              Map.entry("heartbeat", Set.of("beat")),
              Map.entry("auditCopies", Set.of("keep")),
              Map.entry("keyDrills", Set.of("makeDue")),
              Map.entry("ticks", Set.of("tick")),
              Map.entry("alarmTests", Set.of("beginDue")),
              Map.entry("dailyPass", Set.of("passDue")),
              Map.entry("retentionWatch", Set.of("look")),
              Map.entry("ownEvents", Set.of("take")),
              Map.entry("reruns", Set.of("look")),
              Map.entry("sweep", Set.of("look", "read")),
              Map.entry("copier", Set.of("copyMissing")),
              Map.entry("remains", Set.of("clear", "scan"))));
}
