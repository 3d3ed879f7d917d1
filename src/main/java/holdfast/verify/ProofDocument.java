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
import java.util.List;
import java.util.Map;

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

  /** Puts the signed document beside every copy; throws when one store would not take it. */
  void put(Point point, Stores stores, KeyRing keys) {
    byte[] document = json();
    byte[] signature = keys.sign(document);
    String name = Layout.proof(endedAt);
    for (Point.Copy copy : point.copies()) {
      Store store = stores.named(copy.store());
      Key key = Layout.beside(new Key(copy.key()), name);
      put(store, Layout.beside(key, Layout.signature(name)), signature);
      put(store, key, document);
    }
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
