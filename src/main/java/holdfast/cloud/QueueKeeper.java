package holdfast.cloud;

import holdfast.plan.AwsAlarms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The queue that everything ends in, or the one beside it for what could not be read. A queue is
 * never removed: it may hold alarms that nobody has seen.
 */
final class QueueKeeper implements Keeper {

  /** Fourteen days, the longest that SQS knows. */
  private static final String RETENTION = "1209600";

  private static final String VISIBILITY = "60";

  /** The longest poll that SQS knows. */
  private static final String POLL = "20";

  /**
   * The most that SQS knows. What cannot be read is set aside by the service itself; this is for
   * messages at which it dies, and must not swallow alarms while its database is away.
   */
  private static final int RECEIVES = 1000;

  private final SqsClient sqs;
  private final Calls calls;
  private final boolean dead;

  QueueKeeper(SqsClient sqs, Calls calls, boolean dead) {
    this.sqs = sqs;
    this.calls = calls;
    this.dead = dead;
  }

  @Override
  public Change.Kind kind() {
    return Change.Kind.QUEUE;
  }

  /** The ARN of the first of our queues that is there. */
  static Optional<String> anyArn(SqsClient sqs, Calls calls, AwsAlarms spec) {
    for (boolean dead : new boolean[] {false, true}) {
      QueueKeeper keeper = new QueueKeeper(sqs, calls, dead);
      Optional<String> url = keeper.url(dead ? spec.deadQueue() : spec.queue());
      if (url.isPresent()) {
        return Optional.of(keeper.attributes(url.get()).getOrDefault("QueueArn", ""));
      }
    }
    return Optional.empty();
  }

  private String name(Place place) {
    return dead ? place.spec().deadQueue() : place.spec().queue();
  }

  private Map<String, String> attributes(Place place) {
    Map<String, String> all = new TreeMap<>();
    all.put("SqsManagedSseEnabled", "true");
    all.put("MessageRetentionPeriod", RETENTION);
    if (!dead) {
      all.put("VisibilityTimeout", VISIBILITY);
      all.put("ReceiveMessageWaitTimeSeconds", POLL);
      all.put(
          "RedrivePolicy",
          Documents.write(
              Map.of("deadLetterTargetArn", place.deadQueueArn(), "maxReceiveCount", RECEIVES)));
      all.put("Policy", QueuePolicy.of(place));
    }
    return all;
  }

  @Override
  public List<Thing> wanted(Place place) {
    return List.of(new Thing(name(place), fields(attributes(place)), place.system()));
  }

  @Override
  public List<Thing> found(Place place) {
    return find(place, name(place)).stream().toList();
  }

  @Override
  public Optional<Thing> find(Place place, String name) {
    return url(name)
        .map(
            url ->
                new Thing(
                    name,
                    fields(attributes(url)),
                    calls
                        .ask("sqs:ListQueueTags", () -> sqs.listQueueTags(all -> all.queueUrl(url)))
                        .tags()
                        .get(Tagged.KEY)));
  }

  private Map<String, String> fields(Map<String, String> attributes) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("encryption", encryption(attributes));
    fields.put("keeps", attributes.getOrDefault("MessageRetentionPeriod", "") + " s");
    if (!dead) {
      fields.put("hides", attributes.getOrDefault("VisibilityTimeout", "") + " s");
      fields.put("waits", attributes.getOrDefault("ReceiveMessageWaitTimeSeconds", "") + " s");
      put(fields, "dead letters", Documents.canonical(numbers(attributes.get("RedrivePolicy"))));
    }
    put(fields, "policy", Documents.canonical(attributes.get("Policy")));
    return fields;
  }

  /** SQS gives back numbers as they were written, with or without quotes. */
  private static @Nullable String numbers(@Nullable String redrive) {
    return redrive == null ? null : redrive.replaceAll("\"([0-9]+)\"", "$1");
  }

  private static void put(Map<String, String> fields, String field, @Nullable String value) {
    if (value != null) {
      fields.put(field, value);
    }
  }

  private static String encryption(Map<String, String> attributes) {
    String key = attributes.getOrDefault("KmsMasterKeyId", "");
    if (!key.isEmpty()) {
      return "KMS key " + key;
    }
    return attributes.getOrDefault("SqsManagedSseEnabled", "false").equals("true")
        ? "SSE-SQS"
        : "none";
  }

  @Override
  public void put(Place place, String name, boolean there) {
    Map<String, String> attributes = attributes(place);
    if (there) {
      calls.ask(
          "sqs:SetQueueAttributes",
          () ->
              sqs.setQueueAttributes(
                  set ->
                      set.queueUrl(url(name).orElseThrow())
                          .attributesWithStrings(dead ? open(attributes) : attributes)));
    } else {
      calls.ask(
          "sqs:CreateQueue",
          () ->
              sqs.createQueue(
                  create ->
                      create
                          .queueName(name)
                          .attributesWithStrings(attributes)
                          .tags(Map.of(Tagged.KEY, place.system()))));
    }
  }

  /** An empty policy takes away whatever somebody allowed others here. */
  private static Map<String, String> open(Map<String, String> attributes) {
    Map<String, String> all = new TreeMap<>(attributes);
    all.put("Policy", "");
    return all;
  }

  @Override
  public void remove(Place place, String name) {
    throw new IllegalStateException("a queue is never removed");
  }

  private Optional<String> url(String name) {
    return calls.ask(
        "sqs:GetQueueUrl",
        () -> {
          try {
            return Optional.of(sqs.getQueueUrl(get -> get.queueName(name)).queueUrl());
          } catch (SqsException refused) {
            if (isAbsent(refused)) {
              return Optional.empty();
            }
            throw refused;
          }
        });
  }

  /** SQS has an old and a new name for it. */
  private static boolean isAbsent(SqsException refused) {
    return refused instanceof QueueDoesNotExistException
        || refused.awsErrorDetails().errorCode().endsWith("NonExistentQueue");
  }

  private Map<String, String> attributes(String url) {
    return calls
        .ask(
            "sqs:GetQueueAttributes",
            () ->
                sqs.getQueueAttributes(
                    get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL)))
        .attributesAsStrings();
  }
}
