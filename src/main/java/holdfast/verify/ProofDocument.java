package holdfast.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import holdfast.catalog.Layout;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proof as it rests, signed, beside the data it speaks of.
 *
 * @param plainSha256 of the point, so that the document speaks of these bytes and no others
 */
record ProofDocument(
    int schema,
    String run,
    String point,
    String asset,
    String plainSha256,
    String verdict,
    String reason,
    Instant startedAt,
    Instant endedAt,
    double restoreSeconds,
    List<Proof.Answer> answers) {

  private static final Logger LOG = LoggerFactory.getLogger(ProofDocument.class);

  /** Where there is nothing that a proof could stand beside. */
  private static final Set<Point.State> ABSENT =
      EnumSet.of(Point.State.MISSING, Point.State.DELETED);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  static ProofDocument of(Point point, Proof proof) {
    return new ProofDocument(
        1,
        proof.runId(),
        point.id(),
        point.asset().toString(),
        point.plainSha256(),
        proof.verdict().words(),
        proof.reason(),
        proof.startedAt(),
        proof.endedAt(),
        proof.restoreSeconds(),
        proof.answers());
  }

  private byte[] json() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A proof of plain values cannot fail to be written", e);
    }
  }

  /**
   * Puts the signed document beside every copy that is there; throws when no store would take it.
   */
  void put(Point point, Stores stores, KeyRing keys) {
    byte[] document = json();
    byte[] signature = keys.sign(document);
    RunException refused = null;
    int kept = 0;
    for (Point.Copy copy : point.copies()) {
      if (!ABSENT.contains(copy.state())) {
        try {
          put(stores.named(copy.store()), new Key(copy.key()), document, signature);
          kept++;
        } catch (RunException e) {
          LOG.warn("A proof was not kept in store {}: {}", copy.store(), e.getMessage());
          refused = e;
        }
      }
    }
    if (kept == 0 && refused != null) {
      throw refused;
    }
  }

  private void put(Store store, Key data, byte[] document, byte[] signature) {
    String name = Layout.proof(endedAt);
    put(store, Layout.beside(data, Layout.signature(name)), signature);
    put(store, Layout.beside(data, name), document);
  }

  private static void put(Store store, Key key, byte[] document) {
    Store.Attributes attributes =
        new Store.Attributes("application/json", Map.of(), Map.of("holdfast", "proof"));
    if (!store.putIfAbsent(key, document, attributes)) {
      throw new RunException(
          Code.REFUSED,
          store.name(),
          true,
          "Store %s already has %s; prove the point again.".formatted(store.name(), key));
    }
  }
}
