package holdfast.harness;

import holdfast.journal.Life;
import holdfast.journal.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Claims messages with the shipped statement, whose parameters Camel would fill in. */
public final class Claiming {

  private static final int ROOM = 8;

  private Claiming() {}

  /** The rows that {@code life} may now send to {@code channel}, eight at most. */
  public static List<Map<String, Object>> claim(Transaction journal, Life life, String channel) {
    return journal
        .sql(
            shipped()
                .replace(":#${bean:life.number}", ":life")
                .replace(":#channel", ":channel")
                .replace(":#room", ":room"))
        .param("life", life.number())
        .param("channel", channel)
        .param("room", ROOM)
        .query()
        .listOfRows();
  }

  private static String shipped() {
    try (InputStream file = Claiming.class.getResourceAsStream("/sql/claim-messages.sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
