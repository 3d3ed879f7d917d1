package holdfast.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.stream.KeyRing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A point as it rests in one store: its documents, signed by us and agreeing with where they lie,
 * and the data's length. Its bytes were not read.
 *
 * @param proofs those whose signature is ours; others are passed over
 */
record Resting(
    Folder folder, Manifest manifest, byte[] document, byte[] signature, List<Proof> proofs) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Reads it.
   *
   * @throws RunException CORRUPT when anything does not agree; INVALID when another Holdfast wrote
   *     it; UNREACHABLE when the store is
   */
  static Resting read(Store store, Folder folder, List<Store.Entry> entries, KeyRing keys) {
    byte[] document = Documents.read(store, folder.child(Layout.MANIFEST));
    byte[] signature = Documents.read(store, folder.child(Layout.signature(Layout.MANIFEST)));
    keys.verify(document, signature);
    Manifest manifest = Manifest.parse(document, folder.point());
    Resting resting =
        new Resting(folder, manifest, document, signature, proofs(store, folder, entries, keys));
    resting.require(store, entries);
    return resting;
  }

  /** Whether the tombstone that lies there is ours, and of this point; anybody can write a file. */
  static boolean isRemoved(Store store, Folder folder, KeyRing keys) {
    try {
      byte[] document = Documents.read(store, folder.child(Layout.TOMBSTONE));
      keys.verify(
          document, Documents.read(store, folder.child(Layout.signature(Layout.TOMBSTONE))));
      JsonNode note = JSON.readTree(document); // other documents of ours name the point, too
      return note.path("kind").asText().equals("TOMBSTONE")
          && note.path("point").asText().equals(folder.point());
    } catch (IOException unreadable) {
      return false;
    } catch (RunException e) {
      if (e.code() == Code.UNREACHABLE && e.retryable()) {
        throw e;
      }
      return false;
    }
  }

  String text() {
    return new String(document, StandardCharsets.UTF_8);
  }

  /** The data object. */
  Key data() {
    return folder.child(manifest.data());
  }

  private void require(Store store, List<Store.Entry> entries) {
    if (!manifest.point().equals(folder.point())
        || !manifest.asset().equals(folder.asset().toString())) {
      throw corrupt(store, "its manifest belongs to " + manifest.asset() + " " + manifest.point());
    }
    long bytes =
        entries.stream()
            .filter(entry -> entry.key().equals(data()))
            .mapToLong(Store.Entry::bytes)
            .findFirst()
            .orElse(-1);
    if (bytes != manifest.sealed().bytes()) {
      throw corrupt(
          store,
          bytes < 0
              ? "its data is not there"
              : "its data has %d bytes where the manifest says %d"
                  .formatted(bytes, manifest.sealed().bytes()));
    }
  }

  private RunException corrupt(Store store, String how) {
    return new RunException(
        Code.CORRUPT,
        store.name(),
        false,
        "What store %s holds at %s is no whole point: %s."
            .formatted(store.name(), folder.path(), how));
  }

  private static List<Proof> proofs(
      Store store, Folder folder, List<Store.Entry> entries, KeyRing keys) {
    List<Proof> proofs = new ArrayList<>();
    for (Store.Entry entry : entries) {
      String name = entry.key().path().substring(folder.path().length());
      if (Layout.isProof(name)) {
        proof(store, folder, name, keys).ifPresent(proofs::add);
      }
    }
    return proofs;
  }

  private static Optional<Proof> proof(Store store, Folder folder, String name, KeyRing keys) {
    try {
      byte[] document = Documents.read(store, folder.child(name));
      keys.verify(document, Documents.read(store, folder.child(Layout.signature(name))));
      JsonNode proof = JSON.readTree(document);
      return proof.path("point").asText().equals(folder.point())
          ? Optional.of(proof(proof))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException unreadable) {
      return Optional.empty();
    } catch (RunException e) {
      if (e.code() == Code.UNREACHABLE && e.retryable()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static Proof proof(JsonNode proof) throws IOException {
    List<Proof.Answer> answers = new ArrayList<>();
    for (JsonNode answer : proof.path("answers")) {
      answers.add(JSON.treeToValue(answer, Proof.Answer.class));
    }
    return new Proof(
        proof.path("run").asText(),
        proof.path("point").asText(),
        Proof.Verdict.valueOf(proof.path("verdict").asText().replace('-', '_')),
        proof.path("reason").asText(),
        Instant.parse(proof.path("startedAt").asText()),
        Instant.parse(proof.path("endedAt").asText()),
        proof.path("restoreSeconds").asDouble(),
        List.copyOf(answers));
  }
}
