package holdfast.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import holdfast.catalog.Layout;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A signed word beside a point, from which holds and removals can be told without any journal. None
 * is ever changed: what ends one is another of the same id. Only a tombstone is taken away where a
 * point comes back.
 *
 * @param id of the hold or of the removal
 * @param plainSha256 of the point, so that the note speaks of these bytes and no others
 * @param actor who said it
 * @param removeAfter of one on its way out: when its objects may be removed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Note(
    int schema,
    Kind kind,
    String id,
    String point,
    String asset,
    String plainSha256,
    String reason,
    String actor,
    Instant at,
    @Nullable Instant removeAfter) {

  static final int SCHEMA = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** What a note says. */
  public enum Kind {
    /** The point stays. */
    HOLD,
    /** The hold of that id no longer counts. */
    RELEASE,
    /** The point is on its way out. */
    EXPIRING,
    /** The point is on that way no longer. */
    TAKEN_BACK,
    /** The point is gone, or what is left of it does not count. */
    TOMBSTONE;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static Note hold(Point point, Hold hold) {
    return of(point, Kind.HOLD, hold.id(), hold.reason(), hold.actor(), hold.since(), null);
  }

  static Note release(Point point, Hold hold, Hold.Release end) {
    return of(point, Kind.RELEASE, hold.id(), end.reason(), end.actor(), end.at(), null);
  }

  static Note expiring(Point point, Expiry expiry) {
    return of(
        point,
        Kind.EXPIRING,
        expiry.id(),
        expiry.reason(),
        expiry.actor(),
        expiry.begunAt(),
        expiry.removeAfter());
  }

  static Note tombstone(Point point, Expiry expiry, Instant now) {
    return of(point, Kind.TOMBSTONE, expiry.id(), expiry.reason(), expiry.actor(), now, null);
  }

  static Note takenBack(Point point, Expiry expiry, Expiry.Return end) {
    return of(point, Kind.TAKEN_BACK, expiry.id(), "taken back", end.actor(), end.at(), null);
  }

  private static Note of(
      Point point,
      Kind kind,
      String id,
      String reason,
      String actor,
      Instant at,
      @Nullable Instant removeAfter) {
    return new Note(
        SCHEMA,
        kind,
        id,
        point.id(),
        point.asset().toString(),
        point.plainSha256(),
        reason,
        actor,
        at,
        removeAfter);
  }

  /** The name of its document, such as {@code hold-20261121T050000412-k7q2mz.json}. */
  String name() {
    return kind == Kind.TOMBSTONE ? Layout.TOMBSTONE : kind.words() + "-" + id + ".json";
  }

  /** The exact bytes to sign and store. */
  byte[] json() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A note of plain values cannot fail to be written", e);
    }
  }

  /**
   * Reads one.
   *
   * @throws RunException CORRUPT when it is none
   */
  static Note parse(byte[] json, String subject) {
    try {
      return JSON.readValue(json, Note.class);
    } catch (IOException e) {
      throw new RunException(
          Code.CORRUPT, subject, false, "The note %s cannot be read.".formatted(subject), e);
    }
  }
}
