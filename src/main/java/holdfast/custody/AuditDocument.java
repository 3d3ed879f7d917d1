package holdfast.custody;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the audit's chain as it rests, signed, in a store.
 *
 * @param chain hash of the chain's first entry, which names the chain
 * @param entries one behind the other, never none
 */
record AuditDocument(int schema, String chain, List<Audit.Entry> entries) {

  /** What the keys of all of them begin with, below the store's prefix. */
  static final String FOLDER = "holdfast-audit";

  private static final int CHAIN_LETTERS = 16;
  private static final int END_LETTERS = 8;

  private static final Pattern KEY =
      Pattern.compile(
          FOLDER
              + "/(?<chain>[0-9a-f]{16})/(?<first>[0-9]{12})-(?<last>[0-9]{12})-(?<end>[0-9a-f]{8})\\.json");

  static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * The name of one: which entries it holds is known before it is read.
   *
   * @param chain the first letters of the chain's name
   * @param end the first letters of the last entry's hash, so that two stories have two names
   */
  record Name(String chain, long first, long last, String end) {

    Key key() {
      return new Key("%s/%s/%012d-%012d-%s.json".formatted(FOLDER, chain, first, last, end));
    }
  }

  static AuditDocument of(String chain, List<Audit.Entry> entries) {
    return new AuditDocument(1, chain, List.copyOf(entries));
  }

  /** The folder of a chain, and what lies in it begins with this. */
  static String folder(String chain) {
    return FOLDER + "/" + shortened(chain) + "/";
  }

  static String shortened(String chain) {
    return chain.substring(0, CHAIN_LETTERS);
  }

  /** Empty for what is no document, such as a signature. */
  static Optional<Name> name(Key key) {
    Matcher parts = KEY.matcher(key.path());
    return parts.matches()
        ? Optional.of(
            new Name(
                parts.group("chain"),
                Long.parseLong(parts.group("first")),
                Long.parseLong(parts.group("last")),
                parts.group("end")))
        : Optional.empty();
  }

  Name name() {
    Audit.Entry last = entries.get(entries.size() - 1);
    return new Name(
        shortened(chain),
        entries.get(0).entry(),
        last.entry(),
        last.hash().substring(0, END_LETTERS));
  }

  byte[] json() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Entries of plain values cannot fail to be written", e);
    }
  }

  /** Throws CORRUPT unless it is one, its entries follow one another, and its name is true. */
  static AuditDocument read(Name name, byte[] json) {
    try {
      AuditDocument document = JSON.readValue(json, AuditDocument.class);
      if (document.entries().isEmpty() || !document.name().equals(name) || !document.whole()) {
        throw corrupt(name.key(), null);
      }
      return document;
    } catch (IOException e) {
      throw corrupt(name.key(), e);
    }
  }

  private boolean whole() {
    for (int i = 0; i < entries.size(); i++) {
      Audit.Entry entry = entries.get(i);
      boolean follows =
          i == 0
              || entries.get(i - 1).entry() + 1 == entry.entry()
                  && entries.get(i - 1).hash().equals(entry.previous());
      if (!follows || !entry.hash().equals(entry.computed())) {
        return false;
      }
    }
    return true;
  }

  static RunException corrupt(Key key, @Nullable Exception e) {
    return new RunException(
        Code.CORRUPT,
        key.path(),
        false,
        "The copy of the audit in %s is not what was written.".formatted(key),
        e);
  }
}
