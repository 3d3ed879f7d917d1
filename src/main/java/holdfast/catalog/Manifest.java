package holdfast.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Pipeline;
import holdfast.stream.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The signed description that rests beside a point's data, so that a bare bucket explains itself.
 *
 * @param schema version of this document
 * @param asset as {@code system/asset}
 * @param parents points that this one needs; empty for a whole dump
 * @param token fencing token of the run that made it
 * @param data name of the data object in the manifest's own folder
 * @param source facts about the source when it was dumped
 * @param plain what the source gave
 * @param sealed what rests in the store
 * @param tools versions of the programs that made it
 */
public record Manifest(
    int schema,
    String point,
    String asset,
    List<String> parents,
    Instant startedAt,
    Instant endedAt,
    long token,
    String data,
    String format,
    Map<String, String> source,
    Rows rows,
    Pipeline pipeline,
    Digest plain,
    Digest sealed,
    Keys keys,
    Map<String, String> tools) {

  /** The version that this program writes. */
  public static final int SCHEMA = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final ObjectWriter WRITER =
      JSON.writer(
          new DefaultPrettyPrinter()
              .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n")));

  /**
   * Rows per {@code schema.table}.
   *
   * @param method how {@code dump} was counted, in words
   * @param dump counted from the dump's own data blocks as they passed
   * @param snapshot small tables, counted by query in the dump's snapshot
   */
  public record Rows(String method, Map<String, Long> dump, Map<String, Long> snapshot) {}

  /**
   * Upper-case hex fingerprints.
   *
   * @param recipients of the keys that open the data
   * @param signer of the key that signed this document
   */
  public record Keys(List<String> recipients, String signer) {}

  /** The exact bytes to sign and store. */
  public byte[] json() {
    try {
      return (WRITER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest of plain values cannot fail to be written", e);
    }
  }

  /**
   * Schemas that must be there before the dump is loaded: one of single tables makes the tables,
   * but not what they lie in.
   */
  public List<String> schemasToMake() {
    return "table".equals(source.get("content"))
        ? rows.dump().keySet().stream()
            .map(table -> table.substring(0, table.indexOf('.')))
            .filter(schema -> !schema.equals("public"))
            .distinct()
            .sorted()
            .toList()
        : List.of();
  }

  /**
   * Reads a manifest, strictly: an unknown, missing, empty or doubled field refuses the whole.
   *
   * @param subject named in the sentence when it cannot be read
   * @throws RunException CORRUPT when it is no manifest, INVALID when another Holdfast wrote it
   */
  public static Manifest parse(byte[] json, String subject) {
    try {
      JsonNode document = JSON.readValue(json, JsonNode.class);
      int schema = document.path("schema").asInt(SCHEMA);
      if (schema != SCHEMA) {
        throw new RunException(
            Code.INVALID,
            subject,
            false,
            "The manifest of %s was written by another Holdfast (schema %d, this one reads %d); restore it with that version."
                .formatted(subject, schema, SCHEMA));
      }
      return JSON.treeToValue(document, Manifest.class);
    } catch (IOException | IllegalArgumentException e) {
      throw new RunException(
          Code.CORRUPT,
          subject,
          false,
          "The manifest of %s cannot be read; compare it with the one in another store."
              .formatted(subject),
          e);
    }
  }
}
