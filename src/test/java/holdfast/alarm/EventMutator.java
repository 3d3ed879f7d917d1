package holdfast.alarm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes wrong events out of good ones: bytes are changed, words exchanged, parts cut, doubled and
 * put into each other. The same seed gives the same events.
 */
public final class EventMutator {

  private static final List<String> WORDS =
      List.of(
          "null",
          "true",
          "[]",
          "{}",
          "-1",
          "0",
          "1e999999",
          "9".repeat(200),
          "\"\"",
          "\"NaN\"",
          "\"\\u0000\\u001b[31m\"",
          "\"\\ud800\"",
          "\"ALARM\"",
          "\"arn:aws:::::\"",
          "\"${7*7}\"",
          "\"0001-01-01T00:00:00Z\"",
          "\"2026-03-04T05:06:07.123+0000\"",
          "{\"Records\":[{\"Sns\":{}}]}",
          "{\"Type\":\"Notification\",\"TopicArn\":\"x\",\"Message\":\"{}\"}",
          "{\"detail-type\":\"x\",\"detail\":{}}",
          "{\"alerts\":[null,1,{}],\"groupKey\":1,\"version\":\"4\"}",
          "[[[[[[]]]]]]");

  private final List<String> seeds;
  private final Random random;
  private final TreeMutator tree;

  /**
   * @param seeds good events, at least one
   */
  public EventMutator(List<String> seeds, long seed) {
    this.seeds = List.copyOf(seeds);
    this.random = new Random(seed);
    this.tree = new TreeMutator(random, WORDS);
  }

  /** The events of {@code src/test/resources/alarms}, save the very large ones. */
  public static List<String> seeds() throws IOException {
    List<String> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/alarms"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("table.txt") && Files.size(file) < 20_000) {
          seeds.add(Files.readString(file));
        }
      }
    }
    return seeds;
  }

  /** The next wrong event. */
  public String next() {
    String event = random.nextBoolean() ? any() : tree.mutated(any(), any());
    for (int i = random.nextInt(6) - 3; i > 0; i--) {
      event = mutated(event);
    }
    return event;
  }

  private String mutated(String event) {
    return switch (random.nextInt(9)) {
      case 0 -> bytes(event);
      case 1 -> event.substring(0, random.nextInt(event.length() + 1));
      case 2 -> spliced(event, any());
      case 3 -> word(event);
      case 4 -> field(event);
      case 5 -> wrapped(event);
      case 6 -> doubled(event);
      case 7 -> nested(event);
      default -> event.replace(letter(), letter());
    };
  }

  private String any() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private String letter() {
    return String.valueOf(
        (char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95)));
  }

  /** Some bytes become others; what is no UTF-8 any more becomes the mark for that. */
  private String bytes(String event) {
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(8); i >= 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String spliced(String one, String other) {
    return one.substring(0, random.nextInt(one.length() + 1))
        + other.substring(random.nextInt(other.length() + 1));
  }

  /** The value behind some colon is exchanged. */
  private String word(String event) {
    int colon = event.indexOf(':', random.nextInt(event.length() + 1));
    int end = colon < 0 ? -1 : event.indexOf(random.nextBoolean() ? ',' : '}', colon);
    return end < 0
        ? event
        : event.substring(0, colon + 1)
            + WORDS.get(random.nextInt(WORDS.size()))
            + event.substring(end);
  }

  /** A field loses its name. */
  private String field(String event) {
    int quote = event.indexOf('"', random.nextInt(event.length() + 1));
    int end = quote < 0 ? -1 : event.indexOf('"', quote + 1);
    return end < 0 ? event : event.substring(0, quote + 1) + letter() + event.substring(end);
  }

  private String wrapped(String event) {
    String inside = event.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return switch (random.nextInt(3)) {
      case 0 ->
          "{\"Type\":\"Notification\",\"TopicArn\":\"arn:aws:sns:eu-central-1:1:t\",\"Message\":\""
              + inside
              + "\"}";
      case 1 -> "{\"Records\":[{\"body\":\"" + inside + "\"}]}";
      default -> "[" + event + "]";
    };
  }

  private String doubled(String event) {
    int start = random.nextInt(event.length() + 1);
    int end = start + random.nextInt(event.length() - start + 1);
    String part = event.substring(start, Math.min(end, start + 2000));
    return event.substring(0, start) + part.repeat(1 + random.nextInt(20)) + event.substring(start);
  }

  private String nested(String event) {
    int depth = random.nextInt(200);
    return "[".repeat(depth) + event + "]".repeat(random.nextBoolean() ? depth : depth / 2);
  }
}
