package holdfast.camel;

import holdfast.camel.Instances.Wanted;
import holdfast.incident.UnreadQueues;
import holdfast.plan.AwsAccess;
import holdfast.plan.Installation;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SenderSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Reads from the plan which queues are listened to; a command that works alone listens to none. */
final class SenderRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(SenderRoutes.class);

  /** What the ids of these routes begin with; the sender follows. */
  static final String IDS = "alarm-queue-";

  /** The server holds a question back for ten seconds, until there is something to tell. */
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Installation installation;
  private final ChannelBeans beans;
  private final Registry registry;
  private final UnreadQueues unread;
  private final boolean alone;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  SenderRoutes(
      Installation installation,
      ChannelBeans beans,
      Registry registry,
      UnreadQueues unread,
      boolean alone) {
    this.installation = installation;
    this.beans = beans;
    this.registry = registry;
    this.unread = unread;
    this.alone = alone;
  }

  List<Wanted> wanted() {
    List<Wanted> routes = new ArrayList<>();
    for (SenderSpec sender : installation.senders().values()) {
      if (!alone && sender instanceof SenderSpec.Queue queue) {
        add(routes, queue);
      }
    }
    return routes;
  }

  private void add(List<Wanted> routes, SenderSpec.Queue sender) {
    try {
      String[] arn = sender.queueArn().split(":");
      routes.add(
          new Wanted(
              IDS + sender.name(),
              "alarm-queue",
              Map.of(
                  "sender",
                  sender.name(),
                  "queue",
                  arn[5],
                  "url",
                  server(sender.access(), arn[1]) + "/" + arn[4] + "/" + arn[5],
                  "client",
                  client(sender))));
    } catch (SecretMissingException missing) {
      unread.failed(sender.name(), missing.getMessage());
      if (told.add(sender.name())) {
        LOG.warn("The queue of {} is not read: {}", sender.name(), missing.getMessage());
      }
    }
  }

  /** The queue's whole address follows from its ARN, so that nothing need be asked at the start. */
  private static String server(AwsAccess access, String partition) {
    if (access.endpoint() != null) {
      return access.endpoint().toString().replaceFirst("/$", "");
    }
    String domain = partition.equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    return "https://sqs." + access.region() + "." + domain;
  }

  private String client(SenderSpec.Queue sender) {
    String name = "sqs-" + sender.name();
    if (registry.lookupByName(name) == null) {
      registry.bind(
          name,
          beans
              .configured(
                  SqsClient.builder()
                      .httpClient(ApacheHttpClient.builder().socketTimeout(ANSWER).build()),
                  sender.access())
              .overrideConfiguration(
                  ClientOverrideConfiguration.builder()
                      .apiCallTimeout(ANSWER.multipliedBy(2))
                      .build())
              .build());
    }
    return "#bean:" + name;
  }
}
