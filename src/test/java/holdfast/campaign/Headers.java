package holdfast.campaign;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holdfast.harness.HeaderProbe;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Sends every header that could steer Camel by every way in, and looks whether one is there when
 * its message enters a route.
 */
final class Headers implements Trial {

  private static final int AT_ONCE = 10;
  private static final String MARK = "planted-by-a-stranger";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ENTRANCES =
      List.of("alarm-webhook", "alarm-topic", "aws2-sqs://" + OpenDoor.QUEUE);

  @Override
  public String words() {
    return "names of headers, each in 4 spellings by 5 ways in";
  }

  @Override
  public long runs() {
    return 100_000;
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    return Limit.broken(
        counted, new Limit("reached", 0), new Limit("unseen", 0), new Limit("blind", 0));
  }

  @Override
  public Map<String, Object> run(long names, long seed) throws Exception {
    List<String> harvested = HeaderNames.all(seed);
    List<String> some = harvested.stream().limit(names).toList();
    List<String> spelled =
        some.stream().map(HeaderNames::spellings).flatMap(List::stream).distinct().toList();
    HeaderProbe probe = new HeaderProbe(MARK);
    try (OpenDoor door = new OpenDoor()) {
      CamelContext camel = door.context.getBean(CamelContext.class);
      camel.getManagementStrategy().addEventNotifier(probe);
      probe.start();
      long tried = 0;
      for (int i = 0; i < spelled.size(); i += AT_ONCE) {
        tried += all(door, spelled.subList(i, Math.min(i + AT_ONCE, spelled.size())));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> probe.saw(ENTRANCES.get(2)));
      return counted(harvested.size(), some.size(), tried, probe, camel);
    }
  }

  private static Map<String, Object> counted(
      int harvested, int names, long tried, HeaderProbe probe, CamelContext camel) {
    Map<String, Object> counted = new LinkedHashMap<>();
    counted.put("harvested", harvested);
    counted.put("names", names);
    counted.put("headers", tried);
    counted.put("reached", probe.reached());
    counted.put("unseen", ENTRANCES.stream().filter(entrance -> !probe.saw(entrance)).count());
    counted.put("blind", blind(probe, camel) ? 1 : 0);
    return counted;
  }

  /** Whether the probe overlooks a header that really is there. */
  private static boolean blind(HeaderProbe probe, CamelContext camel) {
    long before = probe.reached();
    try (ProducerTemplate routes = camel.createProducerTemplate()) {
      routes.sendBodyAndHeader("seda:alarms?size=1", "", "planted", MARK);
      await().atMost(Duration.ofSeconds(10)).until(() -> probe.reached() > before);
      return false;
    } catch (IOException | RuntimeException unseen) {
      return true;
    }
  }

  /** How many headers were sent. */
  private static long all(OpenDoor door, List<String> names)
      throws IOException, InterruptedException {
    return header(door, names)
        + query(door, names)
        + form(door, names)
        + topic(door, names)
        + queue(door, names);
  }

  private static long header(OpenDoor door, List<String> names)
      throws IOException, InterruptedException {
    long sent = 0;
    Map<String, String> headers = new HashMap<>();
    for (String name : names) {
      headers.put(name, MARK);
    }
    try {
      door.post("monitor", body(), headers);
      sent += names.size();
    } catch (IllegalArgumentException notForHttp) {
      for (String name : names) {
        sent += one(door, name);
      }
    }
    return sent;
  }

  private static long one(OpenDoor door, String name) throws IOException, InterruptedException {
    try {
      door.post("monitor", body(), Map.of(name, MARK));
      return 1;
    } catch (IllegalArgumentException notForHttp) {
      return 0;
    }
  }

  private static String pairs(List<String> names) {
    return names.stream()
        .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + MARK)
        .collect(Collectors.joining("&"));
  }

  private static long query(OpenDoor door, List<String> names)
      throws IOException, InterruptedException {
    door.post("monitor?" + pairs(names), body(), Map.of());
    return names.size();
  }

  private static long form(OpenDoor door, List<String> names)
      throws IOException, InterruptedException {
    door.post(
        "monitor",
        pairs(names).getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "application/x-www-form-urlencoded"));
    return names.size();
  }

  private static long topic(OpenDoor door, List<String> names)
      throws IOException, InterruptedException {
    ObjectNode message = JSON.createObjectNode().put("Type", "Notification").put("Message", "x");
    ObjectNode attributes = message.putObject("MessageAttributes");
    for (String name : names) {
      message.put(name, MARK);
      attributes.putObject(name).put("Type", "String").put("Value", MARK);
    }
    byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
    door.post("topic", body, Map.of("x-amz-sns-message-type", "Notification"));
    return names.size();
  }

  /** Names that SQS allows. */
  private static long queue(OpenDoor door, List<String> names) {
    Map<String, MessageAttributeValue> attributes =
        names.stream()
            .filter(name -> name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,250}"))
            .filter(name -> Stream.of("aws.", "amazon.").noneMatch(name.toLowerCase()::startsWith))
            .collect(
                Collectors.toMap(
                    name -> name,
                    name ->
                        MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue(MARK)
                            .build()));
    try {
      String url = door.queueUrl();
      door.queue.sendMessage(
          request -> request.queueUrl(url).messageBody("{}").messageAttributes(attributes));
      return attributes.size();
    } catch (SqsException refused) {
      return 0;
    }
  }

  private static byte[] body() {
    return "{}".getBytes(StandardCharsets.UTF_8);
  }
}
