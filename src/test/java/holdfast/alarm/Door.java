package holdfast.alarm;

import holdfast.harness.JournalNode;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.plan.AwsAccess;
import holdfast.plan.Installation;
import holdfast.plan.Origin;
import holdfast.plan.Secret;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import holdfast.plan.SenderSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The way in on a real journal, with one sender of each kind. */
public final class Door {

  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  public static final String TOKEN = "prometheus-token-0123456789";
  private static final Origin ORIGIN = new Origin(Path.of("application.yml"), 1);

  private static final TopicSigner SIGNER = TopicSigner.at(NOW);

  final SettableClock clock;
  final JournalNode node;
  final Counts counts;
  public final TopicSigner signer = SIGNER;
  public final Installation installation = installation();
  public final Inbox inbox;
  public final Guard guard;

  Door() {
    this(new SettableClock(NOW));
  }

  private Door(SettableClock clock) {
    this(JournalNode.fresh(clock), clock);
  }

  public Door(JournalNode node, SettableClock clock) {
    this.node = node;
    this.clock = clock;
    counts = new Counts(installation.senders().keySet());
    inbox = new Inbox(node.transaction(), node.ids(), counts, clock);
    guard =
        new Guard(
            installation,
            new Credentials(new Secrets(List.of(secrets())), clock),
            new Topics(new SigningKeys(signer.certificates(), signer::trust, clock), clock),
            new Quarantine(inbox, clock),
            counts,
            new RateLimit(clock),
            inbox);
  }

  private static SecretSource secrets() {
    return new SecretSource() {
      @Override
      public SecretRef.Kind kind() {
        return SecretRef.Kind.ENV;
      }

      @Override
      public Secret read(SecretRef ref) {
        if (ref.name().equals("MISSING")) {
          throw new SecretMissingException("The variable MISSING is not set.");
        }
        return new Secret(ref.name().equals("EMPTY") ? "" : TOKEN);
      }
    };
  }

  private static Installation installation() {
    Installation plan = SamplePlan.plans(SamplePlan.asset()).installation();
    return new Installation(
        plan.stores(),
        plan.connections(),
        plan.keys(),
        plan.channels(),
        senders(),
        plan.journal(),
        plan.scratch(),
        plan.alarmRules(),
        plan.address(),
        plan.escalation());
  }

  private static Map<String, SenderSpec> senders() {
    Map<String, SenderSpec> senders = new LinkedHashMap<>();
    AwsAccess access = new AwsAccess("us-east-1", null, null, null);
    senders.put(
        "queue",
        new SenderSpec.Queue("queue", "arn:aws:sqs:us-east-1:123456789012:alarms", access, ORIGIN));
    senders.put(
        "topic", new SenderSpec.Topic("topic", List.of(TopicSigner.TOPIC), access, 1000, ORIGIN));
    token(senders, "prometheus", "TOKEN");
    token(senders, "careless", "EMPTY");
    token(senders, "forgetful", "MISSING");
    signature(
        senders,
        "atlas",
        SenderSpec.Format.MONGODB_ATLAS,
        "X-MMS-Signature",
        SenderSpec.Algorithm.SHA1,
        SenderSpec.Encoding.BASE64,
        "");
    signature(
        senders,
        "pages",
        SenderSpec.Format.PAGERDUTY,
        "X-PagerDuty-Signature",
        SenderSpec.Algorithm.SHA256,
        SenderSpec.Encoding.HEX,
        "v1=");
    return senders;
  }

  private static void token(Map<String, SenderSpec> senders, String name, String variable) {
    SecretRef secret = new SecretRef(SecretRef.Kind.ENV, variable);
    senders.put(
        name,
        new SenderSpec.Webhook(
            name, SenderSpec.Format.ALERTMANAGER, new SenderSpec.Token(secret), 60, null, ORIGIN));
  }

  private static void signature(
      Map<String, SenderSpec> senders,
      String name,
      SenderSpec.Format format,
      String header,
      SenderSpec.Algorithm algorithm,
      SenderSpec.Encoding encoding,
      String prefix) {
    SecretRef secret = new SecretRef(SecretRef.Kind.ENV, "KEY");
    senders.put(
        name,
        new SenderSpec.Webhook(
            name,
            format,
            new SenderSpec.Signature(secret, header, algorithm, encoding, prefix),
            60,
            null,
            ORIGIN));
  }

  static Post post(String sender, String body, Map<String, String> proofs) {
    return new Post(sender, body.getBytes(StandardCharsets.UTF_8), proofs);
  }

  /** With the right token. */
  static Post proven(String body) {
    return post("prometheus", body, Map.of("authorization", "Bearer " + TOKEN));
  }
}
